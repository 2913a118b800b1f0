import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { randomToken } from '../../platform/random/index.ts';

/** A database of one suite's own; `close` disconnects and removes it. */
export interface TestDatabase {
  knex: Knex;
  /** A second connection pool on the same database, as another process would have; closed with it. */
  connectAgain(): Knex;
  /** What a child process needs to connect to the same database. */
  connection: { client: 'sqlite3'; filename: string } | { client: 'pg'; url: string; schema: string };
  close(): Promise<void>;
}

export interface TestEngine {
  name: 'SQLite' | 'PostgreSQL';
  /** A fresh, empty database: an SQLite file, or a schema of the PostgreSQL at DATABASE_URL. */
  open(): Promise<TestDatabase>;
}

/**
 * The engines to run a suite on: SQLite always, PostgreSQL when DATABASE_URL is set. `test/run.ts` names the
 * files that call this when it is not.
 */
export function testDatabases(): TestEngine[] {
  const url = process.env.DATABASE_URL;
  const engines: TestEngine[] = [{ name: 'SQLite', open: openSqlite }];
  if (url) engines.push({ name: 'PostgreSQL', open: () => openPostgres(url) });
  return engines;
}

/** Connects to a database made by {@link testDatabases}, from whatever process. */
export function connectTo(connection: TestDatabase['connection']): Knex {
  if (connection.client === 'pg') {
    return knexFactory({
      client: 'pg',
      connection: connection.url,
      searchPath: [connection.schema],
      pool: { min: 0, max: 6 },
      acquireConnectionTimeout: 5_000,
    });
  }
  return knexFactory({
    client: 'sqlite3',
    connection: { filename: connection.filename },
    useNullAsDefault: true,
    acquireConnectionTimeout: 5_000,
    pool: { min: 1, max: 1, afterCreate: setPragmas },
  });
}

function setPragmas(
  connection: { exec(sql: string, done: (error: Error | null) => void): void },
  done: (error: Error | null, connection: unknown) => void,
): void {
  const pragmas =
    'pragma journal_mode=wal; pragma busy_timeout=5000; pragma foreign_keys=on; pragma synchronous=normal';
  connection.exec(pragmas, (error) => done(error, connection));
}

async function openSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-test-'));
  return database({ client: 'sqlite3', filename: join(folder, 'test.sqlite') }, async () => {
    await rm(folder, { recursive: true, force: true });
  });
}

async function openPostgres(url: string): Promise<TestDatabase> {
  const schema = `test_${Buffer.from(randomToken(8), 'base64url').toString('hex')}`;
  const admin = knexFactory({ client: 'pg', connection: url, pool: { min: 0, max: 1 } });
  await admin.raw('create schema ??', [schema]);
  return database({ client: 'pg', url, schema }, async () => {
    await admin.raw('drop schema ?? cascade', [schema]);
    await admin.destroy();
  });
}

function database(connection: TestDatabase['connection'], remove: () => Promise<void>): TestDatabase {
  const pools = [connectTo(connection)];
  const [knex] = pools as [Knex];
  return {
    knex,
    connection,
    connectAgain() {
      const pool = connectTo(connection);
      pools.push(pool);
      return pool;
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await remove();
    },
  };
}
