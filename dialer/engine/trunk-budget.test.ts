import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrunkState } from '../telephony/index.ts';
import { TrunkBudget } from './trunk-budget.ts';

const trunk = (changes: Partial<TrunkState> = {}): TrunkState => ({
  id: 'a',
  capacity: 100,
  callsPerSecond: 3,
  inUse: 0,
  healthy: true,
  ...changes,
});

function fail(budget: TrunkBudget, times: number, now: number): void {
  for (let n = 0; n < times; n++) budget.ended('a', { outcome: 'congestion', orderedAt: now, now });
}

test('in no second are more calls placed than the trunk takes, counted from when they were placed', () => {
  const budget = new TrunkBudget(() => [trunk()]);
  for (let n = 0; n < 3; n++) assert.equal(budget.take(0), 'a');
  assert.equal(budget.take(0), undefined);
  for (let n = 0; n < 3; n++) budget.placed('a', 600); // the claims took their time
  assert.equal(budget.take(1_100), undefined);
  assert.equal(budget.take(1_600), 'a');
});

test('a claim that was lost gives its line and its call of the second back', () => {
  const budget = new TrunkBudget(() => [trunk({ capacity: 1, callsPerSecond: 1 })]);
  assert.equal(budget.take(0), 'a');
  assert.equal(budget.take(0), undefined);
  budget.giveBack('a');
  assert.equal(budget.take(0), 'a');
});

test('a line counts from the plan to place a call until the adapter counts it', () => {
  let inUse = 0;
  const budget = new TrunkBudget(() => [trunk({ capacity: 1, callsPerSecond: 50, inUse })]);
  budget.take(0);
  budget.placed('a', 0);
  assert.equal(budget.take(0), undefined);
  inUse = 1;
  budget.confirmed('a');
  assert.equal(budget.take(0), undefined);
  inUse = 0;
  assert.equal(budget.take(0), 'a');
});

test('a rate below one call a second is one call in a longer stretch', () => {
  const budget = new TrunkBudget(() => [trunk({ callsPerSecond: 0.5 })]);
  budget.take(0);
  budget.placed('a', 0);
  assert.equal(budget.take(1_500), undefined);
  assert.equal(budget.take(2_000), 'a');
});

test('a carrier that fails again and again rests, whatever older calls on it still say', () => {
  const budget = new TrunkBudget(() => [trunk()]);
  fail(budget, 5, 10_000);
  budget.ended('a', { outcome: 'answered', orderedAt: 5_000, now: 11_000 });
  assert.equal(budget.take(12_000), undefined);
  assert.equal(budget.freeLines(12_000), 0);
});

test('after its rest one call a second tries the carrier, until a phone rings through it', () => {
  const budget = new TrunkBudget(() => [trunk()]);
  fail(budget, 5, 0);
  assert.equal(budget.take(30_000), 'a');
  assert.equal(budget.take(30_000), undefined);
  budget.placed('a', 30_000);
  assert.equal(budget.take(30_500), undefined);
  budget.works('a', 30_000);
  assert.equal(budget.take(30_500), 'a');
  assert.equal(budget.take(30_500), 'a');
});

test('a claim that was cancelled says nothing of the carrier', () => {
  const budget = new TrunkBudget(() => [trunk()]);
  fail(budget, 4, 0);
  budget.ended('a', { outcome: 'cancelled', orderedAt: 1, now: 1 });
  budget.ended('a', { outcome: 'failed', orderedAt: 1, now: 2 });
  assert.equal(budget.take(3), undefined);
});

test('the emptiest healthy trunk is taken', () => {
  const trunks = [trunk({ inUse: 50 }), trunk({ id: 'b', inUse: 10 }), trunk({ id: 'c', healthy: false })];
  assert.equal(new TrunkBudget(() => trunks).take(0), 'b');
});
