import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import pg from 'pg';

export interface DatabaseLocation {
  /** `postgres://…`; when absent, `sqliteFile` is used. */
  databaseUrl?: string;
  sqliteFile?: string;
  /** PostgreSQL schema to live in; `public` by default. Tests have one each. */
  schema?: string;
  /**
   * SQLite only. `full` (default): a commit survives a power cut. `off`: only the process's own crash is
   * survived; for runs that are simply repeated, like a replay into a new file.
   */
  synchronous?: 'full' | 'off';
  maxConnections?: number;
}

/** How long a transaction may wait for a connection before it fails; ms. */
const ACQUIRE_TIMEOUT_MS = 30_000;

export interface Connections {
  writer: Knex;
  /** On SQLite a second, read-only pool on the same file; on PostgreSQL the same pool. */
  reader: Knex;
  /** On SQLite a connection that only carries the write-ahead log over. */
  checkpointer?: Knex;
}

export function connect(location: DatabaseLocation): Connections {
  if (location.databaseUrl) {
    const writer = connectPostgres(location.databaseUrl, location);
    return { writer, reader: writer };
  }
  if (!location.sqliteFile) throw new Error('Neither databaseUrl nor sqliteFile is given');
  // customers and password hashes: nothing for other users of the machine
  mkdirSync(dirname(location.sqliteFile), { recursive: true, mode: 0o700 });
  return {
    // One connection: Knex has no BEGIN IMMEDIATE, and a pool of deferred transactions that read and then
    // write fails with SQLITE_BUSY at once (see docs/adr/002-storage.md).
    writer: connectSqlite(location.sqliteFile, { max: 1, pragmas: writerPragmas(location) }),
    // Few: every waiting sqlite3 call blocks one of libuv's four threads.
    reader: connectSqlite(location.sqliteFile, { max: 2, pragmas: READER_PRAGMAS }),
    checkpointer: connectSqlite(location.sqliteFile, { max: 1, pragmas: writerPragmas(location) }),
  };
}

const COMMON_PRAGMAS = 'PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;';
const READER_PRAGMAS = `${COMMON_PRAGMAS} PRAGMA query_only=ON;`;

/** Pages (of 4 kB) in the write-ahead log at which the writer itself carries over what `Checkpointer` has left. */
const LOG_LIMIT = 'PRAGMA wal_autocheckpoint=16000;';

function writerPragmas(location: DatabaseLocation): string {
  const synchronous = location.synchronous === 'off' ? 'OFF' : 'FULL';
  return `PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous}; PRAGMA temp_store=MEMORY; ${LOG_LIMIT} ${COMMON_PRAGMAS}`;
}

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

function connectSqlite(filename: string, options: { max: number; pragmas: string }): Knex {
  return knexFactory({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    compileSqlOnError: false, // else an error's text holds the values: phone numbers in the log
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    pool: {
      min: 1,
      max: options.max,
      afterCreate(
        connection: SqliteConnection,
        done: (error: Error | null, connection: SqliteConnection) => void,
      ) {
        connection.exec(options.pragmas, (error) => done(error, connection));
      },
    },
  });
}

const INT8 = 20;
const NUMERIC = 1700;

/** Instants, counts and sums come as numbers: all stay below 2^53. */
const numberParsing = {
  getTypeParser(oid: number, format?: unknown) {
    if (oid === INT8 || oid === NUMERIC) return Number;
    return pg.types.getTypeParser(oid as Parameters<typeof pg.types.getTypeParser>[0], format as 'text');
  },
};

function connectPostgres(databaseUrl: string, location: DatabaseLocation): Knex {
  return knexFactory({
    client: 'pg',
    connection: { connectionString: databaseUrl, types: numberParsing },
    searchPath: [location.schema ?? 'public'],
    compileSqlOnError: false,
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    pool: { min: 0, max: location.maxConnections ?? 10 },
  });
}
