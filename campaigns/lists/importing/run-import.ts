import type { Clock, Instant } from '../../../platform/clock/index.ts';
import type { Database, Tx } from '../../../platform/db/index.ts';
import { DomainError, isDomainError } from '../../../platform/errors/index.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import type { Id, Ids } from '../../../platform/ids/index.ts';
import type { ListImport } from '../imports-schema.ts';
import {
  countRows,
  deleteRejects,
  type ImportRecord,
  importById,
  moveImport,
  type RowCounts,
} from '../imports-store.ts';
import { createRowInterpreter } from '../reading/index.ts';
import { ChunkPace } from './chunk-pace.ts';
import { listOptionsOf, normaliserOf } from './import-plan.ts';
import { type FileRow, isBroken, rowsAfter } from './read-rows.ts';
import { rollBackLeads } from './roll-back.ts';
import { type OpenStoredList, openStoredList } from './stored-list.ts';
import { type ReadRow, writeChunk } from './write-chunk.ts';
import { createLeadZones } from './zone-ids.ts';

export interface ImportParts {
  db: Database;
  clock: Clock;
  ids: Ids;
  files: FileStore;
  /** Bytes of a list's file. */
  maxBytes: number;
  /** Take the numbers of the simulated network. */
  allowReplayNumbers: boolean;
  /** Called in the unit of work that ends an import. */
  ended(tx: Tx, record: ImportRecord): Promise<void>;
  /** Makes the file of rejected rows. @returns its key; null when there are none */
  storeRejects(record: ImportRecord): Promise<string | null>;
}

export interface ImportRun {
  signal: AbortSignal;
  /** Called after each chunk that is on disk. */
  progressed?(state: ListImport): void;
}

/**
 * Runs an import to its end, from behind the last chunk that is on disk: killed at any moment, it is simply run
 * again. A file that cannot be read to its end rolls the import back, or leaves what was loaded, as its options say.
 * @throws DomainError `import_not_found`; `import_moved_on` when another process runs it too; anything that a
 *   further run may mend (database away)
 */
export async function runImport(parts: ImportParts, importId: Id, run: ImportRun): Promise<ImportRecord> {
  let record = await recordOf(parts, importId);
  if (record.state === 'pending') record = await begin(parts, record);
  if (record.state === 'running') {
    try {
      return await load(parts, record, run);
    } catch (error) {
      if (!isDomainError(error) || run.signal.aborted) throw error;
      record = await recordOf(parts, importId);
      if (record.state === 'running' && error.code === 'import_moved_on') throw error;
      if (record.state === 'running') record = await fail(parts, record, error.code);
    }
  }
  if (record.state === 'failed' && record.plan.onFailure === 'rollBack') {
    return rollBack(parts, record, run);
  }
  return record;
}

async function recordOf({ db }: ImportParts, importId: Id): Promise<ImportRecord> {
  const record = await db.transact((tx) => importById(tx, importId));
  if (record) return record;
  throw new DomainError('notFound', 'import_not_found', 'There is no such import');
}

async function begin(parts: ImportParts, { id }: ImportRecord): Promise<ImportRecord> {
  const set = { started_at: parts.clock.now() };
  await parts.db.transact((tx) => moveImport(tx, id, { from: ['pending'], to: 'running', set }));
  return recordOf(parts, id);
}

/** Marks an import as failed for good. */
export async function fail(parts: ImportParts, { id }: ImportRecord, code: string): Promise<ImportRecord> {
  const set = { error_code: code.slice(0, 64), finished_at: parts.clock.now() };
  await parts.db.transact(async (tx) => {
    if (!(await moveImport(tx, id, { from: ['pending', 'running'], to: 'failed', set }))) return;
    const record = await importById(tx, id);
    if (record?.plan.onFailure === 'keep') await parts.ended(tx, record);
  });
  return recordOf(parts, id);
}

async function rollBack(
  parts: ImportParts,
  record: ImportRecord,
  { signal }: ImportRun,
): Promise<ImportRecord> {
  const kept = await rollBackLeads(parts.db, { importId: record.id, since: record.createdAt, signal });
  const set = { rows_read: kept, accepted: kept, duplicates: 0, do_not_call: 0, rejected: 0 };
  await parts.db.transact(async (tx) => {
    if (!(await moveImport(tx, record.id, { from: ['failed'], to: 'rolledBack', set }))) return;
    await deleteRejects(tx, record.id);
    const rolledBack = await importById(tx, record.id);
    if (rolledBack) await parts.ended(tx, rolledBack);
  });
  return recordOf(parts, record.id);
}

async function load(parts: ImportParts, record: ImportRecord, run: ImportRun): Promise<ImportRecord> {
  const open = await openStoredList(parts.files, record.fileKey, listOptionsOf(record.plan, parts.maxBytes));
  try {
    const loading = await Loading.of(parts, record, run);
    await loading.all(open);
  } finally {
    await open.release();
  }
  return finish(parts, record.id);
}

