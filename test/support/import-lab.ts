import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createAuditLog } from '../../campaigns/audit/index.ts';
import {
  createImportService,
  type ImportResult,
  type ImportService,
  importOptionsSchema,
  listImportJob,
} from '../../campaigns/lists/index.ts';
import type { Viewer } from '../../campaigns/scope/index.ts';
import { VirtualTimers } from '../../platform/clock/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { EventBus, Outbox, type PublishedEvent } from '../../platform/events/index.ts';
import { FolderFileStore } from '../../platform/files/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { silentLogger } from '../../platform/log/index.ts';
import { type CampaignWorld, createWorld, START } from './campaign-world.ts';
import type { TestDatabase, TestEngine } from './databases.ts';

/** An import service on a database of its own, with everything an import touches to look at. */
export interface ImportLab {
  database: TestDatabase;
  db: Database;
  world: CampaignWorld;
  viewer: Viewer;
  files: FolderFileStore;
  /** Where the files are. */
  folder: string;
  timers: VirtualTimers;
  imports: ImportService;
  /** Events of progress, as a page would get them. */
  events: PublishedEvent[];
  /** Jobs that were given to the queue. */
  jobs: { importId: string }[];
  /** A service over another connection or a database that fails. */
  serviceOver(db: Database): ImportService;
  upload(listId: Id, content: string | Buffer, fileName?: string): Promise<Id>;
  /** Puts an import on record without running it. */
  begin(listId: Id, content: string | Buffer, options?: Record<string, unknown>): Promise<Id>;
  load(listId: Id, content: string | Buffer, options?: Record<string, unknown>): Promise<ImportResult>;
  run(importId: Id, imports?: ImportService): Promise<ImportResult>;
  close(): Promise<void>;
}

