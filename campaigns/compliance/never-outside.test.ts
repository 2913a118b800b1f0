import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { openZoneKeys, zoneKeyOf } from '../../dialer/core/zone-key.ts';
import { decideGate, type GateFacts } from './gate-decision.ts';
import { builtInHolidays } from './holidays.ts';
import { builtInPresets, createPresetCatalogue } from './preset-catalogue.ts';
import { compileRuleset } from './ruleset.ts';

/**
 * An oracle that shares no code with the calling window: the wall clock is read from Intl, the holidays from
 * their dates, and each preset of the chain is asked alone.
 */
const catalogue = createPresetCatalogue(builtInPresets());
const holidays = builtInHolidays();
const ruleset = compileRuleset({ catalogue, presetIds: [], holidays });
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string, instant: number): { date: string; weekday: number; minute: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: weekdays.indexOf(parts.weekday ?? ''),
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

function openByOracle(zones: readonly string[], jurisdictions: readonly string[], instant: number): boolean {
  const presets = jurisdictions
    .flatMap((one) => catalogue.forJurisdiction(one))
    .flatMap(({ id }) => catalogue.chain(id));
  return presets.every((preset) => {
    const clocks = preset.hours.flatMap(({ tz, windows }) =>
      (tz === 'calledParty' ? zones : [tz.fixed]).map((zone) => ({ zone, windows })),
    );
    const closed = preset.holidays.flatMap(({ calendar }) => [calendar, calendar.slice(0, 2)]);
    const holiday = zones.some((zone) =>
      closed.some((id) => holidays[id]?.dates.includes(wallClock(zone, instant).date) === true),
    );
    const open = clocks.every(({ zone, windows }) => {
      const { weekday, minute } = wallClock(zone, instant);
      return windows.some(({ days, from, to }) => days.includes(weekday) && from <= minute && minute < to);
    });
    return open && !holiday;
  });
}

const at = (text: string) => Date.parse(text);
// Days on which clocks change somewhere in the table, in 2026 and 2027, and holidays among ordinary days.
const hardDays = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-11-26',
  '2026-12-25',
  '2027-03-14',
  '2027-11-07',
];
const hour = 3_600_000;
const instantArb = fc.oneof(
  fc
    .tuple(fc.constantFrom(...hardDays), fc.integer({ min: -14 * 60, max: 38 * 60 }))
    .map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * 60_000),
  fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
);
const placeArb = fc.record({
  zones: fc.subarray(
    [
      'America/New_York',
      'America/Chicago',
      'America/Los_Angeles',
      'Europe/London',
      'Europe/Paris',
      'Asia/Shanghai',
      'Australia/Sydney',
      'Australia/Perth',
    ],
    { minLength: 1, maxLength: 2 },
  ),
  jurisdictions: fc.subarray(
    ['us', 'us-FL', 'us-MS', 'us-PA', 'us-TX', 'us-unknown', 'gb', 'fr', 'de', 'cn', 'ca', 'au'],
    { minLength: 1, maxLength: 2 },
  ),
});
const factsOf = (zoneKey: string): GateFacts => ({
  zoneKey,
  doNotCall: false,
  attemptInstants: [],
  conversationInstants: [],
  lastRefusalAt: null,
  lastAbandonedAt: null,
  consent: { level: 'optInWritten', expiresAt: null },
});

test('gate and queue open exactly when every preset, read alone off the wall clock, is open in every zone', () => {
  let opened = 0;
  fc.assert(
    fc.property(placeArb, instantArb, ({ zones, jurisdictions }, instant) => {
      const zoneKey = zoneKeyOf({ zones, jurisdictions });
      const expected = openByOracle(zones, jurisdictions, instant);
      const decision = decideGate(factsOf(zoneKey), ruleset, instant);
      assert.equal(decision.allowed, expected);
      assert.deepEqual(openZoneKeys([zoneKey], ruleset, instant), expected ? [zoneKey] : []);
      if (expected) opened++;
      else if (!decision.allowed && decision.until !== undefined) {
        assert.equal(openByOracle(zones, jurisdictions, decision.until), true);
        assert.equal(openByOracle(zones, jurisdictions, decision.until - 1), false);
      }
    }),
    { numRuns: 1_000 },
  );
  assert.ok(opened > 50, `the property is not empty: ${opened}`);
});

test('on every quarter of an hour around the changes of the clock, Mississippi keeps both its clocks', () => {
  const zoneKey = 'America/Chicago;us-MS';
  for (const day of ['2026-03-07', '2026-03-09', '2026-10-31', '2026-11-02', '2026-07-15', '2026-12-15']) {
    for (let t = at(`${day}T00:00:00Z`); t < at(`${day}T00:00:00Z`) + 48 * hour; t += hour / 4) {
      const expected = openByOracle(['America/Chicago'], ['us-MS'], t);
      assert.equal(decideGate(factsOf(zoneKey), ruleset, t).allowed, expected, new Date(t).toISOString());
    }
  }
});
