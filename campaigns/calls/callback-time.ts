import { dayOfDate, instantOfLocal, isKnownZone } from '../../dialer/core/zone-time.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';

const LONGEST_MS = 366 * 86_400_000;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * The instant of a promise made in the customer's time. A time that the clocks skip becomes the first one after;
 * one that comes twice is the earlier.
 * @throws DomainError `callback_time_invalid`, `callback_zone_unknown`, `callback_time_past`, `callback_time_too_far`
 */
export function callbackInstant(
  { localTime, timeZone }: { localTime: string; timeZone: string },
  now: Instant,
): Instant {
  const [, date = '', hour, minute] = LOCAL_TIME.exec(localTime) ?? [];
  const day = dayOfDate(date);
  if (day === null) throw invalid('callback_time_invalid', 'Give the local time as 2026-11-23T20:30');
  if (!isKnownZone(timeZone)) {
    throw invalid('callback_zone_unknown', 'Use an IANA time zone such as Asia/Shanghai');
  }
  const at = instantOfLocal(timeZone, day, Number(hour) * 60 + Number(minute));
  if (at <= now) throw invalid('callback_time_past', 'The promised time is over: give one to come');
  if (at > now + LONGEST_MS) throw invalid('callback_time_too_far', 'Promise a time within a year');
  return at;
}

function invalid(code: string, message: string): DomainError {
  return new DomainError('invalid', code, message);
}
