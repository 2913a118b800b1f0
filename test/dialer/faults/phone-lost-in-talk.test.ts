import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyFarEnd, assertRecovers } from '../support/fault-floor.ts';
import { assertSound } from '../support/floor-invariants.ts';
import { floors, someone } from '../support/floors.ts';

const newFloor = floors();

async function oneTalk() {
  const floor = newFloor({
    scenario: () => ({ result: 'answered', ringMs: 3_000, talkMs: 60_000, patienceMs: 60_000 }),
  });
  floor.business.addLeads(1, someone);
  const [agentId = ''] = await floor.start(1);
  await floor.seconds(10);
  assert.equal(floor.view(agentId).state, 'connected');
  return { floor, agentId };
}

test('an agent whose phone comes back in time goes on with the same talk', async () => {
  const { floor, agentId } = await oneTalk();
  floor.network.losePhone(agentId);
  await floor.seconds(5);
  floor.network.openPhone(agentId);
  await floor.seconds(5);
  assert.equal(floor.view(agentId).state, 'connected');
  assert.equal(floor.network.openCalls()[0]?.agentId, agentId);
  await floor.minutes(2);
  assert.equal(floor.business.ended[0]?.outcome, 'answered');
  await floor.stop();
  assertSound(floor);
});

test('a phone that stays away ends the talk; its agent is in wrap-up, then paused without it', async () => {
  const { floor, agentId } = await oneTalk();
  floor.network.losePhone(agentId);
  await floor.minutes(1);
  assert.equal(floor.business.ended[0]?.outcome, 'answered');
  assert.equal(floor.business.disposed.length, 1);
  const states = floor.views.map(({ state, reason }) => `${state} ${reason}`.trim());
  const paused = states.indexOf('paused phone_lost');
  assert.ok(paused > states.lastIndexOf('wrapUp'), states.join(', '));
  assert.equal(floor.view(agentId).state, 'available', 'ready brought the phone up again');
  await floor.stop();
});

test('a phone lost while it is being joined sends the person to the next agent at once', async () => {
  const floor = newFloor({
    robots: false,
    scenario: () => ({ result: 'answered', ringMs: 3_000, talkMs: 60_000, patienceMs: 60_000 }),
  });
  floor.business.addLeads(1, someone);
  const [first = '', second = ''] = await floor.start(2);
  await floor.seconds(1);
  for (const agentId of [first, second]) await floor.engine.command(agentId, { type: 'ready' });
  const joining = () => [first, second].find((agentId) => floor.view(agentId).state === 'ringing');
  await floor.timers.runUntil(() => joining() !== undefined);
  const lost = joining() ?? '';
  floor.network.losePhone(lost);
  await floor.seconds(1);
  assert.deepEqual([first, second].map((agentId) => floor.view(agentId).state).sort(), [
    'connected',
    'paused',
  ]);
  assert.equal(floor.view(lost).reason, 'phone_lost');
  await floor.stop();
  assertSound(floor);
});

test('a phone that is down and was not told of gets one person, not every person in a circle', async () => {
  const floor = newFloor({
    robots: false,
    scenario: () => ({ result: 'answered', ringMs: 3_000, talkMs: 60_000, patienceMs: 60_000 }),
  });
  floor.business.addLeads(1, someone);
  const [first = '', second = ''] = await floor.start(2);
  await floor.seconds(1);
  await floor.engine.command(first, { type: 'ready' });
  await floor.seconds(1);
  await floor.engine.command(second, { type: 'ready' });
  floor.network.setFaults((event) => (event.type === 'agentPhoneLost' ? [] : [0]));
  floor.network.losePhone(first);
  await floor.seconds(5);
  assert.deepEqual([floor.view(first).state, floor.view(first).reason], ['paused', 'not_joined']);
  assert.equal(floor.view(second).state, 'connected');
  await floor.stop();
});

test('the word of a lost phone that comes after the word of its return is past', async () => {
  const { floor, agentId } = await oneTalk();
  floor.network.setFaults((event) => (event.type === 'agentPhoneLost' ? [2_000] : [0]));
  floor.network.losePhone(agentId);
  await floor.seconds(1);
  floor.network.openPhone(agentId);
  await floor.minutes(3);
  await floor.engine.command(agentId, { type: 'pause', reason: 'lunch' });
  await floor.engine.command(agentId, { type: 'ready' });
  await floor.stop();
});

test('phones that come and go all day lose no call', async () => {
  const floor = newFloor({ seed: 'phones', scenario: anyFarEnd });
  floor.business.addLeads(60, someone);
  const agents = await floor.start(4);
  for (let step = 0; step < 150; step++) {
    await floor.seconds(4);
    const agentId = agents[Math.floor(floor.random.next() * agents.length)] ?? '';
    if (step % 2 === 0) floor.network.losePhone(agentId);
    else for (const one of agents) floor.network.openPhone(one);
  }
  await assertRecovers(floor);
});
