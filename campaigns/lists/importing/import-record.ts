import type { Id } from '../../../platform/ids/index.ts';
import type { ListImport, Upload } from '../imports-schema.ts';
import type { ImportRecord } from '../imports-store.ts';
import type { List } from '../lists-schema.ts';
import { contentKey } from '../uploads.ts';

/** A file that was opened and can be loaded: how, and into which list. */
export interface PreparedImport {
  list: List;
  upload: Upload;
  plan: ImportRecord['plan'];
}

/** An import that is to begin. */
export function newRecord(
  { list, upload, plan }: PreparedImport,
  { id, now, createdBy }: { id: Id; now: number; createdBy: Id },
): ImportRecord {
  return {
    id,
    listId: list.id,
    fileName: upload.fileName,
    sha256: upload.sha256,
    state: 'pending',
    rowsTotal: null,
    rows: 0,
    accepted: 0,
    duplicates: 0,
    doNotCall: 0,
    rejected: 0,
    errorCode: null,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
    fileKey: contentKey(list.id, upload.fileId),
    plan,
    rejectsKey: null,
    createdBy,
  };
}

/** What a page sees of an import. */
export function shown(record: ImportRecord): ListImport {
  const { fileKey: _file, plan: _plan, rejectsKey: _rejects, createdBy: _by, ...rest } = record;
  return rest;
}

/** What events tell of an import. */
export function countsOf(state: ListImport) {
  const { id: importId, listId, rows, rowsTotal, accepted, duplicates, doNotCall, rejected } = state;
  return { importId, listId, rows, rowsTotal, accepted, duplicates, doNotCall, rejected };
}
