import type { Knex } from 'knex';

/**
 * `jobs`: the jobs of the in-process queue, and for Bull the intents written inside somebody's unit of work
 * until they are handed to Redis (state `intent`).
 */
export async function createQueueTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('jobs', (table) => {
    table.text('type').notNullable();
    table.text('id').notNullable();
    table.text('payload').notNullable();
    table.text('state').notNullable();
    table.bigInteger('run_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('finished_at');
    table.integer('attempts_made').notNullable();
    table.integer('crashes').notNullable();
    table.text('lease_token');
    table.bigInteger('lease_until');
    table.text('progress');
    table.text('failure');
    table.primary(['type', 'id']);
    table.index(['state', 'type', 'run_at'], 'jobs_due');
    table.check("state in ('intent', 'waiting', 'active', 'completed', 'failed')", [], 'jobs_state');
    table.check("(state = 'active') = (lease_token is not null)", [], 'jobs_lease');
  });
}

export async function dropQueueTables(knex: Knex): Promise<void> {
  await knex.schema.dropTable('jobs');
}
