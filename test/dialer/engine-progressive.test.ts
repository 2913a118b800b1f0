import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAllEnded, assertSound } from './support/floor-invariants.ts';
import { floors, someone } from './support/floors.ts';

const newFloor = floors();

test('progressive dialing never has more phones ringing than agents are free', async () => {
  const floor = newFloor();
  floor.business.addLeads(60, someone);
  await floor.start(4);
  for (let step = 0; step < 1_200; step++) {
    await floor.timers.advanceBy(250);
    const { ringing, waiting, agents } = floor.live();
    const free = agents.filter((agent) => agent.state === 'available').length;
    assert.ok(ringing + waiting <= free, `${ringing} ringing, ${waiting} waiting, ${free} free`);
  }
  await floor.minutes(30);
  assert.equal(floor.business.ended.length, 60);
  assert.ok(floor.business.ended.every(({ outcome }) => outcome === 'answered'));
  assert.equal(floor.business.disposed.length, 60);
  await floor.stop();
  assertSound(floor);
  assertAllEnded(floor);
  assert.deepEqual(floor.failures, []);
});
