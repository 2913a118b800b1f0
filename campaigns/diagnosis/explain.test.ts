import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explain, type FloorFacts, type TalliedLeads } from './explain.ts';

const OPEN = 'Asia/Shanghai;cn';
const CLOSED = 'America/New_York;us-NY';
const hours = new Map([
  [OPEN, { open: true, opensAt: 0 }],
  [CLOSED, { open: false, opensAt: 5_000 }],
]);
const floor: FloorFacts = {
  campaignState: 'running',
  agentsSignedIn: 3,
  agentsAvailable: 1,
  freeLines: 10,
  callerIdLeft: true,
  abandonBudgetSpent: false,
  databaseBehind: false,
};

function tally(state: string, reason = '', change: Partial<TalliedLeads> = {}): TalliedLeads {
  return { listId: 'list', listActive: true, state, reason, zoneKey: OPEN, n: 1, ...change };
}

function codeOf(one: TalliedLeads, facts: Partial<FloorFacts> = {}) {
  return explain({ tallies: [one], hours, floor: { ...floor, ...facts } }).parts[0]?.code;
}

test('a place of which no hours are known is closed, and no lead is lost over it', () => {
  const { leads, parts } = explain({ tallies: [tally('ready', '', { zoneKey: 'x' })], hours, floor });
  assert.equal(leads, 1);
  assert.deepEqual(parts, [{ code: 'outside_window', params: { zoneKey: 'x', opensAt: null }, leads: 1 }]);
});

test('a state nobody has heard of still counts as a lead in the queue', () => {
  assert.equal(codeOf(tally('someday')), 'next_in_line');
});

test('what lasts is named before what passes', () => {
  const nothing = { agentsSignedIn: 0, agentsAvailable: 0, freeLines: 0, abandonBudgetSpent: true };
  const ready = tally('ready');
  assert.equal(codeOf(ready, { ...nothing, campaignState: 'paused' }), 'campaign_not_running');
  assert.equal(codeOf(tally('ready', '', { listActive: false, zoneKey: CLOSED }), nothing), 'list_stopped');
  assert.equal(codeOf(tally('ready', '', { zoneKey: CLOSED }), nothing), 'outside_window');
  assert.equal(codeOf(ready, { ...nothing, callerIdLeft: false }), 'no_caller_id', 'until midnight');
  assert.equal(codeOf(ready, nothing), 'no_agents');
  assert.equal(codeOf(ready, { ...nothing, agentsSignedIn: 1 }), 'no_trunk');
  const busy = { agentsAvailable: 0 };
  assert.equal(codeOf(ready, { ...busy, abandonBudgetSpent: true }), 'abandon_budget_spent');
  assert.equal(codeOf(ready, busy), 'agents_busy');
  assert.equal(codeOf(ready, { abandonBudgetSpent: true }), 'next_in_line', 'an idle agent risks nobody');
  assert.equal(codeOf(tally('ready', 'callback')), 'agent_promised');
});

test('a paused campaign changes nothing for those who wait or are done', () => {
  const paused = { campaignState: 'paused' as const };
  assert.equal(codeOf(tally('waiting', 'busy'), paused), 'retry_wait');
  assert.equal(codeOf(tally('suppressed', 'do_not_call'), paused), 'do_not_call');
  assert.equal(codeOf(tally('done', 'attemptCap'), paused), 'at_cap');
  assert.equal(codeOf(tally('held', 'frequency_cap'), paused), 'at_cap');
  assert.equal(codeOf(tally('inCall', 'awaitingDisposition'), paused), 'awaiting_disposition');
});

test('the parts add up to all leads, whatever holds them', () => {
  const one = fc.record({
    listId: fc.constantFrom('a', 'b'),
    listActive: fc.boolean(),
    state: fc.constantFrom('ready', 'waiting', 'held', 'claimed', 'inCall', 'suppressed', 'done'),
    reason: fc.constantFrom('', 'callback', 'busy', 'outside_window', 'attemptCap', 'sold'),
    zoneKey: fc.constantFrom(OPEN, CLOSED, 'elsewhere'),
    n: fc.integer({ min: 0, max: 5_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(one), (tallies) => {
      const { leads, parts } = explain({ tallies, hours, floor });
      const all = tallies.reduce((sum, { n }) => sum + n, 0);
      assert.equal(leads, all);
      assert.equal(
        parts.reduce((sum, part) => sum + part.leads, 0),
        all,
      );
    }),
  );
});
