import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DatabaseFault, failingDatabase } from '../support/failing-database.ts';
import { anyFarEnd, assertRecovers } from '../support/fault-floor.ts';
import { database, floors, someone } from '../support/floors.ts';

const newFloor = floors();

function floorOn(fault: DatabaseFault, seed = 'away') {
  const db = failingDatabase(database(), fault);
  const floor = newFloor({ db, seed, scenario: anyFarEnd });
  floor.business.addLeads(30, someone);
  return floor;
}

test('a claim whose answer was lost ends as cancelled, and its lead is dialed later', async () => {
  const claims = new Set<number>();
  const db = failingDatabase(database(), (unit) => (claims.has(unit) ? 'after' : undefined));
  const floor = newFloor({ db, seed: 'lost', scenario: anyFarEnd });
  floor.business.addLeads(30, someone);
  let doubted = 0;
  floor.business.breaks = (port) => {
    if (port !== 'claim' || doubted > 0) return;
    doubted = 1;
    for (const back of [0, 1, 2]) claims.add(db.units - back); // it is one of the last that began
  };
  await floor.start(3);
  await floor.seconds(1);
  assert.ok([...floor.business.open.keys()].some((attemptId) => !floor.placed.has(attemptId)));
  await floor.seconds(15);
  assert.ok(floor.business.ended.some(({ outcome }) => outcome === 'cancelled'));
  floor.business.breaks = () => {};
  await assertRecovers(floor);
});

for (const how of ['before', 'after'] as const) {
  test(`while the database is away (${how} the commit) nothing new is dialed and nothing is lost`, async () => {
    let away = false;
    const floor = floorOn(() => (away ? how : undefined), how);
    await floor.start(3);
    await floor.seconds(30);
    away = true;
    await floor.seconds(2);
    const { size } = floor.placed;
    await floor.seconds(40);
    assert.equal(floor.placed.size, size);
    assert.ok(floor.failures.length < 400, `${floor.failures.length} failures told in 42 s`);
    away = false;
    await assertRecovers(floor, { restarts: how === 'after' });
  });
}

test('reads that fail are tried again, not in a circle', async () => {
  const floor = newFloor({ scenario: anyFarEnd });
  floor.business.addLeads(20, someone);
  let broken = true;
  floor.business.breaks = (port) => {
    if (broken && (port === 'next' || port === 'gate')) throw new Error('no reader');
  };
  await floor.start(2);
  await floor.minutes(1);
  assert.ok(floor.failures.length < 200);
  broken = false;
  await assertRecovers(floor);
});

test('a failed look at the plans does not end all later ones', async () => {
  const floor = newFloor({ scenario: anyFarEnd });
  floor.business.addLeads(20, someone);
  await floor.start(2);
  const { active } = floor.business;
  floor.business.active = async () => {
    throw new Error('away');
  };
  await floor.seconds(6);
  floor.business.active = active;
  await floor.replan({ running: false });
  assert.equal(floor.live().running, false);
  await floor.replan({ running: true });
  await assertRecovers(floor);
});
