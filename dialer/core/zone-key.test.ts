import assert from 'node:assert/strict';
import test from 'node:test';
import { isDomainError } from '../../platform/errors/index.ts';
import type { HoursPart } from './calling-window.ts';
import {
  maxZoneKeyLength,
  nextZoneKeyChange,
  openZoneKeys,
  placeOfZoneKey,
  unknownZoneKey,
  zoneKeyOf,
} from './zone-key.ts';

const at = (text: string) => Date.parse(text);
const nine = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 540, to: 1200 }];
const ruleset = {
  hoursFor: (key: string): HoursPart[] | null =>
    key === unknownZoneKey ? null : placeOfZoneKey(key).zones.map((zone) => ({ windows: nine, zone })),
};

test('a place and its key turn into each other, whatever the order it was found in', () => {
  const key = zoneKeyOf({
    zones: ['America/New_York', 'America/Chicago', 'America/New_York'],
    jurisdictions: ['us-FL'],
  });
  assert.equal(key, 'America/Chicago|America/New_York;us-FL');
  assert.deepEqual(placeOfZoneKey(key), {
    zones: ['America/Chicago', 'America/New_York'],
    jurisdictions: ['us-FL'],
  });
});

test('a place too large for a key is as good as unknown', () => {
  const zones = Intl.supportedValuesOf('timeZone').slice(0, 40);
  assert.equal(zoneKeyOf({ zones, jurisdictions: ['us'] }), unknownZoneKey);
  assert.ok(zoneKeyOf({ zones: zones.slice(0, 9), jurisdictions: ['us'] }).length <= maxZoneKeyLength);
});

test('names that would break a key apart are refused', () => {
  for (const place of [
    { zones: ['A|B'], jurisdictions: [] },
    { zones: ['Asia/Shanghai'], jurisdictions: ['us-FL;cn'] },
    { zones: ['Asia/Shanghai'], jurisdictions: ['China'] },
  ]) {
    assert.throws(
      () => zoneKeyOf(place),
      (error) => isDomainError(error, 'zone_key_invalid'),
    );
  }
  for (const key of ['', 'Asia/Shanghai', 'a;cn;us']) {
    assert.throws(
      () => placeOfZoneKey(key),
      (error) => isDomainError(error, 'zone_key_invalid'),
    );
  }
});

test('an unknown place is never among the open ones', () => {
  const keys = ['Asia/Shanghai;cn', 'Europe/London;gb', unknownZoneKey];
  assert.deepEqual(openZoneKeys(keys, ruleset, at('2026-11-23T02:00:00Z')), ['Asia/Shanghai;cn']);
  assert.deepEqual(openZoneKeys(keys, ruleset, at('2026-11-23T10:00:00Z')), [
    'Asia/Shanghai;cn',
    'Europe/London;gb',
  ]);
});

test('the answer need not be asked again before the next opening or closing', () => {
  const keys = ['Asia/Shanghai;cn', 'Europe/London;gb', unknownZoneKey];
  assert.equal(nextZoneKeyChange(keys, ruleset, at('2026-11-23T02:00:00Z')), at('2026-11-23T09:00:00Z'));
  assert.equal(nextZoneKeyChange(keys, ruleset, at('2026-11-23T09:00:00Z')), at('2026-11-23T12:00:00Z'));
  assert.equal(nextZoneKeyChange([unknownZoneKey], ruleset, at('2026-11-23T09:00:00Z')), null);
});
