import type { AbandonWindow } from './pacing-types.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A half-open stretch of time `[start, end)`, UTC ms. */
export interface Period {
  start: number;
  end: number;
}

export type PeriodAt = (at: number) => Period;

/**
 * The function that finds the counting period an instant lies in: the window itself, or for a rolling window
 * the full UTC hour it is judged by.
 */
export function periodsOf(window: AbandonWindow, startedAt: number): PeriodAt {
  switch (window.kind) {
    case 'rolling':
      return (at) => block(at, 0, HOUR_MS);
    case 'campaignBlock':
      return (at) => block(at, startedAt, window.days * DAY_MS);
    case 'localDay':
      return remembered(localPeriods(window.timeZone, 2 * DAY_MS, { day: '2-digit' }));
    case 'calendarMonth':
      return remembered(localPeriods(window.timeZone, 33 * DAY_MS, {}));
  }
}

function block(at: number, origin: number, length: number): Period {
  const start = origin + Math.floor((at - origin) / length) * length;
  return { start, end: start + length };
}

/** Calendar periods are found by bisection over the local date, so that daylight saving needs no rule here. */
function localPeriods(timeZone: string, longest: number, detail: Intl.DateTimeFormatOptions): PeriodAt {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', ...detail });
  return (at) => {
    const name = format.format(at);
    const same = (instant: number): boolean => format.format(instant) === name;
    return { start: edge(at, at - longest, same), end: edge(at, at + longest, same) };
  };
}

/** The first instant of the period that holds `inside`, or of the one after it, seen from `outside`. */
function edge(inside: number, outside: number, same: (instant: number) => boolean): number {
  let near = Math.floor(inside);
  let far = Math.floor(outside);
  while (Math.abs(far - near) > 1) {
    const middle = Math.floor((near + far) / 2);
    if (same(middle)) near = middle;
    else far = middle;
  }
  return Math.max(near, far);
}

/** Keeps the last two answers: a decision asks about now and about the ring time ahead. */
function remembered(find: PeriodAt): PeriodAt {
  let recent: Period[] = [];
  return (at) => {
    const known = recent.find((period) => at >= period.start && at < period.end);
    if (known) return known;
    const found = find(at);
    recent = [found, ...recent.slice(0, 1)];
    return found;
  };
}
