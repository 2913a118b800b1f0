import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import request from 'supertest';
import { withHash } from '../../campaigns/users/index.ts';
import { DEMO_PASSWORD, DEMO_VENDOR } from '../../server/demo/demo-campaigns.ts';
import { retireDemo, wakeDemo } from '../../server/demo/retire-demo.ts';
import { testDatabases } from '../support/databases.ts';
import { type Lab, openLab, PASSWORD } from './lab.ts';

for (const engine of testDatabases()) {
  describe(`accounts of the demo: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    before(async () => {
      lab = await openLab(engine);
      const { users } = lab.services;
      const known = await withHash({ password: DEMO_PASSWORD });
      const own = await withHash({ password: PASSWORD });
      await lab.db.transact(async (tx) => {
        const vendor = await users.createVendor(tx, null, { name: DEMO_VENDOR });
        const team = await users.createTeam(tx, null, { name: 'Demo', vendorId: vendor.id });
        const common = { role: 'agent', scope: 'team', locale: 'en', teamId: team.id } as const;
        await users.createUser(tx, null, { ...common, ...known, login: 'demo-agent', name: 'Known' });
        await users.createUser(tx, null, { ...common, ...own, login: 'demo-own', name: 'Own' });
      });
    });
    after(() => lab.close());

    const signIn = (login: string, password: string) =>
      request(lab.url).post('/api/v1/auth/sign-in').send({ login, password });

    test('once the demo is over its password opens nothing, and a password of one’s own still does', async () => {
      const parts = { db: lab.db, clock: lab.timers };
      const session = await signIn('demo-agent', DEMO_PASSWORD);
      assert.equal(session.status, 200);
      assert.equal(await retireDemo(parts), 1);
      assert.equal((await signIn('demo-agent', DEMO_PASSWORD)).status, 401);
      const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
      assert.equal((await request(lab.url).get('/api/v1/auth/me').set('Cookie', cookie)).status, 401);
      assert.equal((await signIn('demo-own', PASSWORD)).status, 200);
      assert.equal(await retireDemo(parts), 0);
      await wakeDemo(parts);
      assert.equal(
        (await signIn('demo-agent', DEMO_PASSWORD)).status,
        401,
        'one of them is open: nothing to wake',
      );
      await lab.db.transact((tx) =>
        tx.knex('users').where('login', 'demo-own').update({ state: 'disabled' }),
      );
      await wakeDemo(parts);
      assert.equal((await signIn('demo-agent', DEMO_PASSWORD)).status, 200);
    });
  });
}
