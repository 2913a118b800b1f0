import assert from 'node:assert/strict';
import test from 'node:test';
import { isDomainError } from '../../platform/errors/index.ts';
import {
  dateOfDay,
  dayOfDate,
  instantOfLocal,
  instantOfLocalTime,
  isKnownZone,
  localMoment,
  offsetAt,
  offsetSpanAt,
  sameClock,
  startOfLocalDay,
  zoneName,
} from './zone-time.ts';

const hour = 3_600_000;
const at = (text: string) => Date.parse(text);
const day = (date: string) => dayOfDate(date) ?? Number.NaN;

test('a time that spring-forward skips becomes the first instant after the gap', () => {
  // New York, 8 March 2026: 02:00–03:00 does not exist; 03:00 EDT is 07:00 UTC.
  assert.equal(instantOfLocal('America/New_York', day('2026-03-08'), 150), at('2026-03-08T07:00:00Z'));
});

test('a time that comes twice in autumn is the earlier of the two', () => {
  assert.equal(instantOfLocal('America/New_York', day('2026-11-01'), 90), at('2026-11-01T05:30:00Z'));
});

test('a day whose midnight is skipped starts at the end of the gap', () => {
  // Cairo went forward at midnight on 24 April 2026: the day begins at 01:00 = 22:00 UTC the evening before.
  assert.equal(startOfLocalDay('Africa/Cairo', day('2026-04-24')), at('2026-04-23T22:00:00Z'));
});

test('the day that Samoa left out does not exist: it starts where the next one does', () => {
  const skipped = startOfLocalDay('Pacific/Apia', day('2011-12-30'));
  assert.equal(skipped, startOfLocalDay('Pacific/Apia', day('2011-12-31')));
});

test('an offset holds up to the very millisecond of the change', () => {
  const change = at('2026-03-08T07:00:00Z');
  assert.equal(offsetAt('America/New_York', change - 1), -5 * hour);
  assert.equal(offsetAt('America/New_York', change), -4 * hour);
  assert.equal(offsetSpanAt('America/New_York', change - 1).to, change);
});

test('half-hour changes and quarter-hour zones are read exactly', () => {
  assert.equal(offsetAt('Australia/Lord_Howe', at('2026-01-15T00:00:00Z')), 11 * hour);
  assert.equal(offsetAt('Australia/Lord_Howe', at('2026-07-15T00:00:00Z')), 10.5 * hour);
  assert.equal(offsetAt('Asia/Kathmandu', at('2026-07-15T00:00:00Z')), 5.75 * hour);
});

test('the local moment agrees with Intl at every hour of a year in odd zones', () => {
  for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Shanghai']) {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    for (let t = at('2026-01-01T00:15:00Z'); t < at('2027-01-01T00:00:00Z'); t += 7 * hour) {
      const { day: d, minute } = localMoment(zone, t);
      const [y, m, dd] = dateOfDay(d).split('-');
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      assert.equal(`${dd}/${m}/${y}, ${clock}`, format.format(t), `${zone} ${t}`);
    }
  }
});

test('an unknown zone is refused by name and never by a crash', () => {
  assert.equal(isKnownZone('Mars/Olympus'), false);
  assert.throws(
    () => offsetAt('Mars/Olympus', 0),
    (error) => isDomainError(error, 'unknown_time_zone'),
  );
});

test('a zone is known in any letter case and has one spelling', () => {
  assert.equal(zoneName('america/new_york'), 'America/New_York');
});

test('dates that the calendar does not have are no days', () => {
  assert.equal(dayOfDate('2026-02-30'), null);
  assert.equal(dayOfDate('26-2-3'), null);
  assert.equal(dateOfDay(day('2028-02-29')), '2028-02-29');
});

test('zones are the same clock only while their offsets agree throughout', () => {
  const range = { from: at('2026-01-01T00:00:00Z'), to: at('2028-01-01T00:00:00Z') };
  assert.equal(sameClock('America/New_York', 'America/Detroit', range), true);
  assert.equal(sameClock('America/Denver', 'America/Phoenix', range), false);
});

test('a callback promised in local time falls due at that time of that zone, or is refused as no time', () => {
  assert.equal(instantOfLocalTime('Asia/Shanghai', '2026-11-22T20:30'), at('2026-11-22T12:30:00Z'));
  assert.equal(instantOfLocalTime('America/New_York', '2026-03-08T02:30'), at('2026-03-08T07:00:00Z'));
  for (const wrong of ['2026-11-22', '2026-11-22T24:00', '2026-02-30T10:00', '2026-11-22T20:30:00']) {
    assert.equal(instantOfLocalTime('Asia/Shanghai', wrong), null, wrong);
  }
});
