import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  costsAnAttempt,
  inAbandonRate,
  isOutcome,
  liveAnswered,
  mayHaveRung,
  OUTCOMES,
  ourFailure,
} from './outcomes.ts';

test('every outcome either costs the lead an attempt or is a failure of ours, never both', () => {
  for (const outcome of OUTCOMES)
    assert.notEqual(costsAnAttempt.has(outcome), ourFailure.has(outcome), outcome);
});

test('a call nobody can account for counts for the law and costs the lead nothing', () => {
  assert.ok(mayHaveRung.has('unknown') && !costsAnAttempt.has('unknown'));
});

test('someone who hangs up before the limit was reached, and is in no abandon rate', () => {
  assert.ok(liveAnswered.has('hungUpWaiting') && !inAbandonRate.has('hungUpWaiting'));
});

test('only listed words are outcomes', () => {
  assert.ok(isOutcome('busy'));
  assert.ok(!isOutcome('toString') && !isOutcome(3));
});
