import type { Knex } from 'knex';

/** One step of the schema. Its name never changes once released: Knex remembers it without a file's ending. */
export interface MigrationStep {
  name: string;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

/** Migrations as code, so that a compiled build and the sources know the same names. */
export function migrationSource(steps: readonly MigrationStep[]): Knex.MigrationSource<MigrationStep> {
  return {
    getMigrations: async () => [...steps],
    getMigrationName: (step) => step.name,
    getMigration: async (step) => ({ up: step.up, down: step.down }),
  };
}

/**
 * Brings the schema up to date; answers the names of the steps it ran.
 *
 * Foreign keys are off while steps run on SQLite: altering a table there copies it and drops the old one, which
 * would delete all rows that refer to it.
 */
export async function migrate(knex: Knex, steps: readonly MigrationStep[]): Promise<string[]> {
  const sqlite = knex.client.config.client !== 'pg';
  if (sqlite) await knex.raw('PRAGMA foreign_keys=OFF');
  try {
    const [, names] = await knex.migrate.latest({ migrationSource: migrationSource(steps) });
    return names as string[];
  } finally {
    if (sqlite) await knex.raw('PRAGMA foreign_keys=ON');
  }
}