async function finish(parts: ImportParts, id: Id): Promise<ImportRecord> {
  const record = await recordOf(parts, id);
  const rejectsKey = await parts.storeRejects(record);
  await parts.db.transact(async (tx) => {
    const set = {
      rejects_file_id: rejectsKey,
      rows_total: record.rows,
      finished_at: parts.clock.now(),
    };
    if (!(await moveImport(tx, id, { from: ['running'], to: 'done', set }))) return;
    const done = await importById(tx, id);
    if (done) await parts.ended(tx, done);
  });
  return recordOf(parts, id);
}

/** Takes a file's rows in chunks to the database. */
class Loading {
  readonly #parts: ImportParts;
  readonly #run: ImportRun;
  readonly #record: ImportRecord;
  readonly #list: { vendorId: Id; country: string };
  readonly #interpret: ReturnType<typeof createRowInterpreter>;
  readonly #pace = new ChunkPace();
  readonly #zones = createLeadZones();

  static async of(parts: ImportParts, record: ImportRecord, run: ImportRun): Promise<Loading> {
    const list: { vendor_id: Id; country: string } | undefined = await parts.db.reader
      .knex('lists')
      .where('id', record.listId)
      .first('vendor_id', 'country');
    if (!list) throw new DomainError('notFound', 'list_not_found', 'There is no such list');
    return new Loading(parts, { record, run, list: { vendorId: list.vendor_id, country: list.country } });
  }

  constructor(
    parts: ImportParts,
    work: { record: ImportRecord; run: ImportRun; list: { vendorId: Id; country: string } },
  ) {
    this.#parts = parts;
    this.#run = work.run;
    this.#record = { ...work.record };
    this.#list = work.list;
    const { plan } = work.record;
    const normalise = normaliserOf({ country: work.list.country, plan, ...parts });
    this.#interpret = createRowInterpreter(plan.found.mapping, { normalise, badNumber: plan.badNumber });
  }

  /** Reads and interprets the next chunk while the database writes the one before. */
  async all({ list, bytes }: OpenStoredList): Promise<void> {
    let waiting: FileRow[] = [];
    let writing = Promise.resolve();
    const write = async (fileRows: readonly FileRow[], share: number | undefined) => {
      const rows = fileRows.map((row): ReadRow => (isBroken(row) ? row : this.#interpret(row)));
      await writing;
      writing = this.#chunk(rows, share);
      writing.catch(() => {}); // seen by whoever awaits it next
    };
    try {
      for await (const { rows, share } of rowsAfter(list, { skip: this.#record.rows, bytes })) {
        waiting = waiting.length === 0 ? rows : [...waiting, ...rows];
        for (let size = this.#pace.rows; waiting.length >= size; size = this.#pace.rows) {
          const chunk = waiting.slice(0, size);
          waiting = waiting.slice(size);
          await write(chunk, share);
        }
      }
      if (waiting.length > 0) await write(waiting, 1);
    } finally {
      await writing;
    }
  }

  async #chunk(rows: readonly ReadRow[], share: number | undefined): Promise<void> {
    this.#run.signal.throwIfAborted();
    const { db, clock } = this.#parts;
    const now = clock.now();
    let waited = 0;
    const counts = await db.transact(async (tx) => {
      const written = await this.#write(tx, { rows, now, share });
      waited = db.waiting();
      return written;
    });
    this.#count(counts, share);
    this.#pace.wrote(waited, clock.now());
    this.#run.progressed?.(this.#record);
  }

  async #write(
    tx: Tx,
    { rows, now, share }: { rows: readonly ReadRow[]; now: Instant; share: number | undefined },
  ): Promise<RowCounts> {
    const { ids } = this.#parts;
    const { id, listId, plan } = this.#record;
    // Two imports at once could each miss the other's leads and customers.
    if (tx.dialect.takeTurn) await tx.raw(tx.dialect.takeTurn, ['list.import']);
    const context = { importId: id, listId, vendorId: this.#list.vendorId, options: plan, ids };
    const counts = await writeChunk(tx, { ...context, zones: this.#zones }, { rows, now });
    const at = { id, rowsRead: this.#record.rows };
    const rowsTotal = this.#estimate(counts, share);
    if (await countRows(tx, at, { ...counts, rowsTotal })) return counts;
    throw new DomainError('conflict', 'import_moved_on', 'This import was stopped, or runs elsewhere');
  }

  #estimate(counts: RowCounts, share: number | undefined): number | null {
    const rows = this.#record.rows + counts.rows;
    return share === undefined || share <= 0 ? null : Math.max(rows, Math.round(rows / share));
  }

  #count(counts: RowCounts, share: number | undefined): void {
    this.#record.rowsTotal = this.#estimate(counts, share);
    this.#record.rows += counts.rows;
    this.#record.accepted += counts.accepted;
    this.#record.duplicates += counts.duplicates;
    this.#record.doNotCall += counts.doNotCall;
    this.#record.rejected += counts.rejected;
  }
}
