import type { Knex } from 'knex';

/**
 * `outbox`: events written with the change they tell of, numbered after its commit. `outbox_state`: one row,
 * the last number given and the last one pruned; whoever holds its lock gives numbers.
 */
export async function createOutboxTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('outbox', (table) => {
    table.text('id').primary();
    table.bigInteger('sequence');
    table.text('name').notNullable();
    table.text('payload').notNullable();
    table.text('vendor_id');
    table.text('team_id');
    table.text('campaign_id');
    table.text('user_id');
    table.bigInteger('occurred_at').notNullable();
    table.bigInteger('published_at');
    table.unique(['sequence'], { indexName: 'outbox_sequence' });
  });
  await knex.raw('create index outbox_unpublished on outbox (id) where sequence is null');
  await knex.schema.createTable('outbox_state', (table) => {
    table.integer('id').primary();
    table.bigInteger('last_sequence').notNullable();
    table.bigInteger('pruned_through').notNullable();
    table.check('id = 1', [], 'outbox_state_single');
  });
  await knex('outbox_state').insert({ id: 1, last_sequence: 0, pruned_through: 0 });
}

export async function dropOutboxTables(knex: Knex): Promise<void> {
  await knex.schema.dropTable('outbox_state');
  await knex.schema.dropTable('outbox');
}
