import assert from 'node:assert/strict';
import test from 'node:test';
import { ProblemError, problemFrom, problemOf } from './problem.ts';

test('an answer that is not problem+json is a problem of ours with the status it came with', () => {
  for (const body of [undefined, null, '<html>', 42, { error: 'x' }]) {
    const problem = problemFrom(502, body);
    assert.equal(problem.code, 'unreadable_answer');
    assert.deepEqual(problem.params, { status: 502 });
  }
});

test('a problem keeps its code, parameters and issues, and fills in what is missing', () => {
  const whole = problemFrom(409, {
    code: 'wrong_campaign_state',
    params: { state: 'draft' },
    requestId: 'r1',
  });
  assert.deepEqual(whole, {
    status: 409,
    code: 'wrong_campaign_state',
    detail: '',
    params: { state: 'draft' },
    issues: [],
    requestId: 'r1',
  });
});

test('an error of any other kind is shown as unexpected', () => {
  assert.equal(problemOf(new TypeError('x')).code, 'unexpected');
  assert.equal(
    problemOf(new ProblemError(problemFrom(404, { code: 'lead_not_found' }))).code,
    'lead_not_found',
  );
});
