import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { purgeIdempotencyKeys } from '../../server/http/index.ts';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab } from './lab.ts';

for (const engine of testDatabases()) {
  describe(`idempotency keys: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let manager: Client;
    before(async () => {
      lab = await openLab(engine);
      manager = await lab.as('manager');
    });
    after(() => lab.close());

    const create = (name: string, key: string, client = manager) =>
      client.send('post', '/campaigns', { name, timeZone: 'UTC' }).set('Idempotency-Key', key);
    const named = async (name: string) => (await lab.db.reader.knex('campaigns').where({ name })).length;

    test('of many at once one creates, and all get its answer', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => create('Once', 'key-1')));
      assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201]));
      assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
      assert.equal(answers.filter((answer) => answer.headers['idempotent-replayed']).length, 7);
      assert.equal(await named('Once'), 1);
    });

    test('a key stands for one request: another body under it is refused', async () => {
      await create('First', 'key-2');
      const answer = await create('Second', 'key-2');
      assert.deepEqual([answer.status, answer.body.code], [422, 'idempotency_key_reused']);
      assert.equal(await named('Second'), 0);
    });

    test('a request that failed leaves its key free', async () => {
      await create('Taken', 'key-3');
      const failed = await create('Taken', 'key-4');
      assert.deepEqual([failed.status, failed.body.code], [409, 'campaign_name_taken']);
      assert.equal((await create('Free', 'key-4')).status, 201);
    });

    test("another user's key is another key", async () => {
      const other = await lab.as('other-manager');
      const mine = await create('Same', 'key-5');
      const theirs = await create('Same', 'key-5', other);
      assert.deepEqual([mine.status, theirs.status], [201, 201]);
      assert.notEqual(mine.body.id, theirs.body.id);
    });

    test('a key that cannot be one is refused', async () => {
      const answer = await create('Odd', 'a key with spaces');
      assert.deepEqual([answer.status, answer.body.code], [400, 'bad_idempotency_key']);
    });

    test('keys are forgotten after a day', async () => {
      await create('Old', 'key-6');
      await lab.timers.advanceBy(25 * 3_600_000);
      assert.ok((await purgeIdempotencyKeys(lab.db, lab.timers)) > 0);
      assert.deepEqual(await lab.db.reader.knex('idempotency_keys'), []);
    });
  });
}
