import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { isDomainError } from '../../platform/errors/index.ts';
import type { ByteRange, FileStore } from '../../platform/files/index.ts';

export interface FileStoreUnderTest {
  name: string;
  open: () => Promise<{ store: FileStore; close: () => Promise<void> }>;
}

const bytesOf = async (store: FileStore, key: string, range?: ByteRange): Promise<string> => {
  const { content } = await store.get(key, range);
  return Buffer.concat(await content.toArray()).toString();
};
const text = (content: string) => Readable.from([Buffer.from(content)]);
const roomy = { maxBytes: 1_000_000 };

/** What every file store must do, whichever adapter. */
export function fileStoreConformance({ name, open }: FileStoreUnderTest): void {
  describe(`files: ${name}`, () => {
    let store: FileStore;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ store, close } = await open());
    });
    afterEach(() => close());

    test('a key that could leave the store, or mean two files, is refused by every call', async () => {
      const keys = [
        '',
        '.',
        '..',
        '../x',
        'a/../../x',
        '/etc/passwd',
        'a//b',
        'a/',
        '.drafts/x',
        'a\\b',
        'C:',
        'a\0b',
        'A',
      ];
      for (const key of [...keys, 'a'.repeat(101), 'a/b/c/d/e/f/g/h/i', '%2e%2e/x', 'a/.b', '电话']) {
        const refused = (error: unknown) => isDomainError(error, 'bad_file_key');
        await assert.rejects(store.put(key, text('x'), roomy), refused, key);
        await assert.rejects(store.get(key), refused, key);
        await assert.rejects(store.stat(key), refused, key);
        await assert.rejects(store.delete(key), refused, key);
        if (key !== '') await assert.rejects(store.list(key, { limit: 1 }), refused, key);
      }
    });

    test('a file over the limit is refused and leaves what was there', async () => {
      await store.put('a/b', text('old'), roomy);
      const large = Readable.from([Buffer.alloc(6), Buffer.alloc(6)]);
      await assert.rejects(store.put('a/b', large, { maxBytes: 10 }), (e) =>
        isDomainError(e, 'file_too_large'),
      );
      assert.equal(await bytesOf(store, 'a/b'), 'old');
      assert.equal((await store.put('a/c', text('x'.repeat(10)), { maxBytes: 10 })).bytes, 10);
    });

    test('a stream that breaks off leaves nothing', async () => {
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from('half');
          throw new Error('connection lost');
        })(),
      );
      await assert.rejects(store.put('a', broken, roomy), /connection lost/);
      assert.equal(await store.stat('a'), undefined);
      assert.deepEqual(await store.list('', { limit: 10 }), []);
    });

    test('a reader that has begun reads the file it opened, though another takes its place', async () => {
      await store.put('a', text('first'), roomy);
      const { content } = await store.get('a');
      await store.put('a', text('second'), roomy);
      assert.equal(Buffer.concat(await content.toArray()).toString(), 'first');
      assert.equal(await bytesOf(store, 'a'), 'second');
    });

    test('a missing file is not found, has no facts, and cannot be deleted', async () => {
      await store.put('a/b', text('x'), roomy);
      for (const key of ['missing', 'a', 'a/b/c']) {
        await assert.rejects(store.get(key), (error) => isDomainError(error, 'file_not_found'), key);
        assert.equal(await store.stat(key), undefined);
      }
      assert.equal(await store.delete('missing'), false);
    });

    test('a range outside the file is refused; one over its end is cut', async () => {
      await store.put('a', text('0123456789'), roomy);
      for (const range of [{ start: 10 }, { start: -1 }, { start: 5, end: 4 }, { start: 0.5 }]) {
        await assert.rejects(store.get('a', range), (error) => isDomainError(error, 'bad_range'));
      }
      assert.equal(await bytesOf(store, 'a', { start: 2, end: 4 }), '234');
      const { range, info, content } = await store.get('a', { start: 7, end: 99 });
      assert.deepEqual([range, info.bytes], [{ start: 7, end: 9 }, 10]);
      assert.equal(Buffer.concat(await content.toArray()).toString(), '789');
    });

    test('a file comes back as it was, with its size and hash', async () => {
      const content = Buffer.alloc(300_000, 'dialwright ');
      const parts = [content.subarray(0, 100_000), content.subarray(100_000)];
      const stored = await store.put('uploads/list-1.csv', Readable.from(parts), roomy);
      assert.deepEqual(stored, {
        bytes: 300_000,
        sha256: createHash('sha256').update(content).digest('hex'),
      });
      assert.equal(await bytesOf(store, 'uploads/list-1.csv'), content.toString());
      assert.equal((await store.stat('uploads/list-1.csv'))?.bytes, 300_000);
    });

    test('an empty file can be stored and read', async () => {
      await store.put('empty', Readable.from([]), roomy);
      assert.equal(await bytesOf(store, 'empty'), '');
    });

    test('files are listed by key, in pages, below a prefix', async () => {
      for (const key of ['b', 'a/x', 'a-b', 'a/c/d', 'ab/c']) await store.put(key, text(key), roomy);
      const keys = async (prefix: string, page: { limit: number; after?: string }) =>
        (await store.list(prefix, page)).map(({ key }) => key);
      assert.deepEqual(await keys('', { limit: 10 }), ['a-b', 'a/c/d', 'a/x', 'ab/c', 'b']);
      assert.deepEqual(await keys('', { limit: 2, after: 'a-b' }), ['a/c/d', 'a/x']);
      assert.deepEqual(await keys('a', { limit: 10 }), ['a/c/d', 'a/x']);
      assert.deepEqual(await keys('none', { limit: 10 }), []);
      assert.equal(await store.delete('a/x'), true);
      assert.deepEqual(await keys('a', { limit: 10 }), ['a/c/d']);
    });
  });
}