export async function openImportLab(
  engine: TestEngine,
  options: { maxBytes?: number } = {},
): Promise<ImportLab> {
  const database = await engine.open();
  const { db } = database;
  const world = await createWorld(db);
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-files-'));
  const files = new FolderFileStore(folder);
  const timers = new VirtualTimers(START);
  const events: PublishedEvent[] = [];
  const jobs: { importId: string }[] = [];
  const bus = new EventBus({ clock: timers, log: silentLogger });
  bus.subscribe((event) => events.push(event));
  const serviceOver = (over: Database) =>
    createImportService({
      db: over,
      clock: timers,
      ids: world.ids,
      files,
      audit: createAuditLog({ clock: timers, ids: world.ids }),
      outbox: new Outbox({ ids: world.ids, clock: timers, committed: () => {} }),
      bus,
      queue: {
        async add(type, payload) {
          assert.equal(type.name, listImportJob.name);
          jobs.push(payload as { importId: string });
          return 'job';
        },
      },
      maxBytes: options.maxBytes ?? 100_000_000,
      allowReplayNumbers: false,
    });
  const imports = serviceOver(db);
  const { vendorId, teamId } = world;
  const viewer: Viewer = {
    userId: world.agentIds[0] ?? '',
    vendorId,
    teamId,
    role: 'manager',
    scope: 'team',
  };
  const lab: ImportLab = {
    database,
    db,
    world,
    viewer,
    files,
    folder,
    timers,
    imports,
    events,
    jobs,
    serviceOver,
    async upload(listId, content, fileName = 'leads.csv') {
      const stream = Readable.from([Buffer.from(content as string)]);
      return (await imports.upload(lab.viewer, listId, { fileName, content: stream })).fileId;
    },
    async begin(listId, content, chosen = {}) {
      const fileId = await lab.upload(listId, content);
      const input = { fileId, options: importOptionsSchema.parse(chosen) };
      const prepared = await imports.prepare(lab.viewer, listId, input);
      return (await db.transact((tx) => imports.start(tx, lab.viewer, { prepared }))).id;
    },
    load: async (listId, content, chosen) => lab.run(await lab.begin(listId, content, chosen)),
    run: (importId, over = imports) => over.run(importId, { signal: new AbortController().signal }),
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return lab;
}

export type Counts = Pick<ImportResult, 'rows' | 'accepted' | 'duplicates' | 'doNotCall' | 'rejected'>;

export function countsOf({ rows, accepted, duplicates, doNotCall, rejected }: Counts): number[] {
  assert.equal(rows, accepted + duplicates + doNotCall + rejected, 'every row is counted once');
  return [rows, accepted, duplicates, doNotCall, rejected];
}

export interface StoredLead {
  id: Id;
  listId: Id;
  customerId: Id;
  numbers: string[];
  profile: Record<string, string>;
  vars: Record<string, string>;
  consent: string | null;
  rank: number;
  zoneKey: string;
}

/** All leads in the order they were made, with their numbers in dialing order. */
export async function leadsOf(db: Database): Promise<StoredLead[]> {
  const rows = await db.reader.raw<Record<string, string> & { rank: number }>(
    `select l.id, l.list_id, l.customer_id, l.profile, l.vars, l.consent, l.rank, z.zone_key
     from leads l left join zone_keys z on z.id = l.zone_id order by l.id`,
  );
  const numbers = await db.reader.raw<{ lead_id: string; e164: string; extension: string }>(
    'select lead_id, e164, extension from lead_numbers order by lead_id, ordinal',
  );
  return rows.map((row) => ({
    id: row.id ?? '',
    listId: row.list_id ?? '',
    customerId: row.customer_id ?? '',
    numbers: numbers
      .filter((number) => number.lead_id === row.id)
      .map(({ e164, extension }) => (extension ? `${e164};${extension}` : e164)),
    profile: JSON.parse(row.profile ?? '{}'),
    vars: JSON.parse(row.vars ?? '{}'),
    consent: row.consent ?? null,
    rank: row.rank,
    zoneKey: row.zone_key ?? '',
  }));
}

/** Holds the tallies against the rows they count, and every number of a lead against its customer's. */
export async function assertBooksAgree(db: Database): Promise<void> {
  const counted = await db.reader.raw(
    `select list_id, state, reason, zone_id, count(*) as n from leads group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
  const tallied = await db.reader.raw(
    `select list_id, state, reason, zone_id, n from lead_tallies where n <> 0 order by 1, 2, 3, 4`,
  );
  assert.deepEqual(tallied, counted);
  const strays = await db.reader.raw(
    `select n.e164 from lead_numbers n join leads l on l.id = n.lead_id
     where not exists (select 1 from customer_numbers c where c.e164 = n.e164
       and c.extension = n.extension and c.customer_id = l.customer_id)`,
  );
  assert.deepEqual(strays, []);
  const idle = await db.reader.raw(
    'select c.id from customers c where not exists (select 1 from leads l where l.customer_id = c.id)',
  );
  assert.deepEqual(idle, [], 'customers without a lead');
}

/** A database whose n-th statement fails, counted over all units of work, as a disk or a network would. */
export function failingAt(db: Database, n: number): { db: Database; happened: () => boolean } {
  let statements = 0;
  const strike = () => {
    statements++;
    if (statements === n) throw new Error('the disk went away');
  };
  const failing = (tx: Tx): Tx => ({
    ...tx,
    raw: async (sql, bindings) => {
      strike();
      return tx.raw(sql, bindings);
    },
  });
  const broken: Database = {
    ...db,
    dialect: db.dialect,
    reader: db.reader,
    migrator: db.migrator,
    waiting: () => db.waiting(),
    idle: () => db.idle(),
    close: () => db.close(),
    transact: (work) =>
      db.transact(async (tx) => {
        const result = await work(failing(tx));
        strike(); // the commit itself
        return result;
      }),
    grouped: (work) => db.grouped(work),
  };
  return { db: broken, happened: () => statements >= n };
}
