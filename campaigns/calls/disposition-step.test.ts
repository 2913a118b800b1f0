import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultRetryPlan } from '../../dialer/core/retry-plan.ts';
import type { DispositionRule } from '../dispositions/index.ts';
import type { Lead, StoredNumber } from '../leads/index.ts';
import { type DispositionInput, stepAfterDisposition } from './disposition-step.ts';

const NOW = 1_000_000;

const lead: Lead = {
  id: 'lead',
  listId: 'list',
  customerId: 'customer',
  state: 'inCall',
  reason: 'awaitingDisposition',
  dueAt: null,
  zoneId: 1,
  numberOrdinal: 0,
  rank: 100,
  attempts: 2,
  dials: 3,
  contacts: 1,
  agentId: null,
  ticket: 'ticket',
};

function number(ordinal: number, change: Partial<StoredNumber> = {}): StoredNumber {
  const counts = { attempts: 1, failures: 0, nextAt: null, lastOutcome: null };
  return { leadId: 'lead', ordinal, zoneId: ordinal + 1, state: 'active', ...counts, ...change };
}

function step(rule: DispositionRule, change: Partial<DispositionInput> = {}) {
  return stepAfterDisposition({
    rule,
    lead,
    numbers: [number(0), number(1)],
    dialedOrdinal: 0,
    attemptsToday: 0,
    nextDayAt: NOW + 86_400_000,
    plan: defaultRetryPlan,
    now: NOW,
    ...change,
  });
}

test('a promise stands above the caps of attempts', () => {
  const last = defaultRetryPlan.maxPerNumber - 1;
  const { lead: after, numbers } = step(
    { action: 'callback' },
    {
      lead: { ...lead, attempts: defaultRetryPlan.maxPerLead },
      numbers: [number(0, { attempts: last })],
      promise: { dueAt: NOW + 500, agentId: 'agent' },
    },
  );
  assert.deepEqual([after.state, after.reason, after.dueAt], ['waiting', 'callback', NOW + 500]);
  assert.equal(after.agentId, 'agent');
  assert.ok(after.rank < lead.rank);
  assert.equal(numbers[0]?.state, 'active');
});

test('a promise does not stand above do-not-call', () => {
  const { lead: after } = step(
    { action: 'callback' },
    {
      numbers: [number(0, { state: 'suppressed' })],
      promise: { dueAt: NOW + 500, agentId: null },
    },
  );
  assert.deepEqual([after.state, after.reason], ['suppressed', 'do_not_call']);
});

test('a retry that the cap does not allow ends the lead with that reason', () => {
  const full = { ...lead, attempts: defaultRetryPlan.maxPerLead - 1 };
  const rule = { action: 'retry' as const, afterMinutes: 5, number: 'same' as const };
  const { lead: after } = step(rule, { lead: full });
  assert.deepEqual([after.state, after.reason, after.attempts], ['done', 'attemptCap', full.attempts + 1]);
});

test('a kept promise gives the lead back its place in the queue', () => {
  const lifted = { ...lead, rank: 100 - 1_000_000, agentId: 'agent' };
  const rule = { action: 'retry' as const, afterMinutes: 5, number: 'next' as const };
  const { lead: after } = step(rule, { lead: lifted });
  assert.deepEqual([after.rank, after.agentId, after.numberOrdinal, after.zoneId], [100, null, 1, 2]);
});

test('the last wrong number ends the lead as a wrong person', () => {
  const { lead: after, numbers } = step({ action: 'wrongNumber' }, { numbers: [number(0)] });
  assert.deepEqual([after.state, after.reason], ['done', 'wrongPerson']);
  assert.equal(numbers[0]?.state, 'invalid');
});
