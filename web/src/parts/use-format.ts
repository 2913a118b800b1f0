import { useTranslation } from 'react-i18next';
import { decimal, percent, wholeNumber } from '../format/figures.ts';
import { dateAndTime, longDate, timeOfDay } from '../format/moments.ts';

/** The formatters in the language that is shown. */
export function useFormat() {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  return {
    locale,
    whole: (value: number | null | undefined) => wholeNumber(value, locale),
    decimal: (value: number | null, digits?: number) => decimal(value, locale, digits),
    percent: (value: number | null, digits?: number) => percent(value, locale, digits),
    time: (at: number, timeZone?: string) => timeOfDay(at, locale, timeZone),
    dateTime: (at: number, timeZone?: string) => dateAndTime(at, locale, timeZone),
    date: (at: number, timeZone?: string) => longDate(at, locale, timeZone),
  };
}
