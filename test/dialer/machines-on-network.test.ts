import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DEFAULT_CALL_POLICY } from '../../dialer/core/call-state.ts';
import { replayNumber } from '../../dialer/core/replay-numbers.ts';
import {
  DEFAULT_FAR_END,
  type FaultRates,
  farEndScenarios,
  randomFaults,
  type Scenario,
  SimulatedNetwork,
} from '../../dialer/simulation/index.ts';
import type { Telephony } from '../../dialer/telephony/index.ts';
import { VirtualTimers } from '../../platform/clock/index.ts';
import { forkRandom } from '../../platform/random/index.ts';
import { SmallFloor, type Talk } from './small-floor.ts';

const START = 1_800_000_000_000;
const CALLS = 800;

interface Day {
  floor: SmallFloor;
  network: SimulatedNetwork;
  timers: VirtualTimers;
  telephony: Telephony;
}

interface DayPlan {
  seed: string;
  faults?: FaultRates;
  scenario?: (index: number) => Scenario;
  detectMachine?: boolean;
  during?: (day: Day, index: number) => void | Promise<void>;
}

/** Dials {@link CALLS} calls, two a second, with ten agents, and lets everything end. */
async function day(plan: DayPlan): Promise<Day> {
  const timers = new VirtualTimers(START);
  const random = forkRandom(plan.seed, 'far ends');
  const network = new SimulatedNetwork({
    timers,
    trunks: [{ id: 'main', capacity: 500, callsPerSecond: 50 }],
    scenarios: farEndScenarios({ model: DEFAULT_FAR_END, random, now: () => timers.now() }),
    commandMs: 5,
  });
  const telephony = network.connect();
  await telephony.start();
  const agentIds = Array.from({ length: 10 }, (_, i) => `g${i}`);
  const floor = new SmallFloor({ timers, telephony, policy: POLICY, agentIds });
  await floor.open();
  await timers.advanceBy(1_000);
  const result: Day = { floor, network, timers, telephony };
  if (plan.faults !== undefined)
    network.setFaults(randomFaults(plan.faults, forkRandom(plan.seed, 'faults')));
  for (let index = 0; index < CALLS; index++) {
    await result.floor.place({
      attemptId: `a${index}`,
      e164: replayNumber(index),
      trunkId: 'main',
      ringTimeoutMs: POLICY.ringTimeoutMs,
      ticketExpiresAt: timers.now() + 5_000,
      detectMachine: plan.detectMachine ?? false,
      scenario: plan.scenario?.(index),
    });
    await plan.during?.(result, index);
    await timers.advanceBy(500);
  }
  await timers.runUntil(() => result.floor.openCalls === 0, timers.now() + 86_400_000);
  await timers.advanceBy(60_000);
  return result;
}

function assertAddsUp({ floor, network }: Day): void {
  assert.equal(floor.openCalls, 0, 'no call is stuck');
  assert.equal(floor.outcomes.size, CALLS, 'every attempt has its outcome');
  assert.deepEqual(network.openCalls(), [], 'no call is left on the switch');
  assert.equal(network.trunks()[0]?.inUse, 0);
  assertNoTwoTalks(floor.talks);
  assert.equal(
    [...floor.outcomes.values()].filter((outcome) => outcome === 'answered').length,
    floor.talks.length,
  );
  const abandoned = [...floor.outcomes].filter(([, outcome]) => outcome === 'abandoned').map(([id]) => id);
  assert.deepEqual(new Set(abandoned), floor.abandoned);
  for (const { state } of floor.agents) assert.ok(state === 'available' || state === 'paused', state);
}

function assertNoTwoTalks(talks: readonly Talk[]): void {
  const ends = new Map<string, number>();
  for (const talk of talks.toSorted((a, b) => a.from - b.from)) {
    assert.ok((ends.get(talk.agentId) ?? 0) <= talk.from, `${talk.agentId} in two talks`);
    ends.set(talk.agentId, talk.to);
  }
}

const POLICY = { ...DEFAULT_CALL_POLICY, onMachine: 'leaveMessage' as const };

/** The process dies now and another takes over its books a moment later. */
async function restart(day: Day): Promise<void> {
  const { network, timers, floor } = day;
  floor.die();
  await day.telephony.stop();
  await timers.advanceBy(700);
  day.telephony = network.connect();
  day.floor = new SmallFloor({ timers, telephony: day.telephony, policy: POLICY, agentIds: [] }, floor);
  await day.telephony.start();
  await day.floor.reconcile();
}

