import type { Readable } from 'node:stream';
import { type ImportResult, importOptionsSchema } from '../../campaigns/lists/index.ts';
import type { Viewer } from '../../campaigns/scope/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Services } from './services.ts';

export interface ImportRequest {
  listId: Id;
  fileName: string;
  content: Readable;
  options?: Record<string, unknown>;
}

/**
 * Loads a file into a list from here to its end, without the worker: for the demo, the replay and the command line.
 * @throws DomainError as the import's own steps
 */
export async function importStream(
  { db, imports }: { db: Database; imports: Services['imports'] },
  viewer: Viewer,
  request: ImportRequest,
): Promise<ImportResult> {
  const { listId, fileName, content } = request;
  const options = importOptionsSchema.parse(request.options ?? {});
  const { fileId } = await imports.upload(viewer, listId, { fileName, content });
  const prepared = await imports.prepare(viewer, listId, { fileId, options });
  const { id } = await db.transact((tx) => imports.start(tx, viewer, { prepared, queued: false }));
  return imports.run(id, { signal: new AbortController().signal });
}
