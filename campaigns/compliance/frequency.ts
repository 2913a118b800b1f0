/** How often the same party may be called: when a cap that is used up has room again. */
import { localMoment, startOfLocalDay } from '../../dialer/core/zone-time.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { FrequencyRule } from './preset-schema.ts';

export interface CallHistory {
  /** Instants of the attempts that reached the network, any order. */
  attempts: readonly Instant[];
  /** Instants of the conversations, any order. */
  conversations: readonly Instant[];
  /** Candidate zones of the party: calendar days are counted in each, and the strictest holds. */
  zones: readonly string[];
}

export interface CapReached {
  /** When one more call is allowed again. */
  until: Instant;
  counted: number;
}

/** What of a rule decides how it counts. */
export type FrequencyCount = Pick<FrequencyRule, 'max' | 'per' | 'counts' | 'windowKind'>;

/** Null while the rule allows one more call now. */
export function capReached(rule: FrequencyCount, history: CallHistory, now: Instant): CapReached | null {
  const events = [...history[rule.counts]].sort((a, b) => a - b);
  const days = rule.per.calendarDays;
  if (days === undefined) {
    const found = full(events, now, { ...rule, length: lengthMs(rule) });
    return found === null ? null : { until: found.release, counted: found.counted };
  }
  let worst: CapReached | null = null;
  for (const zone of history.zones) {
    const dayOf = (instant: Instant) => localMoment(zone, instant).day;
    const found = full(events.map(dayOf), dayOf(now), { ...rule, length: days });
    if (found === null) continue;
    const until = startOfLocalDay(zone, found.release);
    if (worst === null || until > worst.until) worst = { until, counted: found.counted };
  }
  return worst;
}

/**
 * How far back the history must reach for the rules, ms. A fixed period hangs on where the one before it
 * began, so it asks for several.
 */
export function lookbackMs(rules: readonly FrequencyCount[]): number {
  const spans = rules.map((rule) => {
    const days = rule.per.calendarDays;
    const length = days === undefined ? lengthMs(rule) : (days + 1) * 86_400_000;
    return rule.windowKind === 'fixedFromFirst' ? 4 * length : length;
  });
  return Math.max(0, ...spans);
}

function lengthMs({ per }: FrequencyCount): number {
  return (per.minutes ?? 0) * 60_000 + (per.hours ?? 0) * 3_600_000;
}

/** Events and now on one axis, milliseconds or days; `length` on the same. Null while there is room. */
function full(
  events: readonly number[],
  now: number,
  rule: Pick<FrequencyCount, 'max' | 'windowKind'> & { length: number },
): { release: number; counted: number } | null {
  const counted =
    rule.windowKind === 'rolling'
      ? events.filter((event) => event > now - rule.length)
      : currentPeriod(events, now, rule.length);
  if (counted.length < rule.max) return null;
  const oldest = rule.windowKind === 'rolling' ? counted[counted.length - rule.max] : counted[0];
  return oldest === undefined ? null : { release: oldest + rule.length, counted: counted.length };
}

/** The events of the period that is running: each begins with the first event after the one before ended. */
function currentPeriod(events: readonly number[], now: number, length: number): number[] {
  let period: number[] = [];
  for (const event of events) {
    const start = period[0];
    if (start === undefined || event >= start + length) period = [event];
    else period.push(event);
  }
  const start = period[0];
  return start === undefined || now >= start + length ? [] : period;
}
