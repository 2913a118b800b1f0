import {
  isSupportedCountry,
  type PhoneNumber,
  type PhoneNumberType,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { isReplayNumber } from '../../../../dialer/core/replay-numbers.ts';
import { DomainError } from '../../../../platform/errors/index.ts';
import { cleanNumber } from './clean-number.ts';
import { NumberPlan, type PlannedNumber } from './number-plan.ts';
import type {
  CountryCode,
  NormalisedNumber,
  NumberKind,
  NumberOptions,
  NumberProblemCode,
  NumberReading,
} from './number-types.ts';

/** Answers of the slow way kept for numbers that come again; the oldest go first. */
const REMEMBERED = 20_000;

/** Digits with the punctuation of telephone numbers, but no `(0)`, which is not always to be dialed. */
const PLAINLY_PUNCTUATED = /^ *\+?(?!.*\(0\))(?:[ ().-]{0,2}\d){7,15} *$/;

/** A telephone extension longer than this is a second number. */
const HYPHEN_EXTENSION = /^(.{7,}\d)[-–](\d{1,6})$/;

/**
 * People there write mobiles without the trunk 0 that the plan knows (ten digits in every Indian form), so
 * its absence is no damage.
 */
const MOBILES_WITHOUT_ZERO: ReadonlySet<CountryCode> = new Set(['CN', 'IN']);

/**
 * Makes the function that normalises phone cells of one list; it keeps a bounded memory of its own.
 * @throws DomainError invalid `country_unknown` when the default country is not one of ISO 3166-1 with a
 *   numbering plan
 */
export function createNumberNormaliser(options: NumberOptions): (raw: string) => NumberReading {
  if (!isSupportedCountry(options.defaultCountry)) {
    throw new DomainError('invalid', 'country_unknown', 'The default country has no numbering plan', {
      params: { country: options.defaultCountry },
    });
  }
  const normaliser = new NumberNormaliser(options);
  return (raw) => normaliser.normalise(raw);
}

/**
 * Normalises one phone cell that holds one number. For many, make a normaliser once.
 * @param raw the cell as it stands in the file
 */
export function normaliseNumber(
  raw: string,
  defaultCountry: CountryCode,
  options: Omit<NumberOptions, 'defaultCountry'> = {},
): NumberReading {
  return createNumberNormaliser({ ...options, defaultCountry })(raw);
}

class NumberNormaliser {
  readonly #options: NumberOptions;
  readonly #plan: NumberPlan;
  readonly #remembered = new Map<string, NumberReading>();

  constructor(options: NumberOptions) {
    this.#options = options;
    this.#plan = new NumberPlan(options.defaultCountry);
  }

  normalise(raw: string): NumberReading {
    const quick = this.#readQuickly(raw);
    if (quick !== undefined) return quick;
    const known = this.#remembered.get(raw);
    if (known !== undefined) return known;
    const reading = this.#readSlowly(raw);
    this.#remember(raw, reading);
    return reading;
  }

  #readQuickly(raw: string): NumberReading | undefined {
    if (isClean(raw)) {
      if (raw.startsWith('+999') && isReplayNumber(raw)) return this.#replay(raw);
      const planned = this.#plan.read(raw);
      return planned !== undefined && this.#isWrittenRight(planned) ? fromPlan(planned) : undefined;
    }
    // A person typed the punctuation, no spreadsheet took a zero off.
    if (!PLAINLY_PUNCTUATED.test(raw)) return undefined;
    const planned = this.#plan.read(raw.replace(/[ ().-]/g, ''));
    return planned === undefined ? undefined : fromPlan(planned);
  }

  /** No zero can have been lost: the cheap answer to what `#lostZero` finds out in full. */
  #isWrittenRight({ bare, type, country }: PlannedNumber): boolean {
    return !bare || country === 'US' || (type === 'MOBILE' && MOBILES_WITHOUT_ZERO.has(country));
  }

  #readSlowly(raw: string): NumberReading {
    const cleaned = cleanNumber(raw);
    if ('problem' in cleaned) return cleaned;
    const { digits, extension, digitsOnly } = cleaned;
    const reading = isReplayNumber(digits) ? this.#replay(digits) : this.#parse(digits, digitsOnly);
    if ('problem' in reading && extension === undefined) return this.#hyphenExtension(raw) ?? reading;
    return extension === undefined || 'problem' in reading ? reading : { ...reading, extension };
  }

  #replay(e164: string): NumberReading {
    return this.#options.allowReplayNumbers ? { e164, kind: 'unknown' } : { problem: 'number_replay_only' };
  }

  #parse(digits: string, digitsOnly: boolean): NumberReading {
    const { defaultCountry } = this.#options;
    const parsed = parsePhoneNumberFromString(digits, { defaultCountry, extract: false });
    const type = parsed?.getType();
    if (parsed === undefined || type === undefined) return this.#explain(digits, digitsOnly);
    if (digitsOnly && this.#lostZero(digits, parsed) && !this.#options.repairLostZeros) {
      return { problem: 'spreadsheet_lost_zero' };
    }
    return fromLibrary(parsed, type);
  }

  /** A number made of digits alone that is written with a leading 0 in its country, and came without. */
  #lostZero(digits: string, parsed: PhoneNumber): boolean {
    if (digits !== parsed.nationalNumber || parsed.country === undefined) return false;
    if (parsed.getType() === 'MOBILE' && MOBILES_WITHOUT_ZERO.has(parsed.country)) return false;
    return parsed.formatNational().replace(/\D/g, '') === `0${digits}`;
  }

  /** The reason why the library takes a number for invalid. */
  #explain(digits: string, digitsOnly: boolean): NumberReading {
    const repaired = digitsOnly && /^[1-9]/.test(digits) ? this.#plan.read(`0${digits}`) : undefined;
    if (repaired !== undefined) {
      return this.#options.repairLostZeros ? fromPlan(repaired) : { problem: 'spreadsheet_lost_zero' };
    }
    return { problem: this.#invalidity(digits) };
  }

  #invalidity(digits: string): NumberProblemCode {
    const { defaultCountry } = this.#options;
    if (LOCAL_NUMBER[defaultCountry]?.test(digits)) return 'number_missing_area_code';
    switch (validatePhoneNumberLength(digits, defaultCountry)) {
      case 'TOO_SHORT':
        return 'number_too_short';
      case 'TOO_LONG':
        return 'number_too_long';
      case 'INVALID_COUNTRY':
        return 'number_unknown_country';
      default:
        return 'number_invalid';
    }
  }

  /** `010-88886666-801`, the usual way to write an extension in China: read so only where nothing else fits. */
  #hyphenExtension(raw: string): NumberReading | undefined {
    const [, main, extension] = HYPHEN_EXTENSION.exec(raw.normalize('NFKC').trim()) ?? [];
    if (main === undefined || extension === undefined) return undefined;
    const cleaned = cleanNumber(main);
    if ('problem' in cleaned) return undefined;
    const reading = this.#parse(cleaned.digits, false);
    return 'problem' in reading ? undefined : { ...reading, extension };
  }

  #remember(raw: string, reading: NumberReading): void {
    if (raw.length > 64) return;
    if (this.#remembered.size >= REMEMBERED) {
      const oldest = this.#remembered.keys().next();
      if (!oldest.done) this.#remembered.delete(oldest.value);
    }
    this.#remembered.set(raw, reading);
  }
}

