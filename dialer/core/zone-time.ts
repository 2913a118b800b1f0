/**
 * The clock of an IANA time zone, as pure arithmetic over UTC milliseconds. The rules come from the
 * runtime's own copy of the tz database (`Intl`), set right where that is known to be old; what it says is remembered per zone until the zone's next
 * change of offset, because the dialer asks hundreds of thousands of times a second. The memory is a memo of
 * a pure function: bounded, and without it every answer would be the same.
 */
import type { Instant } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import { correctionsOf, type ZoneCorrection } from './zone-corrections.ts';

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** Half-open stretch of time in which the zone's offset does not change. `offset` = local − UTC, in ms. */
export interface OffsetSpan {
  from: Instant;
  to: Instant;
  offset: number;
}

/** The local calendar day as days since 1970-01-01, its weekday (0 = Sunday) and minute of the day. */
export interface LocalMoment {
  day: number;
  weekday: number;
  minute: number;
}

const blockMs = 32 * dayMs;
const maxBlocksPerZone = 64;
const maxZones = 1_000;

class ZoneOffsets {
  readonly #format: Intl.DateTimeFormat;
  readonly #corrections: readonly ZoneCorrection[];
  readonly #blocks = new Map<number, OffsetSpan[]>();
  #last: OffsetSpan = { from: 0, to: 0, offset: 0 };

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    this.#corrections = correctionsOf(this.name, (instant) => this.#askRuntime(instant));
  }

  get name(): string {
    return this.#format.resolvedOptions().timeZone;
  }

  spanAt(instant: Instant): OffsetSpan {
    if (instant >= this.#last.from && instant < this.#last.to) return this.#last;
    const found = this.#block(Math.floor(instant / blockMs)).find((span) => instant < span.to);
    if (found === undefined) throw new RangeError(`No offset at ${instant}`);
    this.#last = found;
    return found;
  }

  #block(index: number): OffsetSpan[] {
    const known = this.#blocks.get(index);
    if (known !== undefined) return known;
    if (this.#blocks.size >= maxBlocksPerZone) this.#blocks.clear();
    const spans = this.#spansOf(index * blockMs, (index + 1) * blockMs);
    this.#blocks.set(index, spans);
    return spans;
  }

  /** No zone changes its offset twice within a day, so one look a day finds every change. */
  #spansOf(from: Instant, to: Instant): OffsetSpan[] {
    const spans: OffsetSpan[] = [];
    let start = from;
    let offset = this.#ask(from);
    for (let probe = from + dayMs; probe <= to; probe += dayMs) {
      const next = this.#ask(probe);
      if (next === offset) continue;
      const change = this.#bisect(probe - dayMs, probe);
      if (change > start) spans.push({ from: start, to: change, offset });
      start = change;
      offset = next;
    }
    if (start < to) spans.push({ from: start, to, offset });
    return spans;
  }

  /** The first millisecond after `low` that has the offset of `high`. */
  #bisect(low: Instant, high: Instant): Instant {
    const after = this.#ask(high);
    let [before, from] = [low, high];
    while (from - before > 1) {
      const middle = Math.floor((before + from) / 2);
      if (this.#ask(middle) === after) from = middle;
      else before = middle;
    }
    return from;
  }

  #ask(instant: Instant): number {
    for (const { from, to, offset } of this.#corrections) {
      if (instant >= from && (to === null || instant < to)) return offset * minuteMs;
    }
    return this.#askRuntime(instant);
  }

  #askRuntime(instant: Instant): number {
    const text = this.#format.format(instant);
    const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
    if (match === null) throw new RangeError(`No offset in "${text}"`);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
    const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return sign === '-' ? -size : size;
  }
}

const zones = new Map<string, ZoneOffsets>();

function offsetsOf(zone: string): ZoneOffsets {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  const made = makeOffsets(zone);
  if (zones.size >= maxZones) zones.clear();
  zones.set(zone, made);
  return made;
}

function makeOffsets(zone: string): ZoneOffsets {
  try {
    return new ZoneOffsets(zone);
  } catch (cause) {
    throw new DomainError('invalid', 'unknown_time_zone', 'Use an IANA time zone such as Asia/Shanghai', {
      params: { zone: zone.slice(0, 64) },
      cause,
    });
  }
}

/** Whether the runtime knows this IANA zone name (any letter case). */
export function isKnownZone(zone: string): boolean {
  return zoneName(zone) !== null;
}

/** The zone's name in the runtime's own spelling, or null when it knows no such zone. */
export function zoneName(zone: string): string | null {
  try {
    return offsetsOf(zone).name;
  } catch {
    // Not hidden: null is the answer to the question asked here.
    return null;
  }
}

/** The stretch around `instant` with one offset. Throws `unknown_time_zone`. */
export function offsetSpanAt(zone: string, instant: Instant): OffsetSpan {
  return offsetsOf(zone).spanAt(instant);
}

/** Local − UTC in ms at `instant`. Throws `unknown_time_zone`. */
export function offsetAt(zone: string, instant: Instant): number {
  return offsetsOf(zone).spanAt(instant).offset;
}

/** Weekday (0 = Sunday) of a day counted from 1970-01-01, which was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** What calendars and clocks in the zone show at `instant`. */
export function localMoment(zone: string, instant: Instant): LocalMoment {
  const local = instant + offsetAt(zone, instant);
  const day = Math.floor(local / dayMs);
  return { day, weekday: weekdayOf(day), minute: Math.floor((local - day * dayMs) / minuteMs) };
}

/**
 * The first instant at which the zone's clocks show `minute` (of the day, 0–1440) on `day`. A time that DST
 * skips becomes the first instant after the gap; one that comes twice is the earlier.
 */
export function instantOfLocal(zone: string, day: number, minute: number): Instant {
  const local = day * dayMs + minute * minuteMs;
  // Offsets lie within ±18 h, so the answer's span is among those that meet this stretch of UTC.
  let span = offsetSpanAt(zone, local - 18 * 3_600_000);
  while (local - span.offset >= span.to) span = offsetSpanAt(zone, span.to);
  return Math.max(local - span.offset, span.from);
}

/**
 * A promise in local time (`2026-11-22T20:30`) → its instant in the zone, by the same rules as
 * {@link instantOfLocal}; null when the text is no local time. Throws `unknown_time_zone`.
 */
export function instantOfLocalTime(zone: string, localTime: string): Instant | null {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/.exec(localTime);
  const day = match === null ? null : dayOfDate(match[1] ?? '');
  if (match === null || day === null) return null;
  return instantOfLocal(zone, day, Number(match[2]) * 60 + Number(match[3]));
}

/** First instant of the local day (00:00, or the end of a gap that swallows it). */
export function startOfLocalDay(zone: string, day: number): Instant {
  return instantOfLocal(zone, day, 0);
}

/** `2026-11-22` → days since 1970-01-01; null when it is no date of the calendar. */
export function dayOfDate(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant)) return null;
  const day = instant / dayMs;
  return dateOfDay(day) === date ? day : null;
}

/** Days since 1970-01-01 → `2026-11-22`. */
export function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Whether two zones' clocks agree at every instant of `[from, to)`. */
export function sameClock(a: string, b: string, range: { from: Instant; to: Instant }): boolean {
  if (a === b) return true;
  let at = range.from;
  while (at < range.to) {
    const [left, right] = [offsetSpanAt(a, at), offsetSpanAt(b, at)];
    if (left.offset !== right.offset) return false;
    at = Math.min(left.to, right.to);
  }
  return true;
}
