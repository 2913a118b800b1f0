import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isDomainError } from '../../platform/errors/index.ts';
import { costsAnAttempt, OUTCOMES } from './outcomes.ts';
import { defaultRetryPlan, type LeadNumber, planRetry, type RetryInput } from './retry-plan.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = Date.parse('2026-11-23T10:00:00Z');
const fresh = (ordinal: number, change: Partial<LeadNumber> = {}): LeadNumber => ({
  ordinal,
  state: 'active',
  attempts: 0,
  failures: 0,
  nextAt: null,
  ...change,
});
const input = (change: Partial<RetryInput>): RetryInput => ({
  numbers: [fresh(0), fresh(1)],
  dialed: 0,
  outcome: 'noAnswer',
  attempts: 0,
  attemptsToday: 0,
  nextDayAt: now + 14 * hour,
  now,
  plan: defaultRetryPlan,
  ...change,
});

test('an index that is no number of the lead is refused', () => {
  assert.throws(
    () => planRetry(input({ dialed: 2 })),
    (error) => isDomainError(error, 'retry_input_invalid'),
  );
});

test('silence goes to the next number after a pause, and the silent one rests', () => {
  const { numbers, next } = planRetry(input({}));
  assert.deepEqual(next, { kind: 'dial', numberIndex: 1, at: now + 2 * minute });
  assert.deepEqual(numbers[0], fresh(0, { attempts: 1, nextAt: now + 3 * hour }));
});

test('after the last number it is the first one’s turn again, once it has rested', () => {
  const numbers = [fresh(0, { attempts: 1, nextAt: now + hour }), fresh(1)];
  const { next } = planRetry(input({ numbers, dialed: 1, attempts: 1 }));
  assert.deepEqual(next, { kind: 'dial', numberIndex: 0, at: now + hour });
});

test('dialing order is by ordinal, not by place in the array', () => {
  const numbers = [fresh(2), fresh(0), fresh(1)];
  const { next } = planRetry(input({ numbers, dialed: 1 }));
  assert.equal(next.kind === 'dial' && next.numberIndex, 2);
});

test('busy stays on the same number', () => {
  const { next } = planRetry(input({ outcome: 'busy' }));
  assert.deepEqual(next, { kind: 'dial', numberIndex: 0, at: now + 10 * minute });
});

test('a failure of ours costs no attempt, not even the last one of every cap', () => {
  for (const outcome of ['congestion', 'failed', 'cancelled', 'unknown'] as const) {
    const result = planRetry(
      input({ outcome, numbers: [fresh(0, { attempts: 5 })], attempts: 9, attemptsToday: 2 }),
    );
    assert.equal(result.counted, false);
    assert.equal(result.numbers[0]?.attempts, 5);
    assert.equal(result.next.kind, 'dial', outcome);
    assert.ok(result.next.kind === 'dial' && result.next.at < now + hour, outcome);
  }
});

test('failures of ours in a row wait longer each time, end at a limit, and are forgotten by a real answer', () => {
  const delays: number[] = [];
  let numbers: LeadNumber[] = [fresh(0)];
  for (let i = 0; i < defaultRetryPlan.maxFailuresPerNumber - 1; i++) {
    const result = planRetry(input({ numbers, outcome: 'failed' }));
    delays.push(result.next.kind === 'dial' ? result.next.at - now : -1);
    numbers = result.numbers;
  }
  assert.deepEqual(delays.slice(0, 3), [2 * minute, 4 * minute, 8 * minute]);
  assert.equal(Math.max(...delays), 6 * hour);
  assert.deepEqual(planRetry(input({ numbers, outcome: 'failed' })).next, {
    kind: 'done',
    reason: 'numbersExhausted',
  });
  assert.equal(planRetry(input({ numbers, outcome: 'busy' })).numbers[0]?.failures, 0);
});

test('a cancelled call may be dialed at once, but cancelling again and again does not spin', () => {
  const first = planRetry(input({ outcome: 'cancelled' }));
  assert.deepEqual(first.next, { kind: 'dial', numberIndex: 0, at: now });
  const second = planRetry(input({ outcome: 'cancelled', numbers: first.numbers }));
  assert.ok(second.next.kind === 'dial' && second.next.at >= now + minute);
});

test('no telephone: the number is out, and a lead with no other is done', () => {
  const two = planRetry(input({ outcome: 'invalid' }));
  assert.equal(two.numbers[0]?.state, 'invalid');
  assert.equal(two.next.kind === 'dial' && two.next.numberIndex, 1);
  const one = planRetry(input({ outcome: 'fax', numbers: [fresh(0)] }));
  assert.deepEqual(one.next, { kind: 'done', reason: 'numbersInvalid' });
});

test('a number that became do-not-call while it rang stays so, whatever the outcome', () => {
  for (const outcome of ['busy', 'invalid', 'failed'] as const) {
    const { numbers, next } = planRetry(input({ outcome, numbers: [fresh(0, { state: 'suppressed' })] }));
    assert.equal(numbers[0]?.state, 'suppressed');
    assert.deepEqual(next, { kind: 'done', reason: 'suppressed' });
  }
});

test('the attempt that reaches the lead’s cap is its last', () => {
  assert.deepEqual(planRetry(input({ attempts: 9 })).next, { kind: 'done', reason: 'attemptCap' });
  assert.equal(planRetry(input({ attempts: 8 })).next.kind, 'dial');
});

test('the attempt that reaches the day’s cap moves the next to tomorrow', () => {
  const { next } = planRetry(input({ outcome: 'busy', attemptsToday: 2 }));
  assert.deepEqual(next, { kind: 'dial', numberIndex: 0, at: now + 14 * hour });
});

test('an outcome may cap a number lower than the plan, never higher', () => {
  const one = [fresh(0, { attempts: 1 })];
  assert.equal(planRetry(input({ outcome: 'rejected', numbers: one })).numbers[0]?.state, 'exhausted');
  const rule = { delayMs: hour, maxPerNumber: 99, turnTo: 'sameNumber' } as const;
  const six = [fresh(0, { attempts: 5 })];
  assert.equal(planRetry(input({ numbers: six, rule })).numbers[0]?.state, 'exhausted');
});

test('an answered lead is done, unless its disposition brings a rule of its own', () => {
  assert.deepEqual(planRetry(input({ outcome: 'answered' })).next, { kind: 'done', reason: 'answered' });
  const rule = { delayMs: 2 * hour, turnTo: 'sameNumber' } as const;
  assert.deepEqual(planRetry(input({ outcome: 'answered', rule })).next, {
    kind: 'dial',
    numberIndex: 0,
    at: now + 2 * hour,
  });
});

test('whatever the network does, a lead ends within its caps and is never due in the past', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...OUTCOMES), { minLength: 300, maxLength: 300 }),
      fc.integer({ min: 1, max: 4 }),
      (script, size) => {
        let numbers = Array.from({ length: size }, (_, ordinal) => fresh(ordinal));
        let [at, dialed, attempts] = [now, 0, 0];
        for (const outcome of script) {
          const result = planRetry(input({ numbers, dialed, outcome, attempts, now: at }));
          attempts += result.counted ? 1 : 0;
          assert.equal(result.counted, costsAnAttempt.has(outcome));
          numbers = result.numbers;
          if (result.next.kind === 'done') return attempts <= defaultRetryPlan.maxPerLead;
          assert.ok(result.next.at >= at);
          assert.equal(numbers[result.next.numberIndex]?.state, 'active');
          ({ at, numberIndex: dialed } = result.next);
        }
        return false;
      },
    ),
    { numRuns: 200 },
  );
});
