import type { Knex } from 'knex';
import type { MigrationStep } from '../platform/db/index.ts';
import { flag, id, instant, json, oneOf, owned } from './columns.ts';

export const campaigns: MigrationStep = { name: '002-campaigns', up, down };

async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('scripts', (table) => {
    id(table).primary();
    owned(table);
    table.string('name', 200).notNullable();
    instant(table, 'created_at').notNullable();
    table.unique(['team_id', 'name']);
  });
  await knex.schema.createTable('script_versions', (table) => {
    id(table).primary();
    id(table, 'script_id').notNullable().references('scripts.id').onDelete('cascade');
    table.integer('number').notNullable();
    table.string('locale', 10).notNullable();
    oneOf(table, 'state', ['draft', 'approved', 'retired']).notNullable();
    json(table, 'document').notNullable();
    table.string('content_hash', 64).notNullable();
    id(table, 'created_by');
    instant(table, 'created_at').notNullable();
    id(table, 'approved_by');
    instant(table, 'approved_at');
    table.unique(['script_id', 'number']);
  });
  await knex.schema.createTable('products', (table) => {
    id(table).primary();
    id(table, 'vendor_id').notNullable().references('vendors.id');
    table.string('code', 64).notNullable();
    table.string('name_en', 200).notNullable();
    table.string('name_zh', 200).notNullable();
    table.bigInteger('price_minor').notNullable();
    table.string('currency', 3).notNullable();
    flag(table, 'active', 1);
    instant(table, 'created_at').notNullable();
    table.unique(['vendor_id', 'code']);
  });
  await knex.schema.createTable('trunks', (table) => {
    id(table).primary();
    table.string('name', 100).notNullable().unique();
    table.integer('capacity').notNullable();
    table.double('calls_per_second').notNullable();
    flag(table, 'active', 1);
    instant(table, 'created_at').notNullable();
  });
  await knex.schema.createTable('campaigns', (table) => {
    id(table).primary();
    owned(table);
    table.string('name', 200).notNullable();
    oneOf(table, 'state', ['draft', 'ready', 'running', 'paused', 'finished', 'archived']).notNullable();
    oneOf(table, 'dial_mode', ['preview', 'progressive', 'ratio', 'predictive']).notNullable();
    table.string('time_zone', 64).notNullable();
    id(table, 'script_id').references('scripts.id');
    // everything the engine and the rules read as a whole, checked by one schema: campaigns-schema.ts
    json(table, 'settings').notNullable();
    table.integer('version').notNullable().defaultTo(1);
    instant(table, 'started_at');
    instant(table, 'finished_at');
    instant(table, 'created_at').notNullable();
    instant(table, 'updated_at').notNullable();
    table.unique(['team_id', 'name']);
    table.index(['state']);
  });
  await knex.schema.createTable('caller_ids', (table) => {
    id(table).primary();
    id(table, 'campaign_id').notNullable().references('campaigns.id').onDelete('cascade');
    table.string('e164', 20).notNullable();
    table.integer('daily_cap');
    table.integer('position').notNullable();
    table.unique(['campaign_id', 'e164']);
  });
  await knex.schema.createTable('dispositions', (table) => {
    id(table).primary();
    id(table, 'campaign_id').notNullable().references('campaigns.id').onDelete('cascade');
    id(table, 'parent_id').references('dispositions.id'); // two levels: a parent has none of its own
    table.string('code', 64).notNullable();
    oneOf(table, 'category', [
      'sale',
      'refusal',
      'callback',
      'undecided',
      'wrongPerson',
      'doNotCall',
      'machine',
      'noContact',
    ]).notNullable();
    table.string('label_en', 120).notNullable();
    table.string('label_zh', 120).notNullable();
    flag(table, 'right_person');
    flag(table, 'needs_note');
    flag(table, 'needs_callback_time');
    json(table, 'rule').notNullable(); // what happens to the lead: dispositions-schema.ts
    table.integer('position').notNullable();
    flag(table, 'active', 1);
    table.unique(['campaign_id', 'code']);
  });
  // Which process runs a campaign's dialing: an expiring lease; the token fences out a late former owner.
  await knex.schema.createTable('campaign_leases', (table) => {
    id(table, 'campaign_id').primary();
    table.string('owner', 64).notNullable();
    table.bigInteger('token').notNullable();
    instant(table, 'expires_at').notNullable();
  });
}

async function down(knex: Knex): Promise<void> {
  const tables = [
    'campaign_leases',
    'dispositions',
    'caller_ids',
    'campaigns',
    'trunks',
    'products',
    'script_versions',
    'scripts',
  ];
  for (const table of tables) await knex.schema.dropTable(table);
}
