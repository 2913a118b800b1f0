import { access, open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadConfig } from '../../../platform/config/index.ts';
import { openDatabase } from '../../../platform/db/index.ts';
import { DomainError } from '../../../platform/errors/index.ts';
import { sqliteFile } from '../../compose/ground.ts';
import type { Command } from '../command.ts';

/** `backup`: a consistent copy of the SQLite file, also while the system runs. */
export const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE',
  summary:
    'Copy the SQLite database to FILE, consistent and without stopping anything. Uploads and recordings are\nordinary files in DATA_DIR/files. For PostgreSQL use pg_dump.',
  options: {},
  words: { min: 1, max: 1 },
  async run({ env, words }) {
    const config = loadConfig(env);
    if (config.databaseUrl) {
      throw new DomainError(
        'invalid',
        'backup_of_postgres',
        'DATABASE_URL is set: back PostgreSQL up with pg_dump',
      );
    }
    const target = resolve(words[0] ?? '');
    await mustExist(sqliteFile(config));
    await makeOwn(target);
    const db = openDatabase({ sqliteFile: sqliteFile(config) });
    try {
      await db.migrator.raw('vacuum into ?', [target]); // it takes an empty file for a new one
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    } finally {
      await db.close();
    }
    return { data: { file: target }, text: `The database was copied to ${target}.` };
  },
};

async function mustExist(file: string): Promise<void> {
  await access(file).catch(() => {
    throw new DomainError(
      'notFound',
      'no_database',
      `There is no database to back up: ${file} does not exist`,
    );
  });
}

/** The copy holds customers and password hashes: it is its owner's from the first byte on. */
async function makeOwn(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new DomainError('conflict', 'backup_exists', `${file} exists already: name a new file`);
  }
}
