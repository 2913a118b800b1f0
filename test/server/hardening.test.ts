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

    test('a character that no database keeps, and nesting without end, are faults of the input', async () => {
      const raw = (path: string, text: string) =>
        manager.send('post', path).set('Content-Type', 'application/json').send(text);
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const answers = [
        await manager.send('post', '/campaigns', { name: 'a\0b', timeZone: 'UTC' }),
        await manager.get(`/leads?listId=${world.listId}&reason=%00`),
        await raw(`/scripts/${world.scriptId}/versions`, `{"document":${deep}}`),
        await raw('/script-previews', '{"document":{},"context":{"a\\u0000":1}}'),
      ];
      assert.deepEqual(
        answers.map(({ status, body }) => [status, body.issues[0]?.path.slice(0, 20), body.issues[0]?.code]),
        [
          [422, '/name', 'null_character'],
          [422, '/reason', 'null_character'],
          [422, '/document/0/0/0/0/0/', 'nested_too_deep'],
          [422, '/context/a\0', 'null_character'],
        ],
      );
      const cursor = await manager.get('/campaigns?cursor=AA');
      assert.deepEqual([cursor.status, cursor.body.code], [422, 'bad_cursor']);
    });

    test('words that every object has name no encoding', async () => {
      const file = Buffer.from('name,phone\nWang,+12025550133\n');
      const uploads = `/lists/${world.listId}/uploads`;
      const { body } = await marketer.send('post', uploads).attach('file', file, 'x.csv');
      for (const encoding of ['constructor', 'toString', '__proto__']) {
        const answer = await marketer.send('post', `${uploads}/${body.fileId}/preview`, { encoding });
        assert.deepEqual([answer.status, answer.body.code], [422, 'encoding_unknown']);
      }
    });

    test('who sees every vendor is answered their own do-not-call entry, not another vendor’s', async () => {
      const e164 = '+12025550178';
      const admin = await lab.as('admin');
      const own = await admin.send('post', '/do-not-call', { e164 });
      const theirs = await (await lab.as('other-manager')).send('post', '/do-not-call', { e164 });
      assert.notEqual(theirs.body.id, own.body.id);
      const again = await admin.send('post', '/do-not-call', { e164 });
      assert.equal(again.body.id, own.body.id);
      const { body } = await admin.get(`/audit-entries?entity=do_not_call&entityId=${own.body.id}`);
      assert.equal(body.items.length, 2);
    });
  });
}
