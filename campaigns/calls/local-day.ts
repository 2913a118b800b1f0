import { placeOfZoneKey } from '../../dialer/core/zone-key.ts';
import { localMoment, startOfLocalDay } from '../../dialer/core/zone-time.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { CallRules } from './call-rules.ts';

/** The lead's calendar day; by its first candidate zone, or the campaign's when no place of it is known. */
export function localDayOf(
  zoneKey: string | undefined,
  { rules, at }: { rules: Pick<CallRules, 'timeZone'>; at: Instant },
): { dayStart: Instant; nextDayAt: Instant } {
  const [zone = rules.timeZone] = zoneKey === undefined ? [] : placeOfZoneKey(zoneKey).zones;
  const { day } = localMoment(zone, at);
  return { dayStart: startOfLocalDay(zone, day), nextDayAt: startOfLocalDay(zone, day + 1) };
}
