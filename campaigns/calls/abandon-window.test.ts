import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AbandonWindow } from '../../dialer/ports.ts';
import { legalWindowAt } from './abandon-window.ts';

const at = (text: string) => Date.parse(text);
const STARTED = at('2026-01-05T09:30:00Z');

test('the day on which the clocks go forward has 23 hours', () => {
  const window = { kind: 'localDay' as const, timeZone: 'America/New_York' };
  const { start, end } = legalWindowAt(window, STARTED, at('2026-03-08T12:00:00Z'));
  assert.equal(end - start, 23 * 3_600_000);
  assert.equal(start, at('2026-03-08T05:00:00Z'));
});

test('a month ends with its last local moment, over the year’s end too', () => {
  const window = { kind: 'calendarMonth' as const, timeZone: 'Asia/Shanghai' };
  const { start, end } = legalWindowAt(window, STARTED, at('2026-12-31T15:59:59.999Z'));
  assert.equal(start, at('2026-11-30T16:00:00Z'));
  assert.equal(end, at('2026-12-31T16:00:00Z'));
});

test('the first instant of a window is in it, the last one before the next is too', () => {
  const window = { kind: 'campaignBlock' as const, days: 30 };
  const first = legalWindowAt(window, STARTED, STARTED);
  assert.equal(first.start, STARTED);
  assert.deepEqual(legalWindowAt(window, STARTED, first.end - 1), first);
  assert.notEqual(legalWindowAt(window, STARTED, first.end).key, first.key);
});

test('every window holds its instant, has one key throughout, and meets its neighbour without a gap', () => {
  const windows: AbandonWindow[] = [
    { kind: 'localDay', timeZone: 'America/New_York' },
    { kind: 'calendarMonth', timeZone: 'Australia/Lord_Howe' },
    { kind: 'campaignBlock', days: 30 },
    { kind: 'rolling', hours: 24 },
  ];
  const instant = fc.integer({ min: STARTED, max: at('2028-12-31T00:00:00Z') });
  fc.assert(
    fc.property(fc.constantFrom(...windows), instant, (window, now) => {
      const { key, start, end } = legalWindowAt(window, STARTED, now);
      assert.ok(start <= now && now < end);
      assert.equal(legalWindowAt(window, STARTED, end - 1).key, key);
      assert.equal(legalWindowAt(window, STARTED, end).start, end);
    }),
    { numRuns: 300 },
  );
});
