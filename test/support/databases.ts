import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory from 'knex';
import { migrations } from '../../migrations/index.ts';
import { type Database, type DatabaseLocation, migrate, openDatabase } from '../../platform/db/index.ts';
import { randomToken } from '../../platform/random/index.ts';

/** A database of one suite's own; `close` disconnects and removes it. */
export interface TestDatabase {
  db: Database;
  /** To connect to it from another process. */
  location: DatabaseLocation;
  /** A second set of connections to the same database, as another process would have; closed with it. */
  readonly connectAgain: () => Database;
  readonly close: () => Promise<void>;
}

export interface TestEngine {
  name: 'SQLite' | 'PostgreSQL';
  /** A fresh database with the whole schema, or an `empty` one: an SQLite file, or a PostgreSQL schema. */
  open(content?: 'migrated' | 'empty'): Promise<TestDatabase>;
}

/**
 * The engines to run a suite on: SQLite always, PostgreSQL when DATABASE_URL is set. `test/run.ts` names the
 * suites that import this when it is not.
 */
export function testDatabases(): TestEngine[] {
  const databaseUrl = process.env.DATABASE_URL;
  const sqlite: TestEngine = { name: 'SQLite', open: (content) => openSqlite(content) };
  if (!databaseUrl) return [sqlite];
  return [sqlite, { name: 'PostgreSQL', open: (content) => openPostgres(databaseUrl, content) }];
}

async function openSqlite(content?: 'migrated' | 'empty'): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-test-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  return prepare({ sqliteFile: join(folder, 'test.sqlite'), synchronous: 'off' }, { content, remove });
}

async function openPostgres(databaseUrl: string, content?: 'migrated' | 'empty'): Promise<TestDatabase> {
  const schema = `test_${Buffer.from(randomToken(8), 'base64url').toString('hex')}`;
  const admin = knexFactory({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } });
  await admin.raw('create schema ??', [schema]);
  const remove = async () => {
    await admin.raw('drop schema ?? cascade', [schema]);
    await admin.destroy();
  };
  return prepare({ databaseUrl, schema, maxConnections: 6 }, { content, remove });
}

async function prepare(
  location: DatabaseLocation,
  { content, remove }: { content: 'migrated' | 'empty' | undefined; remove: () => Promise<void> },
): Promise<TestDatabase> {
  const opened: Database[] = [];
  const connectAgain = () => {
    const db = openDatabase(location);
    opened.push(db);
    return db;
  };
  const close = async () => {
    await Promise.all(opened.map((db) => db.close()));
    await remove();
  };
  const db = connectAgain();
  try {
    if (content !== 'empty') await migrate(db.migrator, migrations);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, location, connectAgain, close };
}
