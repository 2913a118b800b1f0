import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Instant } from '../../platform/clock/index.ts';
import { DomainError, isDomainError } from '../../platform/errors/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Upload } from './imports-schema.ts';

/** Files that were brought for a list. Their keys hold the list's id: nobody else's file can be named. */

const aboutSchema = z.object({ fileName: z.string(), bytes: z.int(), sha256: z.string() });

export interface NewUpload {
  listId: Id;
  fileId: Id;
  /** As the person's machine calls it; shown, never used as a path. */
  fileName: string;
  content: Readable;
  maxBytes: number;
}

export function contentKey(listId: Id, fileId: Id): string {
  return `uploads/${listId}/${fileId}/content`;
}

function aboutKey(listId: Id, fileId: Id): string {
  return `uploads/${listId}/${fileId}/about.json`;
}

/** Stores a file, whole or not at all. @throws DomainError `file_too_large` */
export async function storeUpload(files: FileStore, upload: NewUpload): Promise<Upload> {
  const { listId, fileId, content, maxBytes } = upload;
  const fileName = shownName(upload.fileName);
  const stored = await files.put(contentKey(listId, fileId), content, { maxBytes });
  try {
    const about = JSON.stringify({ fileName, ...stored });
    await files.put(aboutKey(listId, fileId), Readable.from([about]), { maxBytes: 10_000 });
  } catch (error) {
    await files.delete(contentKey(listId, fileId));
    throw error;
  }
  return { fileId, fileName, ...stored };
}

/** @throws DomainError `upload_not_found`, also for a file that was brought for another list */
export async function findUpload(files: FileStore, listId: Id, fileId: Id): Promise<Upload> {
  try {
    const { content } = await files.get(aboutKey(listId, fileId));
    return { fileId, ...aboutSchema.parse(JSON.parse(await text(content))) };
  } catch (error) {
    if (!isDomainError(error, 'file_not_found')) throw error;
    throw new DomainError('notFound', 'upload_not_found', 'No such file was uploaded for this list', {
      cause: error,
    });
  }
}

/** Forgets a file; one that is not there is forgotten already. */
export async function dropUpload(files: FileStore, listId: Id, fileId: Id): Promise<void> {
  await files.delete(aboutKey(listId, fileId));
  await files.delete(contentKey(listId, fileId));
}

const PAGE = 500;

/**
 * Removes files that were brought before an instant, but those that are still to be read: a list is personal data,
 * and the leads are loaded. @returns how many files
 */
export async function purgeUploads(
  files: FileStore,
  { before, inUse }: { before: Instant; inUse: ReadonlySet<string> },
): Promise<number> {
  let purged = 0;
  let after = '';
  for (;;) {
    const page = await files.list('uploads', { limit: PAGE, after });
    for (const { key, storedAt } of page) {
      const isNeeded = storedAt >= before || inUse.has(`${key.split('/').slice(0, 3).join('/')}/content`);
      if (!isNeeded && (await files.delete(key))) purged++;
    }
    const last = page.at(-1)?.key;
    if (last === undefined || page.length < PAGE) return purged;
    after = last;
  }
}

/** Without folders, control characters and what would not fit. */
function shownName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').slice(-200) || 'list';
}
