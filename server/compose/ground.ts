import { join } from 'node:path';
import { migrations } from '../../migrations/index.ts';
import { systemTimers, type Timers } from '../../platform/clock/index.ts';
import type { Config } from '../../platform/config/index.ts';
import {
  type Database,
  type DatabaseLocation,
  holdWriterLock,
  migrate,
  openDatabase,
} from '../../platform/db/index.ts';
import { EventStream } from '../../platform/events/index.ts';
import { type FileStore, FolderFileStore } from '../../platform/files/index.ts';
import { createIds, type Ids } from '../../platform/ids/index.ts';
import { createPino, fromPino, type Logger } from '../../platform/log/index.ts';
import { BullQueue, DatabaseQueue, type Queue } from '../../platform/queue/index.ts';
import { systemRandom } from '../../platform/random/index.ts';

/** The platform's parts, opened by a configuration: what every role and every command stands on. */
export interface Ground {
  config: Config;
  db: Database;
  timers: Timers;
  ids: Ids;
  pino: ReturnType<typeof createPino>;
  log: Logger;
  events: EventStream;
  queue: Queue;
  files: FileStore;
  /** No other process works on this database: it is an SQLite file, and we hold its lock. */
  soleProcess: boolean;
  /** Steps of the schema that this opening ran. */
  migrated: readonly string[];
  close(): Promise<void>;
}

export interface GroundOptions {
  /** See `DatabaseLocation`; for runs that are simply repeated after a power cut. */
  synchronous?: DatabaseLocation['synchronous'];
}

export function sqliteFile(config: Config): string {
  return join(config.dataDir, 'dialwright.sqlite');
}

/**
 * Opens the database (alone, on SQLite) with its schema up to date, and builds what stands on it; starts nothing.
 * @throws DomainError `database_in_use`
 */
export async function openGround(config: Config, options: GroundOptions = {}): Promise<Ground> {
  const { databaseUrl, redisUrl } = config;
  const lock = databaseUrl ? undefined : await holdWriterLock(join(config.dataDir, 'writer.lock'));
  const db = openDatabase(databaseUrl ? { databaseUrl } : { sqliteFile: sqliteFile(config), ...options });
  const soleProcess = lock !== undefined;
  const timers = systemTimers;
  const ids = createIds(timers, systemRandom);
  const pino = createPino({ level: config.logLevel });
  const log = fromPino(pino);
  const close = async () => {
    await db.close();
    await lock?.release();
  };
  try {
    const migrated = await migrate(db.migrator, migrations);
    const queue = redisUrl
      ? new BullQueue({ redisUrl, db, timers, ids, log })
      : new DatabaseQueue({ db, timers, ids, log, soleProcess });
    const events = new EventStream({ db, timers, ids, log });
    const files = new FolderFileStore(join(config.dataDir, 'files'));
    return { config, db, timers, ids, pino, log, events, queue, files, soleProcess, migrated, close };
  } catch (error) {
    await close();
    throw error;
  }
}
