import type { Readable } from 'node:stream';
import type { Clock, Instant } from '../../platform/clock/index.ts';
import type { Database, Queries, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { EventBus, Outbox } from '../../platform/events/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { Queue } from '../../platform/queue/index.ts';
import type { AuditLog } from '../audit/index.ts';
import type { Download } from '../routes/index.ts';
import { assertSees, type Viewer } from '../scope/index.ts';
import { listOptionsOf, mappingOf, normaliserOf, planImport } from './importing/import-plan.ts';
import { countsOf, newRecord, type PreparedImport, shown } from './importing/import-record.ts';
import { previewOf } from './importing/preview.ts';
import { rejectsName, rejectsText, storeRejects } from './importing/rejects-file.ts';
import { fail, type ImportParts, type ImportRun, runImport } from './importing/run-import.ts';
import { openStoredList } from './importing/stored-list.ts';
import type { ListImport, ListPreview, ReadOptions, StartImport, Upload } from './imports-schema.ts';
import {
  type ImportRecord,
  importById,
  importsOfList,
  insertImport,
  moveImport,
  unfinishedImports,
} from './imports-store.ts';
import { importEnded, importProgressed } from './lists-events.ts';
import { listImportJob } from './lists-jobs.ts';
import type { List } from './lists-schema.ts';
import { listById } from './lists-store.ts';
import { contentKey, dropUpload, findUpload, purgeUploads, storeUpload } from './uploads.ts';

export interface ImportService {
  /**
   * Stores a file for a list, whole or not at all.
   * @throws DomainError `list_not_found`, `file_too_large`
   */
  upload(viewer: Viewer, listId: Id, file: { fileName: string; content: Readable }): Promise<Upload>;
  /** Before the first byte is taken. @throws DomainError `list_not_found` */
  assertMayLoad(viewer: Viewer, listId: Id): Promise<void>;
  /** Forgets an upload that turned out to be part of a broken request. */
  discard(listId: Id, fileId: Id): Promise<void>;
  /**
   * What is found about an uploaded file, and what its first rows would become.
   * @throws DomainError `upload_not_found`, `mapping_invalid`, and as `openList`
   */
  preview(viewer: Viewer, file: { listId: Id; fileId: Id }, options: ReadOptions): Promise<ListPreview>;
  /**
   * Checks the file and settles how it is read, outside of a unit of work: a file that cannot be loaded leaves
   * nothing behind. @throws DomainError as {@link preview}
   */
  prepare(viewer: Viewer, listId: Id, input: StartImport): Promise<PreparedImport>;
  /** Puts the import on record; `queued` (default) also gives it to the worker. */
  start(tx: Tx, viewer: Viewer, start: { prepared: PreparedImport; queued?: boolean }): Promise<ListImport>;
  list(queries: Queries, viewer: Viewer, listId: Id): Promise<ListImport[]>;
  /** @throws DomainError `list_not_found`, `import_not_found` */
  status(queries: Queries, viewer: Viewer, at: ImportPlace): Promise<ListImport>;
  /** Stops an import; by its options it is rolled back or stays as far as it came. `import_ended` when it is too late. */
  cancel(tx: Tx, viewer: Viewer, at: ImportPlace): Promise<ListImport>;
  /** The rejected rows, to be corrected and loaded again; of a running import those so far. */
  rejects(queries: Queries, viewer: Viewer, at: ImportPlace): Promise<Download>;
  /** Runs an import to its end, or on from where it was killed: for the worker and the command line. */
  run(importId: Id, run: ImportRun): Promise<ImportResult>;
  /** Gives up on an import that cannot be brought to its end. */
  giveUp(importId: Id, code: string, run: ImportRun): Promise<void>;
  /** Gives every import that did not end to the worker again; for the start of a process. */
  resumeAll(): Promise<number>;
  /** Removes uploaded files that were brought before an instant and need not be read any more. @returns how many */
  purgeUploads(before: Instant): Promise<number>;
  /** An import of this very file with these very options that was begun and did not end. */
  findUnfinished(queries: Queries, prepared: PreparedImport): Promise<ListImport | undefined>;
}

export interface ImportPlace {
  listId: Id;
  importId: Id;
}

export interface ImportResult extends ListImport {
  /** Of the stored file of rejected rows; null when there are none. */
  rejectsKey: string | null;
}

export interface ImportServices {
  db: Database;
  clock: Clock;
  ids: Ids;
  files: FileStore;
  audit: AuditLog;
  outbox: Pick<Outbox, 'append'>;
  bus: Pick<EventBus, 'emit'>;
  queue: Pick<Queue, 'add'>;
  /** Bytes of a list's file. */
  maxBytes: number;
  /** Take the numbers that only the simulated network accepts. */
  allowReplayNumbers: boolean;
}

export function createImportService(services: ImportServices): ImportService {
  return new Imports(services);
}

class Imports implements ImportService {
  readonly #services: ImportServices;
  readonly #parts: ImportParts;

  constructor(services: ImportServices) {
    this.#services = services;
    this.#parts = {
      ...services,
      ended: (tx, record) => this.#ended(tx, record),
      storeRejects: (record) => storeRejects({ queries: services.db.reader, files: services.files }, record),
    };
  }

  async upload(
    viewer: Viewer,
    listId: Id,
    { fileName, content }: { fileName: string; content: Readable },
  ): Promise<Upload> {
    const { db, files, ids, maxBytes } = this.#services;
    await listSeen(db.reader, viewer, listId);
    return storeUpload(files, { listId, fileId: ids.next(), fileName, content, maxBytes });
  }

  async assertMayLoad(viewer: Viewer, listId: Id): Promise<void> {
    await listSeen(this.#services.db.reader, viewer, listId);
  }

  discard(listId: Id, fileId: Id): Promise<void> {
    return dropUpload(this.#services.files, listId, fileId);
  }

  async preview(
    viewer: Viewer,
    { listId, fileId }: { listId: Id; fileId: Id },
    options: ReadOptions,
  ): Promise<ListPreview> {
    const { db, files, maxBytes, allowReplayNumbers } = this.#services;
    const { country } = await listSeen(db.reader, viewer, listId);
    await findUpload(files, listId, fileId);
    const open = await openStoredList(files, contentKey(listId, fileId), listOptionsOf(options, maxBytes));
    try {
      const normalise = normaliserOf({ country, plan: { repairLostZeros: false }, allowReplayNumbers });
      return previewOf(open.list, mappingOf(open.list, options, normalise), normalise);
    } finally {
      await open.release();
    }
  }

  async prepare(viewer: Viewer, listId: Id, { fileId, options }: StartImport): Promise<PreparedImport> {
    const { db, files, maxBytes, allowReplayNumbers } = this.#services;
    const list = await listSeen(db.reader, viewer, listId);
    const upload = await findUpload(files, listId, fileId);
    const open = await openStoredList(files, contentKey(listId, fileId), listOptionsOf(options, maxBytes));
    try {
      const normalise = normaliserOf({ country: list.country, plan: options, allowReplayNumbers });
      return { list, upload, plan: planImport(open.list, options, normalise) };
    } finally {
      await open.release();
    }
  }

  async start(
    tx: Tx,
    viewer: Viewer,
    { prepared, queued = true }: { prepared: PreparedImport; queued?: boolean },
  ): Promise<ListImport> {
    const { audit, queue, ids, clock } = this.#services;
    const record = newRecord(prepared, { id: ids.next(), now: clock.now(), createdBy: viewer.userId });
    await insertImport(tx, record);
    await audit.record(tx, {
      viewer,
      action: 'list.import_started',
      entity: 'list',
      entityId: record.listId,
      owner: prepared.list,
      after: { importId: record.id, duplicates: record.plan.duplicates },
    });
    if (queued) await queue.add(listImportJob, { importId: record.id }, { id: record.id, tx });
    return shown(record);
  }

  async list(queries: Queries, viewer: Viewer, listId: Id): Promise<ListImport[]> {
    await listSeen(queries, viewer, listId);
    return (await importsOfList(queries, listId)).map(shown);
  }

  async status(queries: Queries, viewer: Viewer, at: ImportPlace): Promise<ListImport> {
    return shown(await importSeen(queries, viewer, at));
  }

  async cancel(tx: Tx, viewer: Viewer, at: ImportPlace): Promise<ListImport> {
    const { audit, clock } = this.#services;
    const record = await importSeen(tx, viewer, at);
    const set = { error_code: 'cancelled', finished_at: clock.now() };
    if (!(await moveImport(tx, record.id, { from: ['pending', 'running'], to: 'failed', set }))) {
      throw new DomainError('conflict', 'import_ended', 'This import has ended');
    }
    await audit.record(tx, {
      viewer,
      action: 'list.import_cancelled',
      entity: 'list',
      entityId: at.listId,
      owner: await listSeen(tx, viewer, at.listId),
      after: { importId: record.id },
    });
    return shown((await importById(tx, record.id)) ?? record);
  }

  async rejects(queries: Queries, viewer: Viewer, at: ImportPlace): Promise<Download> {
    const record = await importSeen(queries, viewer, at);
    return { fileName: rejectsName(record.fileName), content: rejectsText(queries, record) };
  }

  async run(importId: Id, run: ImportRun): Promise<ImportResult> {
    const { db, bus } = this.#services;
    const record = await importById(db.reader, importId);
    const list = record && (await listById(db.reader, record.listId));
    const scope = list ? { vendorId: list.vendorId, teamId: list.teamId } : {};
    const ended = await runImport(this.#parts, importId, {
      ...run,
      progressed: (state) => {
        bus.emit(importProgressed, { payload: countsOf(state), scope });
        run.progressed?.(state);
      },
    });
    return { ...shown(ended), rejectsKey: ended.rejectsKey };
  }

  async giveUp(importId: Id, code: string, run: ImportRun): Promise<void> {
    const record = await importById(this.#services.db.reader, importId);
    if (!record) return;
    await fail(this.#parts, record, code);
    await runImport(this.#parts, importId, run);
  }

  async resumeAll(): Promise<number> {
    const { db, queue } = this.#services;
    const unfinished = await unfinishedImports(db.reader);
    for (const { id } of unfinished) await queue.add(listImportJob, { importId: id }, { id });
    return unfinished.length;
  }

  async purgeUploads(before: Instant): Promise<number> {
    const { db, files } = this.#services;
    const unfinished = await unfinishedImports(db.reader);
    return purgeUploads(files, { before, inUse: new Set(unfinished.map(({ fileKey }) => fileKey)) });
  }

  async findUnfinished(
    queries: Queries,
    { list, upload, plan }: PreparedImport,
  ): Promise<ListImport | undefined> {
    const records = await importsOfList(queries, list.id);
    const same = records.find(
      (record) =>
        (record.state === 'running' || record.state === 'pending') &&
        record.sha256 === upload.sha256 &&
        JSON.stringify(record.plan) === JSON.stringify(plan),
    );
    return same && shown(same);
  }

  async #ended(tx: Tx, record: ImportRecord): Promise<void> {
    const list = await listById(tx, record.listId);
    const payload = { ...countsOf(record), state: record.state, errorCode: record.errorCode };
    const scope = list ? { vendorId: list.vendorId, teamId: list.teamId } : {};
    await this.#services.outbox.append(tx, importEnded, { payload, scope });
  }
}

async function listSeen(queries: Queries, viewer: Viewer, listId: Id): Promise<List> {
  return assertSees(viewer, await listById(queries, listId), 'list');
}

async function importSeen(
  queries: Queries,
  viewer: Viewer,
  { listId, importId }: ImportPlace,
): Promise<ImportRecord> {
  await listSeen(queries, viewer, listId);
  const record = await importById(queries, importId);
  if (record?.listId === listId) return record;
  throw new DomainError('notFound', 'import_not_found', 'There is no such import');
}
