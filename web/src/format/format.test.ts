import assert from 'node:assert/strict';
import test from 'node:test';
import { clockDuration, countdown } from './duration.ts';
import { decimal, NO_FIGURE, percent, share, wholeNumber } from './figures.ts';
import { localInput, timeOfDay } from './moments.ts';

test('a share of nothing is no figure rather than zero per cent', () => {
  assert.equal(share(0, 0), null);
  assert.equal(percent(share(0, 0), 'en'), NO_FIGURE);
  assert.equal(percent(share(0, 10), 'en'), '0.0%');
  assert.equal(wholeNumber(undefined, 'en'), NO_FIGURE);
  assert.equal(decimal(Number.NaN, 'en'), NO_FIGURE);
});

test('a duration below zero is shown as zero, and hours appear when there are some', () => {
  assert.equal(clockDuration(-5), '0:00');
  assert.equal(clockDuration(7_999), '0:07');
  assert.equal(clockDuration(3_723_000), '1:02:03');
});

test('a countdown shows its last second until that is over', () => {
  assert.equal(countdown(1), '0:01');
  assert.equal(countdown(0), '0:00');
  assert.equal(countdown(59_001), '1:00');
});

test('a moment is shown in the zone that is asked for, also across midnight', () => {
  const at = Date.UTC(2026, 10, 22, 16, 30);
  assert.equal(timeOfDay(at, 'zh-CN', 'Asia/Shanghai'), '00:30');
  assert.equal(localInput(at, 'Asia/Shanghai'), '2026-11-23T00:30');
});

test('a zone that the browser does not know leaves the time in the own zone instead of failing', () => {
  assert.match(timeOfDay(0, 'en', 'Mars/Olympus'), /^\d\d:\d\d$/);
});
