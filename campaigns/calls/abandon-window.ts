import { dayOfDate, localMoment, startOfLocalDay } from '../../dialer/core/zone-time.ts';
import type { AbandonWindow } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { assertNever } from '../../platform/errors/index.ts';

/** The stretch an answered call is judged in: half-open, with a key that names it once for all. */
export interface LegalWindow {
  key: string;
  start: Instant;
  end: Instant;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The legal window that `at` lies in. A rolling window is kept by the full UTC hour: whoever reads it sums up as
 * many hours as it is long.
 * @param startedAt of the campaign: from there successive blocks are counted (16 CFR 310.4(b)(4)(i))
 */
export function legalWindowAt(window: AbandonWindow, startedAt: Instant, at: Instant): LegalWindow {
  switch (window.kind) {
    case 'rolling':
      return named('hour', block(at, 0, HOUR_MS));
    case 'campaignBlock':
      return named('block', block(at, startedAt, window.days * DAY_MS));
    case 'localDay':
      return named('day', localDay(window.timeZone, at));
    case 'calendarMonth':
      return named('month', localMonth(window.timeZone, at));
    default:
      return assertNever(window);
  }
}

function named(kind: string, { start, end }: { start: Instant; end: Instant }): LegalWindow {
  return { key: `${kind}:${start}`, start, end };
}

function block(at: Instant, origin: Instant, length: number): { start: Instant; end: Instant } {
  const start = origin + Math.floor((at - origin) / length) * length;
  return { start, end: start + length };
}

function localDay(zone: string, at: Instant): { start: Instant; end: Instant } {
  const { day } = localMoment(zone, at);
  return { start: startOfLocalDay(zone, day), end: startOfLocalDay(zone, day + 1) };
}

function localMonth(zone: string, at: Instant): { start: Instant; end: Instant } {
  const date = new Date(localMoment(zone, at).day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    start: startOfLocalDay(zone, firstDay(year, month)),
    end: startOfLocalDay(zone, firstDay(year, month + 1)),
  };
}

function firstDay(year: number, month: number): number {
  const date = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return dayOfDate(date) ?? Number.NaN;
}
