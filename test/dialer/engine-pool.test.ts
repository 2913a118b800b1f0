import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scenario } from '../../dialer/simulation/index.ts';
import { assertAllEnded, assertSound } from './support/floor-invariants.ts';
import { floors, someone } from './support/floors.ts';

const newFloor = floors();
const answers = (changes: Partial<Scenario> = {}): Scenario => ({
  result: 'answered',
  setupMs: 500,
  ringMs: 5_000,
  talkMs: 30_000,
  patienceMs: 60_000,
  ...changes,
});

test('ratio mode orders so many lines for each free agent', async () => {
  const floor = newFloor({ plan: { mode: 'ratio', ratio: 2 } });
  floor.business.addLeads(20, someone);
  await floor.start(3);
  await floor.seconds(1);
  assert.equal(floor.live().ringing, 6);
  await floor.stop();
  assertSound(floor);
});

test('each answered person goes to the agent who has been idle longest', async () => {
  const floor = newFloor({
    scenario: (order) => answers({ ringMs: 3_000 + Number(order.e164.slice(-2)) * 130, talkMs: 2_000 }),
    wrapUpMs: 500,
  });
  floor.business.addLeads(60, someone);
  await floor.start(5);
  let checked = 0;
  for (let step = 0; step < 3_000; step++) {
    const idle = floor
      .live()
      .agents.filter(({ state }) => state === 'available')
      .sort((a, b) => a.since - b.since)
      .map(({ agentId }) => agentId);
    await floor.timers.advanceBy(20);
    const taken = idle.filter((agentId) => floor.view(agentId).state !== 'available');
    if (taken.length === 0) continue;
    assert.deepEqual(taken, idle.slice(0, taken.length));
    checked += 1;
  }
  assert.ok(checked >= 30, `${checked} answers`);
  await floor.stop();
  assertSound(floor);
});

test('of two idle agents the first answer takes the one who waits longer, who keeps nothing of the other', async () => {
  const floor = newFloor({ robots: false, scenario: () => answers() });
  floor.business.addLeads(1, someone);
  const [first = '', second = ''] = await floor.start(2);
  await floor.seconds(1);
  await floor.engine.command(first, { type: 'ready' });
  await floor.seconds(1);
  await floor.engine.command(second, { type: 'ready' });
  const since = floor.view(second).since;
  await floor.seconds(6);
  assert.equal(floor.view(first).state, 'connected');
  assert.equal(floor.view(second).state, 'available');
  assert.equal(floor.view(second).since, since, 'the other was not touched');
  await floor.stop();
});

test('who finds no agent waits up to the limit and then hears the message, counted as abandoned', async () => {
  const floor = newFloor({ plan: { mode: 'ratio', ratio: 2 }, scenario: () => answers() });
  floor.business.addLeads(2, someone);
  await floor.start(1);
  await floor.seconds(6);
  assert.deepEqual([floor.live().waiting, floor.live().talking], [1, 1]);
  await floor.seconds(2);
  assert.equal(floor.live().waiting, 0);
  assert.equal(floor.live().counts.abandoned, 1);
  await floor.seconds(20);
  const abandoned = floor.business.ended.find(({ outcome }) => outcome === 'abandoned');
  assert.ok(abandoned?.messagePlayed);
  assert.equal(abandoned.cause, 'normal');
  await floor.stop();
});

test('persons who wait are served in the order of answering by the agents as they become free', async () => {
  const floor = newFloor({
    plan: { mode: 'ratio', ratio: 3, connectWithinMs: 60_000 },
    scenario: (order) => answers({ ringMs: 5_000 + Number(order.e164.at(-1)) * 500, talkMs: 5_000 }),
    wrapUpMs: 1_000,
  });
  floor.business.addLeads(3, someone);
  await floor.start(1);
  await floor.minutes(2);
  const connected = floor.business.records.flatMap((record) =>
    record.type === 'attemptConnected' ? record.attempt : [],
  );
  const answered = connected.map(({ answeredAt }) => answeredAt ?? 0);
  assert.equal(connected.length, 3);
  assert.deepEqual(
    answered,
    answered.toSorted((a, b) => Number(a) - Number(b)),
  );
  assert.equal(connected[1]?.connectedLate, undefined);
  await floor.stop();
  assertSound(floor);
});

