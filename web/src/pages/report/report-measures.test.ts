import assert from 'node:assert/strict';
import test from 'node:test';
import { funnelOf, lastDays } from './report-measures.ts';

const total = (
  leads: number | null,
  [attemptedLeads = 0, contactedLeads = 0, rightPersons = 0, sales = 0]: number[],
) => ({
  leads,
  attemptedLeads,
  contactedLeads,
  rightPersons,
  sales,
});

test('a report of nothing has an empty funnel, and divides by nothing', () => {
  for (const leads of [0, null]) {
    for (const stage of funnelOf(total(leads, []))) {
      assert.deepEqual([stage.count, stage.width, stage.ofBefore], [0, 0, null]);
    }
  }
});

test('a stage is measured by the one before it', () => {
  const stages = funnelOf(total(100, [80, 20, 16, 4]));
  assert.deepEqual(
    stages.map((stage) => stage.ofBefore),
    [null, 0.8, 0.25, 0.8, 0.25],
  );
  assert.deepEqual(stages[1]?.width, 0.8);
});

test('the last seven days begin at a midnight and end at the next one', () => {
  const { from, to } = lastDays(Date.UTC(2026, 10, 22, 15), 7);
  assert.equal(new Date(from).getHours(), 0);
  assert.equal(new Date(to).getHours(), 0);
  assert.equal(Math.round((to - from) / 86_400_000), 7);
});
