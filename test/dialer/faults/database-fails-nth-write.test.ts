import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failingDatabase } from '../support/failing-database.ts';
import { assertRecovers } from '../support/fault-floor.ts';
import { database, floors, someone } from '../support/floors.ts';

const newFloor = floors();

/** One agent, two leads, from start to done: the units of work it takes, with the n-th failing. */
async function scenario(failing: number, how: 'before' | 'after'): Promise<number> {
  const db = failingDatabase(database(), (unit) => (unit === failing ? how : undefined));
  const floor = newFloor({
    db,
    scenario: ({ e164 }) =>
      e164.endsWith('1')
        ? { result: 'busy', setupMs: 300 }
        : { result: 'answered', ringMs: 3_000, talkMs: 5_000, patienceMs: 9_000 },
  });
  floor.business.addLeads(2, someone);
  await floor.engine.start();
  if (!floor.engine.snapshot(floor.campaignId)) await floor.seconds(6);
  await floor.signIn(1).catch(() => floor.signIn(1));
  await assertRecovers(floor, { restarts: true }).catch((error: unknown) => {
    throw new Error(`unit ${failing} failing ${how}: ${String(error)}`);
  });
  return db.units;
}

for (const how of ['before', 'after'] as const) {
  test(`whichever unit of work fails ${how} its commit, both leads are done in the end, once`, async () => {
    const units = await scenario(0, how);
    assert.ok(units > 10);
    const most = Math.min(units, 16);
    for (let failing = 1; failing <= most; failing++) await scenario(failing, how);
  });
}
