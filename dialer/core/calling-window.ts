/**
 * When a place may be called: weekly windows on the clock of a zone, closed days, and sets of both that must
 * all be open at once. Everything works on stretches of constant offset, so days on which the clocks change
 * need no case of their own.
 */
import type { Instant } from '../../platform/clock/index.ts';
import { dayMs, localMoment, minuteMs, offsetSpanAt, weekdayOf } from './zone-time.ts';

/**
 * Open from `from` to `to` (minutes from local midnight, 0–1440, end exclusive) on `days` (0 = Sunday … 6).
 * A day may have several; one that passes midnight is written as two.
 */
export interface Window {
  days: readonly number[];
  from: number;
  to: number;
}

/** Windows on one zone's clock, shut altogether on `closedDays` (local days since 1970-01-01). */
export interface HoursPart {
  windows: readonly Window[];
  zone: string;
  closedDays?: ReadonlySet<number>;
}

/** How far ahead an opening or a closing is looked for: longer than any run of holidays. */
export const horizonMs = 45 * dayMs;

/** Whether the windows are open now in the zone, or in every one of several. No zone at all: not open. */
export function isOpen(windows: readonly Window[], zone: string | readonly string[], now: Instant): boolean {
  return isOpenEverywhere(partsFor(windows, zone), now);
}

/** The first instant at or after `now` when {@link isOpen} holds; null when there is none in 45 days. */
export function nextOpening(
  windows: readonly Window[],
  zone: string | readonly string[],
  now: Instant,
): Instant | null {
  return nextOpeningEverywhere(partsFor(windows, zone), now);
}

/** When {@link isOpen} stops holding, at most 45 days ahead; null when it does not hold now. */
export function openUntil(
  windows: readonly Window[],
  zone: string | readonly string[],
  now: Instant,
): Instant | null {
  return openUntilEverywhere(partsFor(windows, zone), now);
}

function partsFor(windows: readonly Window[], zone: string | readonly string[]): HoursPart[] {
  return typeof zone === 'string' ? [{ windows, zone }] : zone.map((one) => ({ windows, zone: one }));
}

/** Whether every part is open now. An empty list is not open: nothing is known of the place. */
export function isOpenEverywhere(parts: readonly HoursPart[], now: Instant): boolean {
  for (const part of parts) if (!isPartOpen(part, now)) return false;
  return parts.length > 0;
}

function isPartOpen(part: HoursPart, now: Instant): boolean {
  const { day, weekday, minute } = localMoment(part.zone, now);
  if (part.closedDays?.has(day) === true) return false;
  for (const window of part.windows) {
    if (minute >= window.from && minute < window.to && window.days.includes(weekday)) return true;
  }
  return false;
}

/** The first instant at or after `now` with every part open; null when there is none in 45 days. */
export function nextOpeningEverywhere(parts: readonly HoursPart[], now: Instant): Instant | null {
  if (parts.length === 0) return null;
  const limit = now + horizonMs;
  let at = now;
  // Each part moves the instant forward to its own opening until none moves it any more.
  for (let settled = 0, index = 0; settled < parts.length; index = (index + 1) % parts.length) {
    const part = parts[index];
    const opening = part === undefined ? null : nextOpeningOfPart(part, at, limit);
    if (opening === null) return null;
    settled = opening === at ? settled + 1 : 1;
    at = opening;
  }
  return at;
}

function nextOpeningOfPart(part: HoursPart, now: Instant, limit: Instant): Instant | null {
  if (isPartOpen(part, now)) return now;
  let at = now;
  while (at < limit) {
    const span = offsetSpanAt(part.zone, at);
    const found = firstOpenInSpan(part, at, { to: Math.min(span.to, limit), offset: span.offset });
    if (found !== null) return found;
    at = span.to;
  }
  return null;
}

/** The first open instant in `[at, span.to)`, on which stretch local time is UTC plus one offset. */
function firstOpenInSpan(
  part: HoursPart,
  at: Instant,
  span: { to: Instant; offset: number },
): Instant | null {
  for (let day = Math.floor((at + span.offset) / dayMs); ; day++) {
    const midnight = day * dayMs - span.offset;
    if (midnight >= span.to) return null;
    let best: Instant | null = null;
    if (part.closedDays?.has(day) !== true) {
      for (const window of part.windows) {
        const opens = Math.max(at, midnight + window.from * minuteMs);
        const closes = Math.min(span.to, midnight + window.to * minuteMs);
        if (opens < closes && window.days.includes(weekdayOf(day)) && (best === null || opens < best)) {
          best = opens;
        }
      }
    }
    if (best !== null) return best;
  }
}

/** When the first part closes, at most 45 days ahead; null when not every part is open now. */
export function openUntilEverywhere(parts: readonly HoursPart[], now: Instant): Instant | null {
  if (!isOpenEverywhere(parts, now)) return null;
  let until = now + horizonMs;
  for (const part of parts) until = partOpenUntil(part, now, until);
  return until;
}

function partOpenUntil(part: HoursPart, now: Instant, limit: Instant): Instant {
  let at = now;
  while (at < limit && isPartOpen(part, at)) {
    const span = offsetSpanAt(part.zone, at);
    const { day, weekday, minute } = localMoment(part.zone, at);
    let end = minute;
    for (const window of part.windows) {
      if (minute >= window.from && minute < window.to && window.days.includes(weekday)) {
        end = Math.max(end, window.to);
      }
    }
    at = Math.min(day * dayMs + end * minuteMs - span.offset, span.to);
  }
  return Math.min(at, limit);
}
