import assert from 'node:assert/strict';
import test from 'node:test';
import { correctionsOf, zoneCorrections } from './zone-corrections.ts';
import { instantOfLocal, offsetAt, offsetSpanAt } from './zone-time.ts';

const hour = 3_600_000;
const at = (text: string) => Date.parse(text);

test('clocks that stopped changing in 2026 stand still, whatever tz data the runtime has', () => {
  const winter = at('2026-12-15T12:00:00Z');
  const expected = {
    'America/Vancouver': -7,
    'America/Edmonton': -6,
    'America/Winnipeg': -5,
    'Africa/Casablanca': 0,
    'America/Havana': -4,
    'America/Los_Angeles': -8,
    'America/Denver': -7,
    'America/Chicago': -6,
  };
  for (const [zone, hours] of Object.entries(expected))
    assert.equal(offsetAt(zone, winter), hours * hour, zone);
});

test('Vancouver has no second 01:30 on 1 November 2026, and no gap in March 2027', () => {
  const change = at('2026-11-01T09:00:00Z');
  assert.equal(offsetAt('America/Vancouver', change - 1), -7 * hour);
  assert.equal(offsetAt('America/Vancouver', change), -7 * hour);
  assert.equal(offsetSpanAt('America/Vancouver', change).offset, -7 * hour);
  const day = at('2027-03-14T00:00:00Z') / (24 * hour);
  assert.equal(instantOfLocal('America/Vancouver', day, 150), at('2027-03-14T09:30:00Z'));
});

test('the other names of a corrected zone are corrected with it', () => {
  for (const { zones, from } of zoneCorrections) {
    for (const zone of zones)
      assert.equal(offsetAt(zone, from + hour), offsetAt(zones[0] ?? '', from + hour), zone);
  }
});

test('a runtime that knows of the change, or of a later one, is believed', () => {
  assert.equal(correctionsOf('America/Vancouver', () => -8 * hour).length, 1);
  assert.equal(correctionsOf('America/Vancouver', () => -7 * hour).length, 0);
  assert.equal(correctionsOf('Europe/London', () => 0).length, 0);
});
