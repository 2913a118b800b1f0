import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
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

    const path = () => `/lists/${world.listId}/uploads`;
    const upload = (content: string | Buffer, name = 'list.csv') =>
      marketer.send('post', path()).attach('file', Buffer.from(content), name);
    const left = async () => (await lab.files.list('uploads', { limit: 100 })).length;

    test('stores the file whole under the name it had, without its folders', async () => {
      const answer = await upload(CSV, '../../名单.csv');
      assert.equal(answer.status, 201, answer.text);
      assert.deepEqual([answer.body.fileName, answer.body.bytes], ['名单.csv', Buffer.byteLength(CSV)]);
      const preview = await marketer.send('post', `${path()}/${answer.body.fileId}/preview`, {});
      assert.equal(preview.status, 200, preview.text);
      assert.deepEqual(
        preview.body.columns.map((column: { header: string }) => column.header),
        ['name', 'phone'],
      );
    });

    test('what was uploaded for one list is nothing to another', async () => {
      const { body } = await upload(CSV);
      const stranger = await lab.as('other-marketer');
      const preview = await stranger.send('post', `${path()}/${body.fileId}/preview`, {});
      assert.equal(preview.body.code, 'list_not_found');
      assert.equal(
        (await stranger.send('post', path()).attach('file', Buffer.from(CSV), 'x.csv')).status,
        404,
      );
    });

    test('a file over the limit is refused, said beforehand or found on the way, and nothing stays', async () => {
      const before = await left();
      const said = await upload(Buffer.alloc(2_000_000, 'x'));
      const found = await upload(Buffer.alloc(300_000, 'x'));
      for (const answer of [said, found]) {
        assert.deepEqual([answer.status, answer.body.code], [413, 'file_too_large']);
        assert.equal(answer.type, 'application/problem+json');
      }
      assert.equal(await left(), before);
    });

    test('wrong forms are told what is wrong, and leave nothing', async () => {
      const before = await left();
      const answers = [
        await marketer.send('post', path(), { file: 'x' }),
        await marketer.send('post', path()).field('colour', 'red'),
        await upload(CSV).attach('file', Buffer.from(CSV), 'second.csv'),
        await upload(CSV).field('encoding', 'gb18030'),
      ];
      assert.deepEqual(
        answers.map((answer) => [answer.status, answer.body.code]),
        [
          [415, 'unsupported_media_type'],
          [400, 'file_missing'],
          [413, 'form_too_large'],
          [422, 'invalid_input'],
        ],
      );
      assert.equal(await left(), before);
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
      assert.equal(await left(), before);
    });

    test('what was uploaded is loaded once per key, followed, and its rejects come back as a file', async () => {
      const file = await upload('name,phone\nWang Fang,+1 202-555-0144\nNobody,12\n');
      const imports = `/lists/${world.listId}/imports`;
      const start = () =>
        marketer
          .send('post', imports, { fileId: file.body.fileId, options: {} })
          .set('Idempotency-Key', 'load-1');
      const [first, again] = [await start(), await start()];
      assert.deepEqual([first.status, again.status, again.body.id], [201, 201, first.body.id]);
      await lab.services.imports.run(first.body.id, { signal: new AbortController().signal });
      const { body } = await marketer.get(`${imports}/${first.body.id}`);
      assert.deepEqual([body.state, body.rows, body.accepted, body.rejected], ['done', 2, 1, 1]);
      const rejects = await marketer.get(`${imports}/${first.body.id}/rejects`);
      assert.match(String(rejects.headers['content-type']), /text\/csv/);
      assert.match(String(rejects.headers['content-disposition']), /^attachment; filename=/);
      assert.match(rejects.text, /Nobody/);
      const stranger = await lab.as('other-marketer');
      assert.equal((await stranger.get(`${imports}/${first.body.id}/rejects`)).body.code, 'list_not_found');
    });
  });
}
