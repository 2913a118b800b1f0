import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRecovers } from '../support/fault-floor.ts';
import { assertSound } from '../support/floor-invariants.ts';
import { floors, someone } from '../support/floors.ts';

const newFloor = floors();
const trunks = [{ id: 'only', capacity: 50, callsPerSecond: 20 }];

test('a dead carrier is not dialed through, loses what it carried, and is used again when it is back', async () => {
  const floor = newFloor({ trunks });
  floor.business.addLeads(40, someone);
  await floor.start(5);
  await floor.seconds(5);
  floor.network.failTrunk('only', 'trunkFailure', { dropCalls: true });
  await floor.seconds(1);
  const placed = floor.placed.size;
  await floor.minutes(2);
  assert.equal(floor.placed.size, placed);
  assert.equal(floor.live().boundBy, 'no_trunk');
  floor.network.recoverTrunk('only');
  await floor.seconds(2);
  assert.ok(floor.placed.size > placed);
  await assertRecovers(floor);
});

test('a carrier that answers congestion is left alone after a few orders, also while old talks on it end', async () => {
  const floor = newFloor({ trunks });
  floor.business.addLeads(200, someone);
  await floor.start(10);
  await floor.seconds(55); // ten talks are up and will end one after the other
  floor.network.failTrunk('only', 'congestion');
  await floor.minutes(3);
  const refused = floor.business.ended.filter(({ outcome }) => outcome === 'congestion').length;
  assert.ok(refused > 0 && refused <= 20, `${refused} orders refused`);
  floor.network.recoverTrunk('only');
  await floor.seconds(40);
  assert.ok(floor.live().ringing + floor.live().talking > 0);
  await floor.stop();
  assertSound(floor);
});

test('the second carrier takes the calls while the first rests', async () => {
  const floor = newFloor({ trunks: [...trunks, { id: 'other', capacity: 50, callsPerSecond: 20 }] });
  floor.business.addLeads(60, someone);
  floor.network.failTrunk('only', 'congestion');
  await floor.start(5);
  await floor.minutes(5);
  assert.ok(floor.business.ended.filter(({ outcome }) => outcome === 'answered').length >= 10);
  await floor.stop();
  assertSound(floor);
});
