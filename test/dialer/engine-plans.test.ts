import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSound } from './support/floor-invariants.ts';
import { floors, someone } from './support/floors.ts';

const newFloor = floors();

test('a paused campaign lets its calls finish and places no more', async () => {
  const floor = newFloor();
  floor.business.addLeads(20, someone);
  await floor.start(3);
  await floor.seconds(5);
  await floor.replan({ running: false });
  const { size } = floor.placed;
  await floor.minutes(3);
  assert.equal(floor.placed.size, size);
  assert.equal(floor.business.ended.length, size);
  assert.equal(floor.business.disposed.length, size);
  await floor.replan({ running: true });
  await floor.minutes(1);
  assert.ok(floor.placed.size > size);
  await floor.stop();
  assertSound(floor);
});

test('a campaign paused while its claim is being written does not dial it', async () => {
  const floor = newFloor();
  floor.business.addLeads(3, someone);
  await floor.engine.start();
  let replanned: Promise<void> | undefined;
  floor.business.breaks = (port) => {
    if (port === 'claim') replanned ??= floor.replan({ running: false });
  };
  const holdBack = floor.business.claim.bind(floor.business);
  floor.business.claim = async (tx, request) => {
    const won = await holdBack(tx, request);
    await replanned;
    return won;
  };
  await floor.signIn(1);
  await floor.seconds(5);
  assert.equal(floor.placed.size, 0);
  assert.deepEqual(
    floor.business.ended.map(({ outcome }) => outcome),
    ['cancelled'],
  );
  await floor.stop();
});

test('a finished campaign goes when its last call and its last agent have gone', async () => {
  const floor = newFloor();
  floor.business.addLeads(2, someone);
  const [agentId = ''] = await floor.start(1);
  await floor.seconds(5);
  floor.business.plans.length = 0;
  await floor.engine.refresh();
  await floor.minutes(2);
  assert.equal(floor.business.ended.length, 1);
  assert.ok(floor.engine.snapshot(floor.campaignId), 'its agent still sits there');
  await floor.engine.command(agentId, { type: 'signOut' });
  await floor.seconds(6);
  assert.equal(floor.engine.snapshot(floor.campaignId), undefined);
  await floor.stop();
});

test('a mode changed while running holds from the next call on', async () => {
  const floor = newFloor({ plan: { mode: 'preview' } });
  floor.business.addLeads(40, someone);
  await floor.start(3);
  await floor.seconds(5);
  await floor.replan({ mode: 'progressive' });
  await floor.minutes(5);
  await floor.replan({ mode: 'ratio', ratio: 2 });
  await floor.minutes(3);
  const modes = new Set(floor.business.ended.map(({ mode }) => mode));
  assert.deepEqual([...modes].sort(), ['preview', 'progressive', 'ratio']);
  await floor.stop();
  assertSound(floor);
});

test('a plan that pacing cannot read changes nothing, and no other campaign', async () => {
  const floor = newFloor();
  floor.business.addLeads(10, someone);
  await floor.start(2);
  await floor.replan({ targetAbandonRate: -1 });
  assert.ok(floor.failures.some(({ what }) => what === 'campaign'));
  await floor.minutes(3);
  assert.ok(floor.business.ended.length > 2);
  await floor.stop();
});
test('a caller ID is shown no more often than its daily cap allows, before and after a restart', async () => {
  const callerIds = [
    { e164: '+999000000001', dailyCap: 3 },
    { e164: '+999000000002', dailyCap: 4 },
  ];
  // the floor opens at nine UTC, 23:00 there
  const floor = newFloor({ plan: { callerIds, timeZone: 'Etc/GMT-14' } });
  floor.business.usedToday.set('+999000000002', 2); // by an earlier life
  floor.business.addLeads(40, someone);
  await floor.start(2);
  await floor.minutes(20);
  assert.equal(floor.placed.size, 3 + 2);
  assert.equal(floor.live().boundBy, 'no_caller_id');
  assert.equal(floor.live().callerIdLeft, false);
  await floor.minutes(60);
  assert.equal(floor.placed.size, 5 + 7, 'the next day has its own');
  await floor.stop();
  assertSound(floor);
});
