import { readPath, scalarText } from '../context.ts';
import type { HelperCall, InlineHelper } from './helper.ts';

/**
 * An amount in the script's language: `{{money price}}` for a product's price, `{{money vars.费用 "CNY"}}` for minor
 * units (fen, cents) in a column, `{{money vars.费用 "CNY" unit="major"}}` when the column holds yuan or dollars.
 */
const money: InlineHelper = {
  min: 1,
  max: 2,
  hash: ['unit'],
  run(call) {
    const currency = currencyOf(call);
    const amount = numberOf(readPath(call.args[0], ['minor']) ?? call.args[0]);
    if (!currency || amount === undefined) return undefined;
    // The ending .00 is dropped: nobody says it.
    const options = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const;
    const format = call.scope.formats.number(call.scope.locale, options);
    return format.format(call.hash.unit === 'major' ? amount : toMajor(amount, format));
  },
};

/** `{{plural count "month" "months"}}`: the word that fits the number; Chinese has one form, the last. */
const plural: InlineHelper = {
  min: 3,
  max: 3,
  run({ args, scope }) {
    const count = numberOf(args[0]);
    const one = count !== undefined && scope.formats.plural(scope.locale).select(count) === 'one';
    return scalarText(args[one ? 1 : 2]) ?? '';
  },
};

/** `{{fallback customer.company "your firm"}}`: the first of its parameters that has a value. */
const fallback: InlineHelper = {
  min: 2,
  max: 5,
  run({ args }) {
    const found = args.map(scalarText).find((text) => text !== undefined);
    // An author who ends with "" wants nothing said.
    return found ?? (args.at(-1) === '' ? '' : undefined);
  },
};

/** For `{{#if (equals vars.档位 "VIP")}}`; compares as text, and nothing equals a missing value. */
const equals: InlineHelper = {
  min: 2,
  max: 2,
  run: ({ args }) => sameText(args[0], args[1]),
};

export const VALUE_HELPERS = { money, plural, fallback, default: fallback, equals } as const;

/** Whether both have the same text; false when either has none. */
export function sameText(a: unknown, b: unknown): boolean {
  const text = scalarText(a);
  return text !== undefined && text === scalarText(b);
}

function currencyOf({ args }: HelperCall): string | undefined {
  const code = readPath(args[0], ['currency']) ?? args[1];
  return typeof code === 'string' && /^[A-Z]{3}$/.test(code) ? code : undefined;
}

function numberOf(value: unknown): number | undefined {
  const text = scalarText(value)?.replace(/[,\s]/g, '');
  if (!text || !/^[+-]?\d+(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

/** Intl knows how many digits ISO 4217 gives the currency: 2 for CNY, 0 for JPY, 3 for KWD. */
function toMajor(minor: number, format: Intl.NumberFormat): number {
  return minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}
