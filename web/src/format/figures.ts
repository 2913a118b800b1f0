/** What stands where there is no figure. */
export const NO_FIGURE = '–';

export function wholeNumber(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_FIGURE;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

export function decimal(value: number | null, locale: string, digits = 2): string {
  if (value === null || !Number.isFinite(value)) return NO_FIGURE;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** `0.0234` → `2.34%`. */
export function percent(share: number | null, locale: string, digits = 1): string {
  if (share === null || !Number.isFinite(share)) return NO_FIGURE;
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** A part of a whole; null of nothing, so that no screen shows 0 % of no calls. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
