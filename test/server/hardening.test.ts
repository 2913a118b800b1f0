import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import request from 'supertest';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab, PASSWORD } from './lab.ts';
import { buildWorld, type World } from './world.ts';

for (const engine of testDatabases()) {
  describe(`attacks: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let manager: Client;
    let marketer: Client;
    let world: World;
    before(async () => {
      lab = await openLab(engine, {
        demoPeople: [{ login: 'manager', name: 'manager', role: 'manager', password: PASSWORD }],
      });
      manager = await lab.as('manager');
      marketer = await lab.as('marketer');
      world = await buildWorld(lab, { manager, marketer, number: '+12025550111' });
    });
    after(() => lab.close());

    test('the demo tells its passwords to nobody who came under a name of their own', async () => {
      const ask = (host: string) => request(lab.url).get('/api/v1/demo/people').set('Host', host);
      for (const host of [
        'rebound.example',
        'rebound.example:3000',
        'localhost.example',
        '127.0.0.1@x',
        '',
      ]) {
        const answer = await ask(host);
        assert.ok([400, 421].includes(answer.status), `${host} ${answer.status}`);
        assert.ok(!answer.text.includes(PASSWORD));
      }
      for (const host of ['localhost:3000', '127.0.0.1:1', '[::1]:3000', '127.0.0.2', 'LOCALHOST']) {
        assert.equal((await ask(host)).status, 200, host);
      }
    });

    test('nothing of a person is kept by a cache, an error neither', async () => {
      const answers = [
        await manager.get('/auth/me'),
        await manager.get(`/leads/${world.leadId}`),
        await manager.get('/campaigns/01hf3k9z8v0a2b4c6d8e'),
        await request(lab.url).get('/api/v1/auth/me'),
        await request(lab.url).post('/api/v1/auth/sign-in').send({ login: 'manager', password: PASSWORD }),
      ];
      for (const answer of answers) assert.equal(answer.headers['cache-control'], 'no-store');
    });
  });
}
