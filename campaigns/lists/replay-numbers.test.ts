import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isReplayNumber, REPLAY_NUMBER_COUNT, replayNumber } from './replay-numbers.ts';

const anyIndex = fc.integer({ min: 0, max: REPLAY_NUMBER_COUNT - 1 });

test('an index outside the range is refused instead of wrapping round to a number already given', () => {
  for (const index of [-1, 0.5, REPLAY_NUMBER_COUNT, Number.NaN]) {
    assert.throws(() => replayNumber(index), RangeError);
  }
});

test('no replay number is a valid number of any country', () => {
  fc.assert(
    fc.property(anyIndex, (index) => {
      const parsed = parsePhoneNumberFromString(replayNumber(index));
      assert.equal(parsed?.isValid() ?? false, false);
    }),
    { numRuns: 300 },
  );
});

test('different indexes give different numbers, each within the fifteen digits of E.164', () => {
  fc.assert(
    fc.property(anyIndex, anyIndex, (one, other) => {
      assert.equal(replayNumber(one) === replayNumber(other), one === other);
      assert.match(replayNumber(one), /^\+\d{8,15}$/);
      assert.ok(isReplayNumber(replayNumber(one)));
    }),
  );
});

test('a number that only resembles a replay number is none', () => {
  for (const number of ['+99900', '+9990000000', '+999000000000', '+99900000000a', '+8613800138000', '']) {
    assert.equal(isReplayNumber(number), false, number);
  }
});
