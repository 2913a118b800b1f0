import type { Knex } from 'knex';
import type { MigrationStep } from '../platform/db/index.ts';
import { createOutboxTables, dropOutboxTables } from '../platform/events/index.ts';
import { createQueueTables, dropQueueTables } from '../platform/queue/index.ts';
import { createScheduleTables, dropScheduleTables } from '../platform/schedule/index.ts';

/** The platform's own tables; their columns are described where they are used. */
export const platform: MigrationStep = { name: '005-platform', up, down };

async function up(knex: Knex): Promise<void> {
  await createQueueTables(knex);
  await createOutboxTables(knex);
  await createScheduleTables(knex);
}

async function down(knex: Knex): Promise<void> {
  await dropScheduleTables(knex);
  await dropOutboxTables(knex);
  await dropQueueTables(knex);
}
