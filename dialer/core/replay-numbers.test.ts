import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReplayNumber, replayNumber } from './replay-numbers.ts';

test('replay numbers are all different, and none is a number that exists', () => {
  assert.notEqual(replayNumber(0), replayNumber(1));
  assert.ok(isReplayNumber(replayNumber(0)) && isReplayNumber(replayNumber(999_999_999)));
  for (const e164 of ['+8613800138000', '+99890123456', '999000000001', '+999', '+999 000 000']) {
    assert.ok(!isReplayNumber(e164), e164);
  }
});

test('a replay number beyond the range is an error, not a longer number', () => {
  for (const index of [-1, 1.5, 1_000_000_000]) assert.throws(() => replayNumber(index), RangeError);
});
