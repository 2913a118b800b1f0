import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineFloor } from './support/engine-floor.ts';
import { assertSound, assertTimeAddsUp } from './support/floor-invariants.ts';
import { floors, someone } from './support/floors.ts';

const newFloor = floors();
const oneLead = (floor: EngineFloor) => floor.business.addLeads(1, someone);
const conflict = (code: string) => ({ kind: 'conflict', code });

async function talking(floor: EngineFloor): Promise<string> {
  const [agentId = ''] = await floor.start(1);
  await floor.seconds(1);
  await floor.engine.command(agentId, { type: 'ready' });
  await floor.seconds(12);
  assert.equal(floor.view(agentId).state, 'connected');
  return agentId;
}

function dispose(floor: EngineFloor, agentId: string) {
  const { callId } = floor.view(agentId);
  assert.ok(callId);
  return floor.engine.command(agentId, { type: 'dispose', callId, dispositionId: 'sale', note: '' });
}

test('wrap-up that runs out without a disposition pauses the agent, who is ready again only after it', async () => {
  const floor = newFloor({ robots: false });
  oneLead(floor);
  const agentId = await talking(floor);
  await floor.seconds(60);
  assert.equal(floor.view(agentId).state, 'wrapUp');
  await floor.seconds(30);
  const { state, reason } = floor.view(agentId);
  assert.deepEqual([state, reason], ['paused', 'no_disposition']);
  await assert.rejects(
    floor.engine.command(agentId, { type: 'ready' }),
    conflict('agent_disposition_missing'),
  );
  await dispose(floor, agentId);
  assert.equal(floor.view(agentId).state, 'available');
  await floor.stop();
});

test('of two dispositions of one call sent at once one is written', async () => {
  const floor = newFloor({ robots: false });
  oneLead(floor);
  const agentId = await talking(floor);
  const both = await Promise.allSettled([dispose(floor, agentId), dispose(floor, agentId)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal(floor.business.disposed.length, 1);
  await assert.rejects(dispose(floor, agentId), conflict('already_disposed'));
  await floor.stop();
});

test('who disposes during the talk is free the moment it ends', async () => {
  const floor = newFloor({ robots: false });
  oneLead(floor);
  const agentId = await talking(floor);
  await dispose(floor, agentId);
  assert.equal(floor.view(agentId).state, 'connected');
  await floor.engine.command(agentId, { type: 'hangUp' });
  await floor.seconds(1);
  assert.equal(floor.view(agentId).state, 'available');
  await floor.stop();
  assertSound(floor);
});

test('a disposition that could not be written can be sent again', async () => {
  const floor = newFloor({ robots: false });
  oneLead(floor);
  const agentId = await talking(floor);
  floor.business.breaks = (port) => {
    if (port === 'dispose') throw new Error('the disk is full');
  };
  await assert.rejects(dispose(floor, agentId));
  assert.equal(floor.view(agentId).disposed, false);
  floor.business.breaks = () => {};
  await dispose(floor, agentId);
  assert.equal(floor.business.disposed.length, 1);
  await floor.stop();
});

test('a second sign-in at once is refused, and so is one later', async () => {
  const floor = newFloor({ robots: false });
  await floor.engine.start();
  const signIn = floor.signInOf('agent');
  const both = await Promise.allSettled([floor.engine.signIn(signIn), floor.engine.signIn(signIn)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(floor.engine.signIn(signIn), conflict('already_signed_in'));
  await floor.stop();
});

test('an agent may sign out in any state; during a call’s work it happens when that is done', async () => {
  const floor = newFloor({ robots: false });
  floor.business.addLeads(3, someone);
  const agentId = await talking(floor);
  assert.equal((await floor.engine.command(agentId, { type: 'signOut' })).logoutAfter, true);
  await floor.seconds(60);
  assert.equal(floor.view(agentId).state, 'wrapUp');
  await dispose(floor, agentId);
  assert.equal(floor.engine.agentView(agentId), undefined);
  await floor.engine.signIn(floor.signInOf(agentId));
  assert.equal((await floor.engine.command(agentId, { type: 'signOut' })).state, 'loggedOut');
  await floor.stop();
  assertTimeAddsUp(floor.business.records);
});

test('who signs out owing a disposition finds the call on the desk at the next sign-in', async () => {
  const floor = newFloor({ robots: false });
  oneLead(floor);
  const agentId = await talking(floor);
  const { callId } = floor.view(agentId);
  await floor.engine.command(agentId, { type: 'signOut' });
  await floor.minutes(3);
  assert.equal(floor.engine.agentView(agentId), undefined);
  await floor.engine.signIn(floor.signInOf(agentId));
  await floor.seconds(1);
  const again = floor.view(agentId);
  assert.deepEqual([again.reason, again.callId], ['no_disposition', callId]);
  await dispose(floor, agentId);
  assert.equal(floor.view(agentId).state, 'available');
  await floor.stop();
});

test('a sign-in without a phone is a sign-in, and ready tries the phone again', async () => {
  let broken = true;
  const floor = newFloor({
    robots: false,
    wires: (telephony) =>
      new Proxy(telephony, {
        get(target, name) {
          if (name === 'openAgentPhone' && broken) return () => Promise.reject(new Error('no switch'));
          const value = Reflect.get(target, name) as unknown;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
  });
  await floor.engine.start();
  await floor.engine.signIn(floor.signInOf('agent'));
  await floor.seconds(1);
  const ready = () => floor.engine.command('agent', { type: 'ready' });
  await assert.rejects(ready(), conflict('agent_phone_not_ready'));
  broken = false;
  await assert.rejects(ready(), conflict('agent_phone_not_ready'));
  await floor.seconds(1);
  assert.equal((await ready()).state, 'available');
  await floor.stop();
});

test('every agent’s time adds up from sign-in to sign-out, to the millisecond', async () => {
  const floor = newFloor({ plan: { wrapUpLimitMs: 4_000 } });
  floor.business.addLeads(60, someone);
  const agents = await floor.start(4);
  await floor.minutes(10);
  floor.robots.rest();
  await floor.minutes(5);
  for (const agentId of agents) await floor.engine.command(agentId, { type: 'signOut' });
  await floor.engine.drained();
  const { records } = floor.business;
  assertTimeAddsUp(records);
  for (const agentId of agents) {
    const own = records.flatMap((record) =>
      (record.type === 'agentStateChanged' || record.type === 'sessionEnded') && record.agentId === agentId
        ? record
        : [],
    );
    const started = records.find((one) => one.type === 'sessionStarted' && one.agentId === agentId);
    const ended = own.at(-1);
    assert.ok(started?.type === 'sessionStarted' && ended?.type === 'sessionEnded');
    const stretches = own.reduce((sum, one) => sum + (one.previous ? one.at - one.previous.startedAt : 0), 0);
    assert.equal(stretches, ended.at - started.at);
  }
  await floor.stop();
});
