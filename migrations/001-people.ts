import type { Knex } from 'knex';
import type { MigrationStep } from '../platform/db/index.ts';
import { flag, id, instant, json, oneOf } from './columns.ts';

export const people: MigrationStep = { name: '001-people', up, down };

async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('vendors', (table) => {
    id(table).primary();
    table.string('name', 200).notNullable().unique();
    instant(table, 'created_at').notNullable();
  });
  await knex.schema.createTable('teams', (table) => {
    id(table).primary();
    id(table, 'vendor_id').notNullable().references('vendors.id');
    table.string('name', 200).notNullable();
    instant(table, 'created_at').notNullable();
    table.unique(['vendor_id', 'name']);
  });
  await knex.schema.createTable('users', (table) => {
    id(table).primary();
    id(table, 'vendor_id').notNullable().references('vendors.id');
    id(table, 'team_id').notNullable().references('teams.id');
    table.string('login', 100).notNullable().unique();
    table.string('name', 200).notNullable();
    oneOf(table, 'role', ['admin', 'manager', 'marketer', 'agent']).notNullable();
    // what the user sees: everything, all teams of the vendor, or the own team
    oneOf(table, 'scope', ['all', 'vendor', 'team']).notNullable();
    oneOf(table, 'state', ['active', 'disabled']).notNullable();
    table.string('password_hash', 300).notNullable();
    table.string('locale', 10).notNullable().defaultTo('en');
    table.string('agent_number', 32); // 工号, told to the customer
    flag(table, 'robot'); // a simulated agent of the demo
    instant(table, 'created_at').notNullable();
    instant(table, 'updated_at').notNullable();
    table.index(['vendor_id', 'team_id']);
  });
  await knex.schema.createTable('user_sessions', (table) => {
    table.string('token_hash', 64).primary();
    id(table, 'user_id').notNullable().references('users.id').onDelete('cascade');
    table.string('csrf_token', 64).notNullable();
    instant(table, 'created_at').notNullable();
    instant(table, 'last_seen_at').notNullable();
    instant(table, 'expires_at').notNullable().index();
    table.index(['user_id']);
  });
  await knex.schema.createTable('audit_entries', (table) => {
    id(table).primary();
    instant(table, 'at').notNullable();
    id(table, 'actor_id'); // null: the system itself
    id(table, 'vendor_id');
    id(table, 'team_id');
    table.string('action', 64).notNullable(); // campaign.paused
    table.string('entity', 32).notNullable();
    id(table, 'entity_id').notNullable();
    json(table, 'before');
    json(table, 'after');
    table.string('reason', 500);
    table.index(['entity', 'entity_id', 'id']);
    table.index(['vendor_id', 'team_id', 'id']);
  });
  await knex.schema.createTable('idempotency_keys', (table) => {
    id(table, 'user_id').notNullable();
    table.string('key', 200).notNullable();
    table.string('request_hash', 64).notNullable();
    table.integer('status');
    json(table, 'body');
    instant(table, 'created_at').notNullable().index();
    table.primary(['user_id', 'key']);
  });
}

async function down(knex: Knex): Promise<void> {
  for (const table of ['idempotency_keys', 'audit_entries', 'user_sessions', 'users', 'teams', 'vendors']) {
    await knex.schema.dropTable(table);
  }
}
