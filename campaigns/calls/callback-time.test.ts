import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDomainError } from '../../platform/errors/index.ts';
import { callbackInstant } from './callback-time.ts';

const NOW = Date.UTC(2026, 2, 1, 12);

function refusedAs(localTime: string, timeZone: string): string {
  try {
    callbackInstant({ localTime, timeZone }, NOW);
  } catch (error) {
    if (isDomainError(error)) return error.code;
  }
  return 'taken';
}

test('times that are none, zones that are none, the past and the far future are refused each by its code', () => {
  const zone = 'America/New_York';
  for (const text of ['2026-02-30T10:00', '2026-03-02 10:00', '2026-03-02T24:00', '2026-03-02T10:60', '']) {
    assert.equal(refusedAs(text, zone), 'callback_time_invalid', text);
  }
  assert.equal(refusedAs('2026-03-02T10:00', 'Mars/Olympus'), 'callback_zone_unknown');
  assert.equal(refusedAs('2026-03-01T07:00', zone), 'callback_time_past', 'this very instant');
  assert.equal(refusedAs('2027-03-05T10:00', zone), 'callback_time_too_far');
});

test('a promise for a time that the clocks skip is kept at the first moment after', () => {
  const promise = { localTime: '2026-03-08T02:30', timeZone: 'America/New_York' };
  assert.equal(callbackInstant(promise, NOW), Date.parse('2026-03-08T07:00:00Z'));
});
