import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { capReached, type FrequencyCount, lookbackMs } from './frequency.ts';

const at = (text: string) => Date.parse(text);
const hour = 3_600_000;
const rule = (change: Partial<FrequencyCount> = {}): FrequencyCount => ({
  max: 3,
  per: { hours: 24 },
  counts: 'attempts',
  windowKind: 'rolling',
  ...change,
});
const history = (attempts: number[], zones = ['America/New_York']) => ({
  attempts,
  conversations: [],
  zones,
});
const now = at('2026-11-23T15:00:00Z');

test('the third call in a day is allowed and the fourth is not, until the first is a day old', () => {
  const calls = [now - 20 * hour, now - 2 * hour, now - hour];
  assert.equal(capReached(rule(), history(calls.slice(1)), now), null);
  assert.deepEqual(capReached(rule(), history(calls), now), { until: now + 4 * hour, counted: 3 });
  assert.equal(capReached(rule(), history(calls), now + 4 * hour), null);
});

test('over the cap already, room comes only when enough of the calls are old', () => {
  const calls = [now - 20 * hour, now - 10 * hour, now - 3 * hour, now - 2 * hour, now - hour];
  assert.equal(capReached(rule(), history(calls), now)?.until, now + 21 * hour);
});

test('a fixed period runs from its first call, and the next begins with the next call', () => {
  const fixed = rule({ windowKind: 'fixedFromFirst' });
  const calls = [now - 30 * hour, now - 10 * hour, now - 9 * hour];
  // 30 h ago began a period that ended 6 h ago; the two later calls lay in it, none since.
  assert.equal(capReached(fixed, history(calls), now), null);
  const busy = [now - 23 * hour, now - 2 * hour, now - hour];
  assert.deepEqual(capReached(fixed, history(busy), now), { until: now + hour, counted: 3 });
});

test('calendar days turn at local midnight, not after 24 hours', () => {
  const daily = rule({ per: { calendarDays: 1 } });
  const evening = [1, 2, 3].map((n) => at('2026-11-23T23:00:00Z') + n);
  const late = at('2026-11-24T04:59:00Z'); // 23:59 in New York
  assert.equal(capReached(daily, history(evening), late)?.until, at('2026-11-24T05:00:00Z'));
  assert.equal(capReached(daily, history(evening), at('2026-11-24T05:00:00Z')), null);
});

test('with several candidate zones the one whose day ends last holds', () => {
  const daily = rule({ per: { calendarDays: 1 } });
  const calls = [1, 2, 3].map((n) => at('2026-11-23T20:00:00Z') + n);
  const zones = ['America/New_York', 'America/Los_Angeles'];
  assert.equal(
    capReached(daily, history(calls, zones), at('2026-11-23T21:00:00Z'))?.until,
    at('2026-11-24T08:00:00Z'),
  );
});

test('a day of 25 hours counts as one day', () => {
  const daily = rule({ max: 1, per: { calendarDays: 1 } });
  const call = at('2026-11-01T04:00:00Z'); // 00:00 EDT of the day the clocks go back
  assert.equal(capReached(daily, history([call]), call + hour)?.until, at('2026-11-02T05:00:00Z'));
});

test('seven days of silence after a conversation count its own day as the first', () => {
  const silence = rule({ max: 1, per: { calendarDays: 7 }, counts: 'conversations' });
  const talked = { attempts: [], conversations: [at('2026-11-23T20:00:00Z')], zones: ['America/New_York'] };
  assert.equal(capReached(silence, talked, at('2026-11-25T20:00:00Z'))?.until, at('2026-11-30T05:00:00Z'));
});

test('at the release there is room, and a millisecond before there was none', () => {
  const rules = [
    rule(),
    rule({ max: 1, per: { minutes: 1 } }),
    rule({ per: { hours: 24 }, windowKind: 'fixedFromFirst' }),
    rule({ max: 4, per: { calendarDays: 30 } }),
    rule({ max: 2, per: { calendarDays: 3 }, windowKind: 'fixedFromFirst' }),
  ];
  const calls = fc.array(fc.integer({ min: now - 60 * 24 * hour, max: now }), { maxLength: 30 });
  fc.assert(
    fc.property(fc.constantFrom(...rules), calls, (one, attempts) => {
      const reached = capReached(one, history(attempts), now);
      if (reached === null) return;
      assert.ok(reached.until > now);
      assert.equal(capReached(one, history(attempts), reached.until), null);
      assert.notEqual(capReached(one, history(attempts), reached.until - 1), null);
    }),
    { numRuns: 500 },
  );
});

test('the history reaches back as far as the longest rule', () => {
  assert.equal(lookbackMs([rule(), rule({ per: { calendarDays: 30 } })]), 31 * 24 * hour);
  assert.equal(lookbackMs([]), 0);
});
