import { insertRows, type Queries, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { ImportOptions, ListImport } from './imports-schema.ts';
import type { ColumnMapping, Reject } from './reading/index.ts';

/** What was chosen for an import, and what was found about its file when it was begun. */
export interface ImportPlan extends ImportOptions {
  found: {
    header: string[] | null;
    columns: number;
    mapping: ColumnMapping;
  };
}

export interface ImportRecord extends ListImport {
  fileKey: string;
  plan: ImportPlan;
  rejectsKey: string | null;
  createdBy: Id | null;
}

interface ImportRow {
  id: Id;
  list_id: Id;
  file_id: string;
  file_name: string;
  sha256: string;
  options: string;
  state: ListImport['state'];
  rows_read: number;
  rows_total: number | null;
  accepted: number;
  duplicates: number;
  do_not_call: number;
  rejected: number;
  rejects_file_id: string | null;
  error_code: string | null;
  created_by: Id | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
}

/** What became of some rows. */
export interface RowCounts {
  rows: number;
  accepted: number;
  duplicates: number;
  doNotCall: number;
  rejected: number;
}

export async function insertImport(tx: Tx, record: ImportRecord): Promise<void> {
  const row: ImportRow = {
    id: record.id,
    list_id: record.listId,
    file_id: record.fileKey,
    file_name: record.fileName,
    sha256: record.sha256,
    options: JSON.stringify(record.plan),
    state: record.state,
    rows_read: record.rows,
    rows_total: record.rowsTotal,
    accepted: record.accepted,
    duplicates: record.duplicates,
    do_not_call: record.doNotCall,
    rejected: record.rejected,
    rejects_file_id: record.rejectsKey,
    error_code: record.errorCode,
    created_by: record.createdBy,
    created_at: record.createdAt,
    started_at: record.startedAt,
    finished_at: record.finishedAt,
  };
  await tx.knex('list_imports').insert(row);
}

export async function importById(queries: Queries, id: Id): Promise<ImportRecord | undefined> {
  const row: ImportRow | undefined = await queries.knex('list_imports').where({ id }).first();
  return row && toRecord(row);
}

/** Newest first, at most 50. */
export async function importsOfList(queries: Queries, listId: Id): Promise<ImportRecord[]> {
  const rows: ImportRow[] = await queries
    .knex('list_imports')
    .where('list_id', listId)
    .orderBy('id', 'desc')
    .limit(50);
  return rows.map(toRecord);
}

/** Imports that were begun, or are to begin, and did not end. */
export async function unfinishedImports(queries: Queries): Promise<ImportRecord[]> {
  const rows: ImportRow[] = await queries
    .knex('list_imports')
    .whereIn('state', ['pending', 'running'])
    .orderBy('id');
  return rows.map(toRecord);
}

/**
 * Moves an import on by what became of its next rows, in the unit of work that made them leads.
 * @returns false when it is not where the caller thinks: another process runs it, or it was cancelled
 */
export async function countRows(
  tx: Tx,
  at: { id: Id; rowsRead: number },
  add: RowCounts & { rowsTotal: number | null },
): Promise<boolean> {
  const changed = await tx.raw(
    `update list_imports set rows_read = rows_read + ?, rows_total = ?, accepted = accepted + ?,
       duplicates = duplicates + ?, do_not_call = do_not_call + ?, rejected = rejected + ?
     where id = ? and rows_read = ? and state = 'running' returning id`,
    [add.rows, add.rowsTotal, add.accepted, add.duplicates, add.doNotCall, add.rejected, at.id, at.rowsRead],
  );
  return changed.length > 0;
}

/** From one of the states `from` to another, with further columns; false when it was in none of them. */
export async function moveImport(
  tx: Tx,
  id: Id,
  move: { from: ListImport['state'][]; to: ListImport['state']; set: Record<string, unknown> },
): Promise<boolean> {
  const changed = await tx
    .knex('list_imports')
    .where({ id })
    .whereIn('state', move.from)
    .update({ ...move.set, state: move.to });
  return changed > 0;
}

const REJECTS = {
  table: 'list_rejects',
  columns: { import_id: 'text', line: 'integer', code: 'text', params: 'text', cells: 'text' },
  onConflict: 'on conflict do nothing',
} as const;

export async function insertRejects(tx: Tx, importId: Id, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  const rows = rejects.map((reject) => ({
    import_id: importId,
    line: reject.line,
    code: reject.code,
    params: JSON.stringify({ ...reject.params, ...('column' in reject ? { column: reject.column } : {}) }),
    cells: JSON.stringify(reject.cells),
  }));
  await insertRows(tx, REJECTS, rows);
}

const REJECTS_PAGE = 1_000;

/** All rejects of an import in the order of its lines, in pages. */
export async function* rejectsOf(queries: Queries, importId: Id): AsyncGenerator<Reject[]> {
  let after = -1;
  for (;;) {
    const rows: { line: number; code: string; params: string; cells: string }[] = await queries
      .knex('list_rejects')
      .where('import_id', importId)
      .where('line', '>', after)
      .orderBy('line')
      .limit(REJECTS_PAGE);
    if (rows.length === 0) return;
    after = rows.at(-1)?.line ?? after;
    yield rows.map(toReject);
  }
}

export async function deleteRejects(tx: Tx, importId: Id): Promise<void> {
  await tx.knex('list_rejects').where('import_id', importId).del();
}

function toReject(row: { line: number; code: string; params: string; cells: string }): Reject {
  const { column, ...params } = JSON.parse(row.params) as Record<string, unknown> & { column?: number };
  const reject = { line: row.line, code: row.code, params, cells: JSON.parse(row.cells) as string[] };
  // The code was one of ours when it was written.
  return (column === undefined ? reject : { ...reject, column }) as Reject;
}

function toRecord(row: ImportRow): ImportRecord {
  return {
    id: row.id,
    listId: row.list_id,
    fileName: row.file_name,
    sha256: row.sha256,
    state: row.state,
    rowsTotal: row.rows_total,
    rows: row.rows_read,
    accepted: row.accepted,
    duplicates: row.duplicates,
    doNotCall: row.do_not_call,
    rejected: row.rejected,
    errorCode: row.error_code,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    fileKey: row.file_id,
    plan: JSON.parse(row.options) as ImportPlan,
    rejectsKey: row.rejects_file_id,
    createdBy: row.created_by,
  };
}
