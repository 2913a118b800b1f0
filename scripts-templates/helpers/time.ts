import { scalarText } from '../context.ts';
import type { Locale } from '../document.ts';
import { isInstant } from '../moment.ts';
import type { HelperCall, InlineHelper, RenderScope } from './helper.ts';

type Style = 'full' | 'long' | 'medium' | 'short';
const STYLES: readonly string[] = ['full', 'long', 'medium', 'short'];

/** From which local hour each greeting is said, the last that fits; before the first, the evening's. */
const GREETINGS: Readonly<Record<Locale, readonly (readonly [fromHour: number, text: string])[]>> = {
  'zh-CN': [
    [5, '早上好'],
    [9, '上午好'],
    [12, '下午好'],
    [18, '晚上好'],
  ],
  en: [
    [5, 'Good morning'],
    [12, 'Good afternoon'],
    [18, 'Good evening'],
  ],
};
const NEUTRAL: Readonly<Record<Locale, string>> = { 'zh-CN': '您好', en: 'Hello' };
const JOIN: Readonly<Record<Locale, string>> = { 'zh-CN': '，', en: ', ' };

/** 早上好, Good afternoon …, by the hour where the customer is; with a holiday's wish on a holiday. Never empty. */
const greeting: InlineHelper = {
  min: 0,
  max: 0,
  run: ({ scope }) => {
    const { locale, holidayGreeting } = scope;
    const hello = byHour(scope) ?? NEUTRAL[locale];
    return holidayGreeting ? hello + JOIN[locale] + holidayGreeting : hello;
  },
};

/**
 * A day in words: `{{date vars.到期日}}`, `{{date now style="full"}}`. Takes an instant, `2026-05-01` and its usual
 * spellings, or ISO 8601 with an offset; text it cannot read as a day is said as it stands.
 */
const date: InlineHelper = {
  min: 1,
  max: 1,
  hash: ['style'],
  run: (call) => dayOf(call) ?? scalarText(call.args[0]),
};

/** The time of day of an instant where the customer is; text such as 20:30 is said as it stands. */
const time: InlineHelper = {
  min: 1,
  max: 1,
  run({ args, scope }) {
    const instant = instantOf(args[0]);
    if (instant === undefined) return typeof args[0] === 'string' ? scalarText(args[0]) : undefined;
    if (!scope.timeZone) return undefined;
    const options = { hour: 'numeric', minute: '2-digit', timeZone: scope.timeZone } as const;
    return scope.formats.date(scope.locale, options).format(instant);
  },
};

export const TIME_HELPERS = { greeting, date, time } as const;

function byHour({ now, timeZone, formats, locale }: RenderScope): string | undefined {
  if (now === undefined || !timeZone) return undefined;
  const format = formats.date('en', { hour: '2-digit', hourCycle: 'h23', timeZone });
  const hour = Number(format.format(now));
  const table = GREETINGS[locale];
  return (table.findLast(([from]) => hour >= from) ?? table.at(-1))?.[1];
}

function dayOf({ args, hash, scope }: HelperCall): string | undefined {
  const dateStyle = (STYLES.includes(String(hash.style)) ? hash.style : 'long') as Style;
  const calendarDay = typeof args[0] === 'string' ? calendarDayOf(args[0]) : undefined;
  if (calendarDay !== undefined) {
    return scope.formats.date(scope.locale, { dateStyle, timeZone: 'UTC' }).format(calendarDay);
  }
  const instant = instantOf(args[0]);
  if (instant === undefined || !scope.timeZone) return undefined;
  return scope.formats.date(scope.locale, { dateStyle, timeZone: scope.timeZone }).format(instant);
}

/** Midnight UTC of a day written as year, month, day; undefined if there is no such day. */
function calendarDayOf(text: string): number | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const midnight = Date.UTC(year, month - 1, day);
  const back = new Date(midnight);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? midnight : undefined;
}

function instantOf(value: unknown): number | undefined {
  const hasOffset = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value);
  const instant = hasOffset ? Date.parse(value) : value;
  return isInstant(instant) ? instant : undefined;
}
