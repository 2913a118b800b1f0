import type { Knex } from 'knex';
import type { MigrationStep } from '../platform/db/index.ts';
import { id, instant, json, oneOf, owned } from './columns.ts';

export const leads: MigrationStep = { name: '003-leads', up, down };

export const LEAD_STATES = ['ready', 'waiting', 'held', 'claimed', 'inCall', 'suppressed', 'done'] as const;

async function up(knex: Knex): Promise<void> {
  await createCustomers(knex);
  await createLists(knex);
  await createLeads(knex);
  await createDoNotCall(knex);
}

async function createCustomers(knex: Knex): Promise<void> {
  // One person over all campaigns and vendors. What a vendor may see of the person is on its own leads.
  await knex.schema.createTable('customers', (table) => {
    id(table).primary();
    table.string('name', 200);
    table.string('zones', 200); // confirmed by the person: stands above what a number says
    id(table, 'merged_into');
    instant(table, 'created_at').notNullable();
  });
  await knex.schema.createTable('customer_numbers', (table) => {
    table.string('e164', 20).notNullable();
    table.string('extension', 12).notNullable().defaultTo('');
    id(table, 'customer_id').notNullable().references('customers.id').onDelete('cascade');
    table.primary(['e164', 'extension', 'customer_id']);
    table.index(['customer_id']);
  });
}

async function createLists(knex: Knex): Promise<void> {
  await knex.schema.createTable('lists', (table) => {
    id(table).primary();
    owned(table);
    id(table, 'campaign_id').references('campaigns.id');
    table.string('name', 200).notNullable();
    table.string('country', 2).notNullable();
    oneOf(table, 'state', ['active', 'stopped']).notNullable().defaultTo('active');
    table.integer('position').notNullable().defaultTo(0);
    instant(table, 'created_at').notNullable();
    table.unique(['team_id', 'name']);
    table.index(['campaign_id']);
  });
  await knex.schema.createTable('list_imports', (table) => {
    id(table).primary();
    id(table, 'list_id').notNullable().references('lists.id');
    table.string('file_id', 200).notNullable();
    table.string('file_name', 255).notNullable();
    table.string('sha256', 64);
    json(table, 'options').notNullable();
    oneOf(table, 'state', ['pending', 'running', 'done', 'failed', 'rolledBack']).notNullable();
    table.bigInteger('rows_read').notNullable().defaultTo(0); // committed: a resumed run begins after it
    table.bigInteger('rows_total');
    table.bigInteger('accepted').notNullable().defaultTo(0);
    table.bigInteger('duplicates').notNullable().defaultTo(0);
    table.bigInteger('do_not_call').notNullable().defaultTo(0);
    table.bigInteger('rejected').notNullable().defaultTo(0);
    table.string('rejects_file_id', 200);
    table.string('error_code', 64);
    id(table, 'created_by');
    instant(table, 'created_at').notNullable();
    instant(table, 'started_at');
    instant(table, 'finished_at');
    table.index(['list_id', 'id']);
  });
  await knex.schema.createTable('list_rejects', (table) => {
    id(table, 'import_id').notNullable().references('list_imports.id').onDelete('cascade');
    table.bigInteger('line').notNullable();
    table.string('code', 64).notNullable();
    json(table, 'params');
    json(table, 'cells').notNullable();
    table.primary(['import_id', 'line']);
  });
}

