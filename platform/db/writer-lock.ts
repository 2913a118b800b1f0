import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knexFactory from 'knex';
import { DomainError } from '../errors/index.ts';

export interface WriterLock {
  release(): Promise<void>;
}

/**
 * Asserts that this process alone writes the SQLite file: holds an exclusive lock on a small file beside it for
 * as long as the process lives. The operating system frees it when the process dies, however it dies.
 * @throws DomainError `database_in_use` when another process holds it
 */
export async function holdWriterLock(lockFile: string): Promise<WriterLock> {
  mkdirSync(dirname(lockFile), { recursive: true, mode: 0o700 });
  const knex = knexFactory({
    client: 'sqlite3',
    connection: { filename: lockFile },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  try {
    await knex.raw('PRAGMA locking_mode=EXCLUSIVE');
    await knex.raw('BEGIN EXCLUSIVE');
  } catch (error) {
    await knex.destroy();
    throw new DomainError(
      'conflict',
      'database_in_use',
      `Another Dialwright process works on this data directory (${dirname(lockFile)}). Stop it, or set DATA_DIR to another one; several processes need PostgreSQL (DATABASE_URL).`,
      { cause: error },
    );
  }
  return { release: () => knex.destroy() };
}
