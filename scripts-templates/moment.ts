import { createLru } from './lru.ts';

/** When a script is rendered. */
export interface Moment {
  /** UTC milliseconds since the epoch. */
  now: number;
  /** The customer's IANA zone. Unknown to us or absent: greetings leave the time of day out. */
  timeZone?: string | undefined;
  /** A holiday's wish in the script's language, such as 新年快乐; `greeting` adds it. */
  holidayGreeting?: string | undefined;
}

/** Formatters kept between renderings: making one costs more than rendering a step. */
export interface Formats {
  number(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat;
  date(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat;
  plural(locale: string): Intl.PluralRules;
  /** The zone if this runtime knows it. */
  zone(timeZone: unknown): string | undefined;
}

const KEPT = 300;

/** A fresh set; belongs to one renderer. */
export function createFormats(): Formats {
  const numbers = createLru<Intl.NumberFormat>(KEPT);
  const dates = createLru<Intl.DateTimeFormat>(KEPT);
  const plurals = createLru<Intl.PluralRules>(KEPT);
  const zones = createLru<string | undefined>(KEPT);
  return {
    number: (locale, options) =>
      numbers.getOrMake(locale + JSON.stringify(options), () => new Intl.NumberFormat(locale, options)),
    date: (locale, options) =>
      dates.getOrMake(locale + JSON.stringify(options), () => new Intl.DateTimeFormat(locale, options)),
    plural: (locale) => plurals.getOrMake(locale, () => new Intl.PluralRules(locale)),
    zone: (timeZone) =>
      typeof timeZone === 'string' && timeZone.length <= 60
        ? zones.getOrMake(timeZone, () => knownZone(timeZone))
        : undefined,
  };
}

/** Whether it is an instant a Date can hold. */
export function isInstant(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= 8.64e15;
}

function knownZone(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    // A RangeError is how Intl says that it knows no such zone.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
