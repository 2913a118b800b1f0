import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSound } from './support/floor-invariants.ts';
import { floors, someone } from './support/floors.ts';

const newFloor = floors();

test('a callback is dialed for the agent who promised it, and only they take it', async () => {
  const floor = newFloor();
  floor.business.addLeads(1, someone, 'agent-1');
  floor.business.addLeads(20, someone);
  await floor.start(3);
  await floor.minutes(10);
  const callback = floor.business.ended.find(({ lead }) => lead.reservedFor !== null);
  assert.deepEqual([callback?.outcome, callback?.agentId], ['answered', 'agent-1']);
  await floor.stop();
  assertSound(floor);
});

test('callbacks of agents who are not there do not keep the others from dialing', async () => {
  const floor = newFloor({ plan: { hopperSize: 10 } });
  floor.business.addLeads(200, someone, 'absent');
  floor.business.addLeads(10, someone);
  await floor.start(2);
  await floor.minutes(10);
  assert.equal(floor.business.ended.length, 10);
  assert.ok(floor.business.ended.every(({ lead }) => lead.reservedFor === null));
  await floor.engine.signIn(floor.signInOf('absent'));
  await floor.seconds(1);
  await floor.engine.command('absent', { type: 'ready' });
  await floor.seconds(15);
  assert.equal(floor.view('absent').state, 'connected');
  await floor.stop();
  assertSound(floor);
});

test('an agent with a callback is not among those the pool may count on', async () => {
  const floor = newFloor();
  floor.business.addLeads(1, someone, 'agent-0');
  floor.business.addLeads(5, someone);
  await floor.start(1);
  await floor.seconds(3);
  assert.equal(floor.view('agent-0').state, 'reserved');
  assert.equal(floor.live().ringing, 1);
  await floor.stop();
});
