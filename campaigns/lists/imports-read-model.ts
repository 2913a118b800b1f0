import type { Queries } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { ListImport } from './imports-schema.ts';

interface ImportRow {
  id: Id;
  list_id: Id;
  file_name: string;
  state: ListImport['state'];
  rows_read: number;
  rows_total: number | null;
  accepted: number;
  duplicates: number;
  do_not_call: number;
  rejected: number;
  rejects_file_id: string | null;
  error_code: string | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
}

const MOST_LISTED = 100;

/** Imports into a list, newest first; ask only for a list that the viewer sees. */
export async function importsOfList(queries: Queries, listId: Id): Promise<ListImport[]> {
  const rows: ImportRow[] = await queries
    .knex('list_imports')
    .where('list_id', listId)
    .orderBy('id', 'desc')
    .limit(MOST_LISTED);
  return rows.map(toImport);
}

/** @throws DomainError `import_not_found`, also for an import into another list */
export async function importOfList(
  queries: Queries,
  { listId, importId }: { listId: Id; importId: Id },
): Promise<ListImport & { rejectsKey: string | null }> {
  const row: ImportRow | undefined = await queries
    .knex('list_imports')
    .where({ id: importId, list_id: listId })
    .first();
  if (row) return { ...toImport(row), rejectsKey: row.rejects_file_id };
  throw new DomainError('notFound', 'import_not_found', 'There is no such import');
}

function toImport(row: ImportRow): ListImport {
  return {
    id: row.id,
    listId: row.list_id,
    fileName: row.file_name,
    state: row.state,
    rowsRead: row.rows_read,
    rowsTotal: row.rows_total,
    accepted: row.accepted,
    duplicates: row.duplicates,
    doNotCall: row.do_not_call,
    rejected: row.rejected,
    hasRejectsFile: row.rejects_file_id !== null,
    errorCode: row.error_code,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