/** Numbers of one town, dialed there without the area code: 7 or 8 digits in China, 7 in North America. */
const LOCAL_NUMBER: Partial<Record<CountryCode, RegExp>> = {
  CN: /^[2-8]\d{6,7}$/,
  US: /^[2-9]\d{6}$/,
  CA: /^[2-9]\d{6}$/,
};

/** Seven to fifteen digits, perhaps after a plus sign, and nothing else. */
function isClean(raw: string): boolean {
  const start = raw.charCodeAt(0) === 43 ? 1 : 0;
  if (raw.length - start < 7 || raw.length - start > 15) return false;
  for (let at = start; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

function fromPlan(planned: PlannedNumber): NumberReading {
  if (planned.type === 'PREMIUM_RATE') return { problem: 'number_premium_rate' };
  return { e164: planned.e164, kind: kindOf(planned.type), country: planned.country };
}

function fromLibrary(parsed: PhoneNumber, type: PhoneNumberType): NumberReading {
  if (type === 'PREMIUM_RATE') return { problem: 'number_premium_rate' };
  const number: NormalisedNumber = { e164: parsed.number, kind: kindOf(type) };
  if (parsed.country !== undefined) number.country = parsed.country;
  return number;
}

function kindOf(type: PhoneNumberType): NumberKind {
  switch (type) {
    case 'MOBILE':
      return 'mobile';
    case 'FIXED_LINE':
      return 'fixed';
    case 'TOLL_FREE':
      return 'tollFree';
    default:
      return 'unknown';
  }
}
