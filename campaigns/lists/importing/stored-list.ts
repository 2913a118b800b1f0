import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { FileStore } from '../../../platform/files/index.ts';

import { isZip, type ListOptions, type OpenList, openList } from '../reading/index.ts';

/** A stored list that is open; `release` closes it and removes what had to be laid beside it. */
export interface OpenStoredList {
  list: OpenList;
  bytes: number;
  release(): Promise<void>;
}

/**
 * Opens a stored file as a list. A workbook is copied to a local file first: the directory of a zip file stands
 * at its end, and a store need not be a folder of this machine.
 * @throws DomainError as `openList`, and `file_not_found`
 */
export async function openStoredList(
  files: FileStore,
  key: string,
  options: ListOptions,
): Promise<OpenStoredList> {
  const { info, content } = await files.get(key);
  if (!(await startsAsZip(files, key, info.bytes))) {
    const list = await openList(content, options);
    return { list, bytes: info.bytes, release: () => list.close() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-list-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'list.xlsx');
    await pipeline(content, createWriteStream(path));
    const list = await openList(path, options);
    return {
      list,
      bytes: info.bytes,
      release: async () => {
        await list.close();
        await remove();
      },
    };
  } catch (error) {
    content.destroy();
    await remove();
    throw error;
  }
}

async function startsAsZip(files: FileStore, key: string, bytes: number): Promise<boolean> {
  if (bytes < 4) return false;
  const start: { content: Readable } = await files.get(key, { start: 0, end: 3 });
  return isZip(await buffer(start.content));
}
