import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
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

/** Without folders, control characters and what would not fit. */
function shownName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').slice(-200) || 'list';
}
