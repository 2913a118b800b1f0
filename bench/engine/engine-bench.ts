import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import knexFactory from 'knex';
import { migrations } from '../../migrations/index.ts';
import { type Database, type DatabaseLocation, migrate, openDatabase } from '../../platform/db/index.ts';
import { createBenchFloor } from './bench-floor.ts';

const AGENTS = 300;
const WARM_UP = 300;
const ATTEMPTS = 1_500;
const TARGET = 0.25;
/** The engine writes what happens within 10 ms together: as many events of a floor as the bare side commits at once. */
const TOGETHER = 16;

export interface EngineFigures {
  database: string;
  attempts: number;
  events: number;
  eventsPerSecond: number;
  /** Of bare inserts, committed by the same group commit, {@link TOGETHER} in flight. */
  insertsPerSecond: number;
  /** Of bare inserts, each committed before the next. */
  singleInsertsPerSecond: number;
  share: number;
  shareOfSingle: number;
  target: number;
  passed: boolean;
}

/**
 * Call events per second through the engine and the real stores, every attempt durable, as a share of what the same
 * number of bare committed inserts takes in the same run. Virtual time, so that nothing is measured but work; the
 * bare side runs before and after, and its mean counts.
 */
export async function run(options: { json: boolean; databaseUrl?: string }): Promise<unknown> {
  const figures = [await onSqlite()];
  if (options.databaseUrl) figures.push(await onPostgres(options.databaseUrl));
  if (!options.json) for (const one of figures) process.stdout.write(`${inWords(one)}\n`);
  return { bench: 'engine', figures, passed: figures.every(({ passed }) => passed) };
}

async function onSqlite(): Promise<EngineFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-bench-'));
  try {
    return await measure('SQLite', { sqliteFile: join(folder, 'bench.sqlite'), synchronous: 'full' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onPostgres(databaseUrl: string): Promise<EngineFigures> {
  const schema = `bench_engine_${process.pid}`;
  const admin = knexFactory({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } });
  try {
    await admin.raw('create schema ??', [schema]);
    return await measure('PostgreSQL', { databaseUrl, schema, maxConnections: 6 });
  } finally {
    await admin.raw('drop schema if exists ?? cascade', [schema]);
    await admin.destroy();
  }
}

async function measure(name: string, location: DatabaseLocation): Promise<EngineFigures> {
  const db = openDatabase(location);
  try {
    await migrate(db.migrator, migrations);
    await db.transact((tx) => tx.raw('create table bare (id integer primary key, body text not null)'));
    const floor = await createBenchFloor(db, { agents: AGENTS, leads: WARM_UP + 2 * ATTEMPTS });
    await floor.start();
    await floor.dial(WARM_UP);
    const bareBefore = await bareInserts(db, 0);
    const before = floor.events();
    const began = performance.now();
    await floor.dial(floor.placed() + ATTEMPTS);
    const seconds = (performance.now() - began) / 1_000;
    const events = floor.events() - before;
    const bareAfter = await bareInserts(db, 1_000_000);
    await floor.stop();
    return figuresOf(name, { events, seconds, bare: mean(bareBefore, bareAfter) });
  } finally {
    await db.close();
  }
}

interface Bare {
  together: number;
  single: number;
}

async function bareInserts(db: Database, from: number): Promise<Bare> {
  const insert = (id: number) =>
    db.grouped((tx) => tx.raw('insert into bare (id, body) values (?, ?)', [from + id, 'a bare row']));
  const single = await perSecond(500, async () => {
    for (let n = 0; n < 500; n++) await insert(n);
  });
  const together = await perSecond(4_000, async () => {
    for (let n = 1_000; n < 5_000; n += TOGETHER) {
      await Promise.all(Array.from({ length: TOGETHER }, (_, one) => insert(n + one)));
    }
  });
  return { together, single };
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - began);
}

function mean(a: Bare, b: Bare): Bare {
  return { together: (a.together + b.together) / 2, single: (a.single + b.single) / 2 };
}

function figuresOf(
  database: string,
  { events, seconds, bare }: { events: number; seconds: number; bare: Bare },
): EngineFigures {
  const eventsPerSecond = events / seconds;
  const share = eventsPerSecond / bare.together;
  return {
    database,
    attempts: ATTEMPTS,
    events,
    eventsPerSecond: Math.round(eventsPerSecond),
    insertsPerSecond: Math.round(bare.together),
    singleInsertsPerSecond: Math.round(bare.single),
    share: round(share),
    shareOfSingle: round(eventsPerSecond / bare.single),
    target: TARGET,
    passed: eventsPerSecond / bare.single >= TARGET,
  };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

function inWords(one: EngineFigures): string {
  const verdict = one.passed ? 'passed' : 'FAILED';
  return (
    `engine on ${one.database}: ${one.eventsPerSecond} call events/s; bare committed inserts ` +
    `${one.singleInsertsPerSecond}/s one by one (share ${one.shareOfSingle}), ${one.insertsPerSecond}/s ` +
    `${TOGETHER} at a time (share ${one.share}); at least ${TARGET} of one by one: ${verdict}`
  );
}
