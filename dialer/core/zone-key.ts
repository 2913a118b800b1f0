/**
 * A zone key stands for "everywhere this lead may be": its candidate zones and the jurisdictions whose rules
 * may apply. Leads with the same key open and close together, so the queue is asked by key, not by lead.
 */
import type { Instant } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import {
  type HoursPart,
  isOpenEverywhere,
  nextOpeningEverywhere,
  openUntilEverywhere,
} from './calling-window.ts';

/** Candidate zones (IANA), and jurisdictions: `cn`, `gb`, a state as `us-FL`. Order does not matter. */
export interface Place {
  zones: readonly string[];
  jurisdictions: readonly string[];
}

export const maxZoneKeyLength = 200;

/** The key of a place of which nothing is known: never open. */
export const unknownZoneKey = ';unknown';

const zonePattern = /^[A-Za-z0-9_+\-/]{1,40}$/;
const jurisdictionPattern = /^(?:unknown|[a-z]{2}(?:-(?:[A-Z0-9]{1,3}|unknown))?)$/;

/**
 * `America/Chicago|America/New_York;us-FL`: zones, then jurisdictions, each sorted and named once. A place
 * with so many of them that the key would pass 200 characters is as good as unknown and gets that key: it is
 * then not called, which is the safe side. Throws `zone_key_invalid` for names that are none.
 */
export function zoneKeyOf(place: Place): string {
  const zones = sorted(place.zones);
  const jurisdictions = sorted(place.jurisdictions);
  check(zones, zonePattern);
  check(jurisdictions, jurisdictionPattern);
  const key = `${zones.join('|')};${jurisdictions.join('|')}`;
  return key === ';' || key.length > maxZoneKeyLength ? unknownZoneKey : key;
}

/** The place of a key made by {@link zoneKeyOf}. Throws `zone_key_invalid`. */
export function placeOfZoneKey(key: string): { zones: string[]; jurisdictions: string[] } {
  const [zones, jurisdictions, ...rest] = key.split(';');
  if (zones === undefined || jurisdictions === undefined || rest.length > 0) throw invalid(key);
  const place = { zones: parts(zones), jurisdictions: parts(jurisdictions) };
  check(place.zones, zonePattern);
  check(place.jurisdictions, jurisdictionPattern);
  return place;
}

/** What the rules make of a place: the hours that must all be open, or null when it may not be called. */
export interface WindowRuleset {
  hoursFor(zoneKey: string): readonly HoursPart[] | null;
}

/** Those of the keys that may be called now. */
export function openZoneKeys(keys: readonly string[], ruleset: WindowRuleset, now: Instant): string[] {
  return keys.filter((key) => isOpenEverywhere(ruleset.hoursFor(key) ?? [], now));
}

/**
 * Until when the answer of {@link openZoneKeys} stays the same, at most 45 days ahead: the caller need not ask
 * again before. Null when it never changes within them.
 */
export function nextZoneKeyChange(
  keys: readonly string[],
  ruleset: WindowRuleset,
  now: Instant,
): Instant | null {
  let change: Instant | null = null;
  for (const key of keys) {
    const hours = ruleset.hoursFor(key) ?? [];
    const own = openUntilEverywhere(hours, now) ?? nextOpeningEverywhere(hours, now);
    if (own !== null && (change === null || own < change)) change = own;
  }
  return change;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function parts(text: string): string[] {
  return text === '' ? [] : text.split('|');
}

function check(names: readonly string[], pattern: RegExp): void {
  for (const name of names) if (!pattern.test(name)) throw invalid(name);
}

function invalid(value: string): DomainError {
  return new DomainError(
    'invalid',
    'zone_key_invalid',
    'A zone key is zones;jurisdictions, each joined by |',
    {
      params: { value: value.slice(0, maxZoneKeyLength) },
    },
  );
}
