import type { Knex } from 'knex';

/** `schedule_firings`: which instant of which schedule has fired; the key makes it once in the whole cluster. */
export async function createScheduleTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('schedule_firings', (table) => {
    table.text('schedule').notNullable();
    table.bigInteger('scheduled_at').notNullable();
    table.bigInteger('fired_at').notNullable();
    table.primary(['schedule', 'scheduled_at']);
  });
}

export async function dropScheduleTables(knex: Knex): Promise<void> {
  await knex.schema.dropTable('schedule_firings');
}
