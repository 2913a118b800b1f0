import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab } from './lab.ts';
import { buildWorld, type World } from './world.ts';

const CSV = 'name,phone\nWang Fang,13800138000\n';

for (const engine of testDatabases()) {
  describe(`uploading a list: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let marketer: Client;
    let world: World;
    before(async () => {
      lab = await openLab(engine);
      marketer = await lab.as('marketer');
      const manager = await lab.as('manager');
      world = await buildWorld(lab, { manager, marketer, number: '+12025550111' });
    });
    after(() => lab.close());

    const path = () => `/lists/${world.listId}/imports`;
    const upload = (content: string | Buffer, name = 'list.csv') =>
      marketer.send('post', path()).attach('file', Buffer.from(content), name);
    const left = async () => ({
      files: (await lab.files.list('uploads', { limit: 100 })).length,
      imports: (await lab.db.reader.knex('list_imports').select('id')).length,
    });

    test('stores the file whole, hands it over with what was chosen, and tells how far it is', async () => {
      const answer = await upload(CSV, '../../名单.csv').field(
        'options',
        '{"duplicates":"update","delimiter":","}',
      );
      assert.equal(answer.status, 201, answer.text);
      const [started] = lab.loader.started;
      assert.ok(started);
      assert.deepEqual(started.options, { duplicates: 'update', delimiter: ',' });
      assert.equal(started.fileName, '名单.csv');
      const { content } = await lab.files.get(started.file.key);
      assert.equal(Buffer.concat(await content.toArray()).toString(), CSV);
      const { body } = await marketer.get(path());
      assert.deepEqual(
        body.items.map((one: { id: string; state: string }) => [one.id, one.state]),
        [[answer.body.id, 'pending']],
      );
      assert.equal((await marketer.get(`${path()}/${answer.body.id}`)).body.fileName, '名单.csv');
    });

    test('the same key uploads once: the second file is dropped and the first answer given again', async () => {
      const first = await upload(CSV).set('Idempotency-Key', 'load-1');
      const before = await left();
      const again = await upload(CSV).set('Idempotency-Key', 'load-1');
      assert.deepEqual([again.status, again.body.id], [201, first.body.id]);
      assert.deepEqual(await left(), before);
      const other = await upload(`${CSV}Li,13900139000\n`).set('Idempotency-Key', 'load-1');
      assert.deepEqual([other.status, other.body.code], [422, 'idempotency_key_reused']);
      assert.deepEqual(await left(), before);
    });

    test('a file over the limit is refused, said beforehand or found on the way, and nothing stays', async () => {
      const before = await left();
      const said = await upload(Buffer.alloc(2_000_000, 'x'));
      const found = await upload(Buffer.alloc(300_000, 'x'));
      for (const answer of [said, found]) {
        assert.deepEqual([answer.status, answer.body.code], [413, 'file_too_large']);
        assert.equal(answer.type, 'application/problem+json');
      }
      assert.deepEqual(await left(), before);
    });

    test('wrong forms are told what is wrong, and leave nothing', async () => {
      const before = await left();
      const answers = [
        await marketer.send('post', path(), { file: 'x' }),
        await marketer.send('post', path()).field('options', '{}'),
        await upload(CSV).field('options', '{"duplicates":'),
        await upload(CSV).field('options', '{"duplicates":"twice","colour":"red"}'),
        await upload(CSV).field('colour', 'red'),
        await upload(CSV).attach('file', Buffer.from(CSV), 'second.csv'),
      ];
      assert.deepEqual(
        answers.map((answer) => [answer.status, answer.body.code]),
        [
          [415, 'unsupported_media_type'],
          [400, 'file_missing'],
          [400, 'malformed_json'],
          [422, 'invalid_input'],
          [422, 'invalid_input'],
          [413, 'form_too_large'],
        ],
      );
      assert.deepEqual(await left(), before);
    });

    test('a client that goes away in the middle leaves nothing', async () => {
      const before = await left();
      const headers = {
        Cookie: marketer.cookie,
        'X-CSRF-Token': marketer.csrf,
        'Content-Type': 'multipart/form-data; boundary=edge',
        'Transfer-Encoding': 'chunked',
      };
      const request = httpRequest(`${lab.url}/api/v1${path()}`, { method: 'POST', headers });
      const gone = once(request, 'error');
      const stored = lab.storeBegun();
      request.write(
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\nname,phone\r\n',
      );
      const outcome = await stored;
      request.destroy(new Error('went away'));
      await gone;
      await assert.rejects(outcome.done);
      assert.deepEqual(await left(), before);
    });

    test('rejected rows are downloaded as they were written, by who sees the list', async () => {
      const { body } = await upload(CSV);
      const rejects = `${path()}/${body.id}/rejects`;
      assert.equal((await marketer.get(rejects)).body.code, 'rejects_not_found');
      await lab.files.put('rejects/one', Readable.from(['\ufeffname,line\r\n']), { maxBytes: 1_000 });
      await lab.db.transact((tx) =>
        tx
          .knex('list_imports')
          .where('id', body.id)
          .update({ rejects_file_id: 'rejects/one', state: 'done' }),
      );
      const file = await marketer.get(rejects);
      assert.equal(file.status, 200);
      assert.match(String(file.headers['content-type']), /text\/csv/);
      assert.match(String(file.headers['content-disposition']), /attachment; filename=rejects-/);
      assert.equal(file.text, '\ufeffname,line\r\n');
      const stranger = await lab.as('other-marketer');
      assert.equal((await stranger.get(rejects)).body.code, 'list_not_found');
    });
  });
}