test('a trunk is never given more calls than it has lines, nor more a second than it takes', async () => {
  const trunks = [{ id: 'small', capacity: 7, callsPerSecond: 2 }];
  const floor = newFloor({ trunks, plan: { mode: 'ratio', ratio: 3, maxLinesPerAgent: 10 } });
  floor.business.addLeads(100, someone);
  await floor.start(10);
  for (let second = 0; second < 120; second++) {
    await floor.seconds(1);
    assert.ok(floor.live().ringing <= 7);
  }
  await floor.minutes(30);
  assert.deepEqual(
    floor.business.ended.filter(({ outcome }) => outcome === 'congestion'),
    [],
  );
  await floor.stop();
  assertSound(floor);
});

test('the campaign’s own limit of lines holds, calls of one agent included', async () => {
  const floor = newFloor({ plan: { mode: 'ratio', ratio: 5, maxLines: 4 } });
  floor.business.addLeads(30, someone);
  await floor.start(5);
  for (let step = 0; step < 60; step++) {
    await floor.seconds(1);
    const { ringing, waiting, talking } = floor.live();
    assert.ok(ringing + waiting + talking <= 4);
  }
  await floor.stop();
});

test('a number is on the line once, however many leads have it, and nobody goes in a circle over it', async () => {
  const floor = newFloor();
  let claims = 0;
  floor.business.breaks = (port) => {
    if (port === 'claim') claims++;
  };
  floor.business.addLeads(6, () => '+999123456789');
  await floor.start(3);
  await floor.minutes(20);
  assert.equal(floor.business.ended.length, 6);
  assert.ok(claims < 200, `${claims} claims`);
  await floor.stop();
  assertSound(floor);
  assertAllEnded(floor);
});

test('a number put on do-not-call while its lead is in the hopper, or claimed, is not dialed', async () => {
  const floor = newFloor();
  floor.business.addLeads(10, someone);
  await floor.engine.start();
  floor.business.suppressed.add(someone(0)); // read ahead before, refused at the claim
  floor.business.breaks = (port) => {
    if (port !== 'claim') return;
    floor.engine.forgetNumber(someone(1)); // while the claim is being written
  };
  await floor.signIn(2);
  await floor.minutes(10);
  assert.ok(![...floor.placed.values()].includes(someone(0)));
  assert.ok(![...floor.placed.values()].includes(someone(1)));
  assert.ok(
    floor.business.ended.some(({ lead, outcome }) => lead.e164 === someone(1) && outcome === 'cancelled'),
  );
  await floor.stop();
  assertSound(floor);
});

test('a gate that refuses everything does not keep the database busy', async () => {
  const floor = newFloor();
  floor.business.addLeads(20, someone);
  let reads = 0;
  floor.business.breaks = (port) => {
    if (port === 'next') reads++;
  };
  floor.business.check = async (_, { candidates }) =>
    candidates.map(() => ({ allowed: false as const, reason: 'closed', until: 0 }));
  await floor.start(2);
  await floor.minutes(1);
  assert.ok(reads < 3_000, `${reads} reads`);
  assert.equal(floor.placed.size, 0);
  await floor.stop();
});

test('a wake while a read is under way is not lost', async () => {
  const floor = newFloor();
  await floor.start(1);
  await floor.seconds(1);
  let added = false;
  floor.business.nextDueAt = async () => {
    if (!added) {
      added = true;
      floor.business.addLeads(1, someone);
      floor.engine.wake();
    }
    return undefined;
  };
  await floor.seconds(16);
  assert.ok(added);
  assert.equal(floor.placed.size, 1, 'dialed at once, not fifteen seconds later');
  await floor.stop();
});
