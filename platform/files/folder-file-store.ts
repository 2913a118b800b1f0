import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../errors/index.ts';
import { randomToken } from '../random/index.ts';
import { keySegments } from './file-key.ts';
import type { ByteRange, FileInfo, FileStore } from './file-store.ts';

/** Begins with a dot, which no key's segment can. */
const DRAFTS = '.drafts';

/** Files in a folder of this machine. */
export class FolderFileStore implements FileStore {
  readonly #root: string;

  /** @param root an absolute path; made when first written to */
  constructor(root: string) {
    this.#root = root;
  }

  /** Removes drafts left by a process that died; only while nobody else writes here. */
  async removeDrafts(): Promise<void> {
    await rm(join(this.#root, DRAFTS), { recursive: true, force: true });
  }

  async put(
    key: string,
    content: Readable,
    { maxBytes }: { maxBytes: number },
  ): Promise<{ bytes: number; sha256: string }> {
    const path = this.#pathOf(key);
    const draft = join(this.#root, DRAFTS, randomToken(16));
    await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
    try {
      const written = await writeDraft(draft, content, maxBytes);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(draft, path);
      await syncFolder(dirname(path));
      return written;
    } catch (error) {
      content.destroy();
      await rm(draft, { force: true });
      throw error;
    }
  }

  async get(
    key: string,
    range?: ByteRange,
  ): Promise<{ info: FileInfo; range: Required<ByteRange>; content: Readable }> {
    const file = await openForReading(this.#pathOf(key));
    try {
      const { size, mtimeMs } = await file.stat();
      const info = { key, bytes: size, storedAt: Math.floor(mtimeMs) };
      const bounds = withinFile(range ?? { start: 0 }, size);
      const content = file.createReadStream(size === 0 ? {} : bounds); // it closes the file
      return { info, range: bounds, content };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async stat(key: string): Promise<FileInfo | undefined> {
    const found = await absentAs(undefined, stat(this.#pathOf(key)));
    return found?.isFile() ? { key, bytes: found.size, storedAt: Math.floor(found.mtimeMs) } : undefined;
  }

  async delete(key: string): Promise<boolean> {
    const path = this.#pathOf(key);
    const gone = await absentAs(
      false,
      unlink(path).then(() => true),
    );
    if (gone) await syncFolder(dirname(path));
    return gone;
  }

  async list(prefix: string, { limit, after }: { limit: number; after?: string }): Promise<FileInfo[]> {
    const found: FileInfo[] = [];
    const folder = prefix === '' ? this.#root : this.#pathOf(prefix);
    for await (const path of filesBelow(folder)) {
      const key = relative(this.#root, path).split(sep).join('/');
      if (after !== undefined && key <= after) continue;
      const info = await this.stat(key);
      if (info) found.push(info);
      if (found.length >= limit) break;
    }
    return found;
  }

  #pathOf(key: string): string {
    return join(this.#root, ...keySegments(key));
  }
}

/** Writes, measures and syncs; the file's bytes are on disk when it resolves. */
async function writeDraft(
  path: string,
  content: Readable,
  maxBytes: number,
): Promise<{ bytes: number; sha256: string }> {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of content) {
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string | Uint8Array);
      bytes += part.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(part);
      await file.writeFile(part);
    }
    await file.sync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** A rename or removal survives a power cut only when its folder is on disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  const file = await absentAs(undefined, open(path, 'r'));
  if (file && (await file.stat()).isFile()) return file;
  await file?.close();
  throw new DomainError('notFound', 'file_not_found', 'There is no such file');
}

function withinFile({ start, end }: ByteRange, size: number): Required<ByteRange> {
  const last = Math.min(end ?? size - 1, size - 1);
  const wanted = Number.isSafeInteger(start) && start >= 0 && (start <= last || (size === 0 && start === 0));
  if (wanted) return { start, end: last };
  throw new DomainError('invalid', 'bad_range', 'The range lies outside the file', {
    params: { bytes: size },
  });
}

function tooLarge(maxBytes: number): DomainError {
  const message = `The file is over the limit of ${maxBytes} bytes`;
  return new DomainError('tooLarge', 'file_too_large', message, { params: { maxBytes } });
}

/** Paths of the files below a folder in the order of their keys; none when there is no such folder. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await absentAs([], readdir(folder, { withFileTypes: true }));
  // `a/x` sorts before `a-b` by segment but after it by key: compare as keys
  const sortKey = (entry: { name: string; isDirectory(): boolean }) =>
    entry.name + (entry.isDirectory() ? '/' : '');
  entries.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

async function absentAs<T, A>(absent: A, work: Promise<T>): Promise<T | A> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return absent;
    throw error;
  }
}