async function createLeads(knex: Knex): Promise<void> {
  // A zone key stands for all places a lead may be in: the queue is grouped by it (design: dialer/core).
  await knex.schema.createTable('zone_keys', (table) => {
    table.increments('id');
    table.string('zone_key', 255).notNullable().unique();
  });
  await knex.schema.createTable('leads', (table) => {
    id(table).primary();
    id(table, 'list_id').notNullable().references('lists.id');
    id(table, 'customer_id').notNullable().references('customers.id');
    id(table, 'import_id');
    oneOf(table, 'state', LEAD_STATES).notNullable();
    // why it is in its state: the retry's outcome, the gate's reason, the final result
    table.string('reason', 32).notNullable().defaultTo('');
    instant(table, 'due_at'); // waiting, held, claimed: when that ends
    table.integer('zone_id').notNullable(); // of the number to dial next
    table.integer('number_ordinal').notNullable().defaultTo(0); // the number to dial next
    table.integer('rank').notNullable().defaultTo(100); // the smaller is dialed first
    table.integer('attempts').notNullable().defaultTo(0); // that count against its cap
    table.integer('dials').notNullable().defaultTo(0); // all that went to the network
    table.integer('contacts').notNullable().defaultTo(0);
    id(table, 'agent_id'); // a callback promised by this agent
    table.string('ticket', 20); // of the claim; null when not claimed
    // what the person agreed to, as the list proves it; null: nothing on record
    table.string('consent', 16).checkIn(['contract', 'optIn', 'optInWritten']);
    instant(table, 'consent_until');
    json(table, 'profile').notNullable(); // name, gender, company … as this list gave them
    json(table, 'vars').notNullable(); // unknown columns, for the script
    instant(table, 'created_at').notNullable();
    instant(table, 'updated_at').notNullable();
    // the queue: ready leads of one list and zone in dialing order
    table.index(['list_id', 'state', 'zone_id', 'rank', 'id'], 'leads_queue');
    table.index(['customer_id'], 'leads_customer');
  });
  // Not by state: then the planner would rather read all waiting leads through the queue's index.
  await knex.raw('create index leads_due on leads (list_id, due_at) where due_at is not null');
  await knex.schema.createTable('lead_numbers', (table) => {
    id(table, 'lead_id').notNullable().references('leads.id').onDelete('cascade');
    table.integer('ordinal').notNullable();
    id(table, 'list_id').notNullable();
    table.string('e164', 20).notNullable();
    table.string('extension', 12).notNullable().defaultTo('');
    table.string('kind', 16).notNullable().defaultTo('unknown');
    table.integer('zone_id').notNullable();
    oneOf(table, 'state', ['active', 'exhausted', 'invalid', 'suppressed']).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.integer('failures').notNullable().defaultTo(0);
    instant(table, 'next_at');
    table.string('last_outcome', 32);
    table.primary(['lead_id', 'ordinal']);
    table.index(['e164', 'list_id'], 'lead_numbers_e164');
  });
  // Leads counted by what holds them: kept in the transaction of every change (leads-store.ts), so that
  // "why is nobody being dialed" never counts millions of rows.
  await knex.schema.createTable('lead_tallies', (table) => {
    id(table, 'list_id').notNullable();
    table.string('state', 32).notNullable();
    table.string('reason', 32).notNullable();
    table.integer('zone_id').notNullable();
    table.bigInteger('n').notNullable();
    table.primary(['list_id', 'state', 'reason', 'zone_id']);
  });
  await knex.schema.createTable('follow_ups', (table) => {
    id(table).primary();
    owned(table);
    oneOf(table, 'kind', ['callback']).notNullable();
    id(table, 'campaign_id').notNullable();
    id(table, 'lead_id').notNullable().references('leads.id');
    id(table, 'customer_id').notNullable();
    id(table, 'agent_id'); // reserved for this agent; null: anyone
    table.string('local_time', 32).notNullable(); // the promise: 2026-11-22T20:30
    table.string('time_zone', 64).notNullable();
    instant(table, 'due_at').notNullable(); // derived from the two above
    oneOf(table, 'state', ['open', 'done', 'missed', 'cancelled']).notNullable();
    table.string('note', 2000);
    id(table, 'made_in_call');
    instant(table, 'created_at').notNullable();
    instant(table, 'closed_at');
    table.index(['campaign_id', 'state', 'due_at']);
  });
  await knex.raw("create unique index follow_ups_one_open on follow_ups (lead_id) where state = 'open'");
}

async function createDoNotCall(knex: Knex): Promise<void> {
  await knex.schema.createTable('do_not_call', (table) => {
    id(table).primary();
    table.string('scope', 20).notNullable(); // 'all', or a vendor's id
    table.string('e164', 20).notNullable();
    id(table, 'customer_id');
    table.string('reason', 64).notNullable();
    table.string('source', 64).notNullable();
    table.string('note', 500);
    id(table, 'created_by');
    instant(table, 'created_at').notNullable();
    instant(table, 'expires_at');
    instant(table, 'released_at');
    id(table, 'released_by');
    table.string('released_reason', 500);
    table.index(['e164']);
  });
  await knex.raw(
    'create unique index do_not_call_one on do_not_call (scope, e164) where released_at is null',
  );
}

async function down(knex: Knex): Promise<void> {
  const tables = [
    'do_not_call',
    'follow_ups',
    'lead_tallies',
    'lead_numbers',
    'leads',
    'zone_keys',
    'list_rejects',
    'list_imports',
    'lists',
    'customer_numbers',
    'customers',
  ];
  for (const table of tables) await knex.schema.dropTable(table);
}
