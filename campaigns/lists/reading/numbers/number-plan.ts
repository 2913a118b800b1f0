import { Metadata } from 'libphonenumber-js/core';
import type { CountryCode, PhoneNumberType } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

/**
 * The part of libphonenumber-js's numbering plan that its types leave out. The property test beside this
 * file compares every answer with the library's own, so that an upgrade which changes it is noticed.
 */
interface RawPlan {
  callingCode(): string;
  IDDPrefix(): string;
  possibleLengths(): number[];
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  leadingDigits(): string | undefined;
  type(name: PhoneNumberType): { pattern(): string; possibleLengths(): number[] | undefined } | undefined;
}

interface TypeRule {
  type: PhoneNumberType;
  pattern: RegExp;
  lengths: readonly number[] | undefined;
}

/** One country's numbering plan with its patterns compiled once. */
interface CountryPlan {
  country: CountryCode;
  callingCode: string;
  general: RegExp;
  /** Digits of the longest number within the country. */
  maxLength: number;
  /** What is dialed to leave the country. */
  exit: RegExp;
  prefix: RegExp | undefined;
  leading: RegExp | undefined;
  /** A fixed line's pattern also holds for mobiles (North America). */
  fixedIsMobile: boolean;
  rules: TypeRule[];
}

/** A number found valid by its shape. `bare`: it came without country code and national prefix. */
export interface PlannedNumber {
  e164: string;
  country: CountryCode;
  type: PhoneNumberType;
  bare: boolean;
}

const TYPE_ORDER: readonly PhoneNumberType[] = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

/**
 * Reads clean numbers of one default country at a fraction of the library's price (its parser takes about
 * 9 µs a number, mostly on looking for a number in free text). It runs the library's own metadata patterns
 * and answers only where nothing is ambiguous; for every other input it answers nothing and the caller asks
 * the library.
 */
export class NumberPlan {
  readonly #home: CountryPlan;
  /** Countries sharing the calling code, in the library's order; a number belongs to the first that has it. */
  readonly #sharing: CountryPlan[];
  readonly #homePrefix: string;
  /** By calling code; there are some 200 in the world. */
  readonly #others = new Map<string, NumberPlan>();

  constructor(country: CountryCode) {
    this.#home = compilePlan(country);
    const countries = metadata.country_calling_codes[this.#home.callingCode] ?? [country];
    this.#sharing = countries.map((one) => (one === country ? this.#home : compilePlan(one)));
    this.#homePrefix = `+${this.#home.callingCode}`;
  }

  /** @param digits a plus sign and digits, or digits as they are dialed within the default country */
  read(digits: string): PlannedNumber | undefined {
    if (digits.charCodeAt(0) === 43) return this.#readInternational(digits);
    if (digits.startsWith(this.#home.callingCode)) return this.#readWithoutPlus(digits);
    if (this.#home.exit.test(digits)) return undefined;
    const prefix = this.#home.prefix?.exec(digits);
    if (!prefix) return this.#find(digits, true);
    // Only a plain 0 is taken off here: carrier codes and rewriting rules are the library's to apply.
    if (prefix[0] !== '0' || prefix.some((group, at) => at > 0 && group)) return undefined;
    return this.#home.general.test(digits) ? undefined : this.#find(digits.slice(1), false);
  }

  /** `8613800138000`: too long to be anything but a number with its country code. */
  #readWithoutPlus(digits: string): PlannedNumber | undefined {
    if (digits.length <= this.#home.maxLength) return undefined;
    return this.#readInternational(`+${digits}`);
  }

  #readInternational(digits: string): PlannedNumber | undefined {
    if (!digits.startsWith(this.#homePrefix)) return this.#abroad(digits)?.read(digits);
    const national = digits.slice(this.#homePrefix.length);
    // A prefix inside an international number is looked for in the plan of the code's main country.
    const main = this.#sharing[0] ?? this.#home;
    return main.prefix?.test(national) ? undefined : this.#find(national, false);
  }

  /** The plan of another country's calling code, made when its first number comes. */
  #abroad(digits: string): NumberPlan | undefined {
    for (let length = 1; length <= 3; length++) {
      const code = digits.slice(1, 1 + length);
      const known = this.#others.get(code);
      if (known !== undefined) return known;
      const main = metadata.country_calling_codes[code]?.[0];
      if (main === undefined) continue;
      const plan = new NumberPlan(main);
      this.#others.set(code, plan);
      return plan;
    }
    return undefined;
  }

  #find(national: string, bare: boolean): PlannedNumber | undefined {
    for (const plan of this.#sharing) {
      if (plan.leading !== undefined && !plan.leading.test(national)) continue;
      const type = typeIn(plan, national);
      if (type !== undefined) return { e164: this.#homePrefix + national, country: plan.country, type, bare };
      if (plan.leading !== undefined) return undefined;
    }
    return undefined;
  }
}

function typeIn(plan: CountryPlan, national: string): PhoneNumberType | undefined {
  if (!plan.general.test(national)) return undefined;
  let isFixed = false;
  for (const rule of plan.rules) {
    if (isFixed && rule.type !== 'MOBILE') return 'FIXED_LINE';
    if (rule.lengths !== undefined && !rule.lengths.includes(national.length)) continue;
    if (!rule.pattern.test(national)) continue;
    if (rule.type !== 'FIXED_LINE') return isFixed ? 'FIXED_LINE_OR_MOBILE' : rule.type;
    if (plan.fixedIsMobile) return 'FIXED_LINE_OR_MOBILE';
    isFixed = true;
  }
  return isFixed ? 'FIXED_LINE' : undefined;
}

function compilePlan(country: CountryCode): CountryPlan {
  const raw = rawPlan(country);
  const prefix = raw.nationalPrefixForParsing();
  const leading = raw.leadingDigits();
  return {
    country,
    callingCode: raw.callingCode(),
    general: new RegExp(`^(?:${raw.nationalNumberPattern()})$`),
    maxLength: Math.max(...raw.possibleLengths()),
    exit: new RegExp(`^(?:${raw.IDDPrefix()})`),
    prefix: prefix ? new RegExp(`^(?:${prefix})`) : undefined,
    leading: leading ? new RegExp(`^(?:${leading})`) : undefined,
    fixedIsMobile: !raw.type('MOBILE')?.pattern(),
    rules: TYPE_ORDER.flatMap((type) => compileRule(raw, type)),
  };
}

function compileRule(raw: RawPlan, type: PhoneNumberType): TypeRule[] {
  const definition = raw.type(type);
  const pattern = definition?.pattern();
  if (!definition || !pattern) return [];
  return [{ type, pattern: new RegExp(`^(?:${pattern})$`), lengths: definition.possibleLengths() }];
}

function rawPlan(country: CountryCode): RawPlan {
  const source = new Metadata(metadata);
  source.selectNumberingPlan(country);
  return source.numberingPlan as unknown as RawPlan;
}
