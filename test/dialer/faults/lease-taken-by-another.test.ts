import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RENEW_EVERY_MS } from '../../../dialer/engine/lease.ts';
import { anyFarEnd, assertRecovers } from '../support/fault-floor.ts';
import { database, floors, someone } from '../support/floors.ts';

const newFloor = floors();

test('two processes on one campaign: one dials, the other takes over when it has gone', async () => {
  const floor = newFloor({ scenario: anyFarEnd });
  floor.business.addLeads(20, someone);
  await floor.start(3);
  const second = floor.newEngine();
  await second.start();
  assert.equal(second.snapshot(floor.campaignId), undefined);
  await floor.seconds(20);
  await floor.engine.stop();
  floor.engine = second;
  await floor.seconds(6);
  assert.ok(second.snapshot(floor.campaignId));
  await floor.signIn(3);
  await assertRecovers(floor, { restarts: true });
});

test('a process whose lease another has taken claims nothing more, and its agents can sit down elsewhere', async () => {
  const floor = newFloor({ scenario: anyFarEnd });
  floor.business.addLeads(40, someone);
  await floor.start(3);
  await floor.seconds(20);
  const late = floor.timers.now() + 3 * RENEW_EVERY_MS;
  await database().transact((tx) =>
    tx.raw(
      "update campaign_leases set owner = 'other', token = token + 1, expires_at = ? where campaign_id = ?",
      [late, floor.campaignId],
    ),
  );
  const { size } = floor.placed;
  await floor.seconds(6);
  assert.equal(floor.placed.size, size);
  assert.equal(floor.engine.snapshot(floor.campaignId), undefined);
  assert.equal(floor.views.at(-1)?.state, 'loggedOut');
  assert.ok(floor.failures.some(({ what }) => what === 'lease.lost'));
  await floor.seconds(20); // the other was never there: the campaign comes back
  await floor.signIn(3);
  await assertRecovers(floor, { restarts: true });
});
