import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { FolderFileStore } from '../../platform/files/index.ts';
import { fileStoreConformance } from './files-conformance.ts';

fileStoreConformance({
  name: 'folder',
  async open() {
    const root = await mkdtemp(join(tmpdir(), 'dialwright-files-'));
    return { store: new FolderFileStore(root), close: () => rm(root, { recursive: true }) };
  },
});

test('drafts of a process that died are never listed, and are removed at the next start', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'dialwright-files-'));
  t.after(() => rm(root, { recursive: true }));
  await mkdir(join(root, '.drafts'));
  await writeFile(join(root, '.drafts', 'half'), 'x');
  const store = new FolderFileStore(root);
  await store.put('a', Readable.from(['x']), { maxBytes: 10 });
  assert.equal((await store.list('', { limit: 10 })).length, 1);
  await store.removeDrafts();
  assert.deepEqual(await readdir(root), ['a']);
});