describe('both machines on the simulated network', () => {
  test('add up over a thousand calls without faults', async () => {
    const run = await day({ seed: 'quiet' });
    assertAddsUp(run);
    assert.ok(run.floor.talks.length > 20, `${run.floor.talks.length} talks`);
  });

  test('take the same decisions from the same seed', async () => {
    const faults: FaultRates = { lost: 0.05, duplicated: 0.05, late: 0.05, reordered: 0.1 };
    const first = await day({ seed: 'again', faults });
    const second = await day({ seed: 'again', faults });
    assert.deepEqual([...first.floor.outcomes], [...second.floor.outcomes]);
    assert.deepEqual(first.floor.talks, second.floor.talks);
  });

  const faults: Record<string, FaultRates> = {
    'events that are lost': { lost: 0.2 },
    'events that come twice': { duplicated: 0.5 },
    'events that come late': { late: 0.3, lateMs: 20_000 },
    'events that overtake each other': { reordered: 0.6, reorderMs: 3_000 },
    'all of it together': { lost: 0.1, duplicated: 0.2, late: 0.1, reordered: 0.3 },
  };
  for (const [what, rates] of Object.entries(faults)) {
    test(`add up with ${what}`, async () => {
      assertAddsUp(await day({ seed: what, faults: rates }));
      assertAddsUp(await day({ seed: `${what}, detection`, faults: rates, detectMachine: true }));
    });
  }

  test('add up when the network tells nothing at all and only answers questions', async () => {
    const run = await day({ seed: 'silence', faults: { lost: 1 } });
    assertAddsUp(run);
    const learnt = new Set(run.floor.outcomes.values());
    for (const outcome of ['busy', 'invalid', 'congestion'] as const)
      assert.ok(!learnt.has(outcome), outcome);
    assert.ok(learnt.has('unknown') && learnt.has('answered'));
  });

  test('add up when the carrier fails, drops what it carries and recovers', async () => {
    const run = await day({
      seed: 'carrier',
      during: ({ network }, index) => {
        if (index === 300) network.failTrunk('main', 'trunkFailure', { dropCalls: true });
        if (index === 400) network.failTrunk('main', 'congestion');
        if (index === 500) network.recoverTrunk('main');
      },
    });
    assertAddsUp(run);
    const outcomes = [...run.floor.outcomes.values()];
    for (let index = 301; index <= 400; index++) assert.equal(run.floor.outcomes.get(`a${index}`), 'failed');
    assert.ok(outcomes.filter((outcome) => outcome === 'congestion').length >= 99);
    assert.ok(
      run.floor.talks.some(({ attemptId }) => Number(attemptId.slice(1)) > 500),
      'it goes on',
    );
  });

  test("add up when agents' phones die in mid-talk", async () => {
    const run = await day({
      seed: 'phones',
      during: ({ network }, index) => {
        if (index % 100 === 50) network.losePhone(`g${Math.floor(index / 100)}`);
        if (index % 100 === 60 && index < 500) network.openPhone(`g${Math.floor(index / 100)}`);
      },
    });
    assertAddsUp(run);
    assert.equal(run.floor.agents.filter(({ reason }) => reason === 'phone_lost').length, 3);
  });

  test('add up when agents hang up first and supervisors end calls', async () => {
    const run = await day({
      seed: 'hang-ups',
      faults: { duplicated: 0.2, reordered: 0.2 },
      during: ({ floor, timers }, index) => {
        const at = timers.now();
        const talk = floor.talking[index % 10];
        if (talk && index % 3 === 0)
          floor.call(talk.attemptId, { type: 'agentHungUp', at, agentId: talk.agentId });
        if (index % 5 === 0) floor.call(`a${index - 10}`, { type: 'hangUpRequested', at });
      },
    });
    assertAddsUp(run);
  });

  test('add up when the process dies again and again, and no talk is cut by it', async () => {
    const chance = forkRandom('deaths', 'when');
    let cut = 0;
    const run = await day({
      seed: 'deaths',
      faults: { late: 0.1, duplicated: 0.1 },
      during: async (now) => {
        if (chance.next() > 0.05) return;
        await now.timers.advanceBy(Math.floor(chance.next() * 500));
        const before = now.network.openCalls().filter(({ phase }) => phase === 'connected');
        const books = new Set(now.floor.talking.map(({ attemptId }) => attemptId));
        await restart(now);
        const held = new Set(now.network.openCalls().map(({ attemptId }) => attemptId));
        for (const { attemptId } of before) {
          if (books.has(attemptId) && held.has(attemptId) && !now.floor.isOpen(attemptId)) cut += 1;
        }
      },
    });
    assertAddsUp(run);
    assert.equal(cut, 0);
  });

  test('reproduce recorded talk times to the millisecond, also talks of no time at all', async () => {
    const talkMs = (index: number): number => (index % 7) * 1_000;
    const scenario = (index: number): Scenario =>
      index % 10 === 0 ? { result: 'answered', ringMs: 2_000, talkMs: talkMs(index) } : { result: 'busy' };
    const { floor } = await day({ seed: 'replay', scenario });
    assert.equal(floor.talks.length, CALLS / 10);
    for (const { attemptId, from, to } of floor.talks)
      assert.equal(to - from, talkMs(Number(attemptId.slice(1))));
  });

  test("give every second of an agent's shift to one state", async () => {
    const { floor } = await day({ seed: 'seconds', faults: { late: 0.3, duplicated: 0.3 } });
    for (const agent of floor.agents) {
      const mine = floor.stretches.filter(({ agentId }) => agentId === agent.agentId);
      const total = mine.reduce((sum, { from, to }) => sum + (to - from), 0);
      assert.equal(total, agent.since - START);
    }
  });
});
