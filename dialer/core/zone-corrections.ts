/**
 * Clock changes decided in 2026 that the tz data inside Node 20 (2025c) and many a later one does not know:
 * with it, a call to Vancouver at 21:00 rings at 22:00. Each holds only while the runtime still says what was
 * true before, so a runtime with newer data is believed, also about what is decided after this list.
 *
 * Source: IANA tz database, NEWS of 2026b (British Columbia), 2026c (Alberta, Morocco), 2026d (Northwest
 * Territories), 2026e (Manitoba), and its data of 2026f (Cuba); compared with Node's over 2026–2029 on
 * 2026-11-22. Moldova's hour of difference on two nights a year is left out: nobody is called then.
 */
import type { Instant } from '../../platform/clock/index.ts';

export interface ZoneCorrection {
  /** The zone, and its other names. */
  zones: readonly string[];
  from: Instant;
  /** Null: no end. */
  to: Instant | null;
  /** Local − UTC in minutes: what holds, and what stale data says at `from`. */
  offset: number;
  stale: number;
}

const hour = 60;

export const zoneCorrections: readonly ZoneCorrection[] = [
  {
    zones: ['America/Vancouver', 'Canada/Pacific'],
    from: Date.UTC(2026, 10, 1, 9),
    to: null,
    offset: -7 * hour,
    stale: -8 * hour,
  },
  {
    zones: ['America/Edmonton', 'Canada/Mountain', 'America/Yellowknife', 'America/Inuvik'],
    from: Date.UTC(2026, 10, 1, 8),
    to: null,
    offset: -6 * hour,
    stale: -7 * hour,
  },
  {
    zones: ['America/Winnipeg', 'Canada/Central', 'America/Rainy_River'],
    from: Date.UTC(2026, 10, 1, 7),
    to: null,
    offset: -5 * hour,
    stale: -6 * hour,
  },
  {
    zones: ['Africa/Casablanca', 'Africa/El_Aaiun'],
    from: Date.UTC(2026, 8, 20, 1),
    to: null,
    offset: 0,
    stale: hour,
  },
  {
    zones: ['America/Havana', 'Cuba'],
    from: Date.UTC(2026, 10, 1, 5),
    to: Date.UTC(2027, 2, 14, 5),
    offset: -4 * hour,
    stale: -5 * hour,
  },
];

/** Those that the zone needs, given what the runtime says of it (local − UTC, ms). */
export function correctionsOf(zone: string, runtimeOffset: (instant: Instant) => number): ZoneCorrection[] {
  return zoneCorrections.filter(
    ({ zones, from, stale }) => zones.includes(zone) && runtimeOffset(from) === stale * 60_000,
  );
}
