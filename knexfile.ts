import type { Knex } from 'knex';
import { migrations } from './migrations/index.ts';
import { migrationSource } from './platform/db/index.ts';

/** For the knex command line (`npx knex migrate:status`); `dialwright migrate` does the same for users. */
const config: Knex.Config = process.env.DATABASE_URL
  ? { client: 'pg', connection: process.env.DATABASE_URL }
  : {
      client: 'sqlite3',
      connection: { filename: `${process.env.DATA_DIR ?? './data'}/dialwright.sqlite` },
      useNullAsDefault: true,
    };

export default { ...config, migrations: { migrationSource: migrationSource(migrations) } };
