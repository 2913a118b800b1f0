import type { Knex } from 'knex';
import type { MigrationStep } from '../platform/db/index.ts';
import { flag, id, instant, json, oneOf, owned } from './columns.ts';

export const calls: MigrationStep = { name: '004-calls', up, down };

const OUTCOMES = [
  'answered',
  'machine',
  'fax',
  'noAnswer',
  'busy',
  'congestion',
  'rejected',
  'invalid',
  'failed',
  'cancelled',
  'hungUpWaiting',
  'abandoned',
  'unknown',
] as const;

async function up(knex: Knex): Promise<void> {
  await createAttempts(knex);
  await createCalls(knex);
  await createAgentSessions(knex);
  await createReports(knex);
}

async function createAttempts(knex: Knex): Promise<void> {
  await knex.schema.createTable('attempts', (table) => {
    id(table).primary();
    owned(table);
    id(table, 'campaign_id').notNullable().references('campaigns.id');
    id(table, 'list_id').notNullable();
    id(table, 'lead_id').notNullable().references('leads.id');
    table.integer('number_ordinal').notNullable();
    id(table, 'customer_id').notNullable();
    table.string('e164', 20).notNullable();
    table.string('extension', 12).notNullable().defaultTo('');
    oneOf(table, 'mode', ['preview', 'progressive', 'ratio', 'predictive', 'manual']).notNullable();
    table.string('caller_id', 20);
    id(table, 'trunk_id');
    table.string('ticket', 20).notNullable();
    json(table, 'gate'); // which presets allowed it, in which zones
    id(table, 'script_version_id');
    instant(table, 'ordered_at').notNullable(); // durable before the network hears of it
    instant(table, 'ringing_at');
    instant(table, 'answered_at');
    table.string('answered_by', 16);
    instant(table, 'connected_at');
    flag(table, 'connected_late'); // after the legal limit: answered and abandoned
    instant(table, 'ended_at');
    table.string('outcome', 32).checkIn([...OUTCOMES]); // null while it lives
    table.string('cause', 32);
    id(table, 'agent_id');
    id(table, 'call_id');
    flag(table, 'message_played');
    flag(table, 'opted_out');
    table.index(['lead_id']);
    table.index(['e164', 'ordered_at']);
    table.index(['campaign_id', 'ordered_at']);
  });
  // One live outbound attempt per number in the whole system.
  await knex.raw('create unique index attempts_one_live on attempts (e164) where ended_at is null');
  await knex.raw('create index attempts_open on attempts (campaign_id) where ended_at is null');
}

async function createCalls(knex: Knex): Promise<void> {
  await knex.schema.createTable('calls', (table) => {
    id(table).primary();
    owned(table);
    id(table, 'campaign_id').notNullable();
    id(table, 'list_id');
    id(table, 'lead_id');
    id(table, 'customer_id');
    id(table, 'attempt_id').unique();
    oneOf(table, 'direction', ['outbound', 'inbound']).notNullable();
    instant(table, 'started_at').notNullable(); // the customer and an agent joined
    instant(table, 'ended_at');
    table.bigInteger('talk_ms');
    id(table, 'agent_id').notNullable();
    id(table, 'script_version_id');
    id(table, 'disposition_id');
    table.string('disposition_category', 32);
    instant(table, 'disposed_at');
    table.string('note', 2000);
    table.index(['campaign_id', 'started_at']);
    table.index(['agent_id', 'started_at']);
    table.index(['lead_id']);
    table.index(['customer_id', 'started_at']);
  });
  await knex.schema.createTable('legs', (table) => {
    id(table).primary();
    id(table, 'call_id').notNullable().references('calls.id').onDelete('cascade');
    oneOf(table, 'party', ['customer', 'agent', 'third']).notNullable();
    instant(table, 'started_at').notNullable();
    instant(table, 'answered_at');
    instant(table, 'ended_at');
    table.string('cause', 32);
    table.index(['call_id']);
  });
  await knex.schema.createTable('segments', (table) => {
    id(table, 'call_id').notNullable().references('calls.id').onDelete('cascade');
    table.integer('ordinal').notNullable();
    id(table, 'agent_id').notNullable();
    id(table, 'session_id').notNullable();
    instant(table, 'started_at').notNullable();
    instant(table, 'ended_at');
    instant(table, 'wrap_up_ended_at');
    table.bigInteger('wrap_up_ms'); // the work itself: it may begin later than the segment ended
    table.primary(['call_id', 'ordinal']);
  });
}

async function createAgentSessions(knex: Knex): Promise<void> {
  await knex.schema.createTable('agent_sessions', (table) => {
    id(table).primary();
    owned(table);
    id(table, 'agent_id').notNullable().references('users.id');
    id(table, 'campaign_id').notNullable().references('campaigns.id');
    instant(table, 'started_at').notNullable();
    instant(table, 'ended_at');
    table.string('end_reason', 32);
    table.index(['campaign_id', 'started_at']);
    table.index(['agent_id', 'started_at']);
  });
  await knex.raw(
    'create unique index agent_sessions_one on agent_sessions (agent_id) where ended_at is null',
  );
  // Every state an agent was in, half-open and without gaps: the sum is the staff time.
  await knex.schema.createTable('agent_intervals', (table) => {
    id(table, 'session_id').notNullable().references('agent_sessions.id').onDelete('cascade');
    table.integer('ordinal').notNullable();
    id(table, 'agent_id').notNullable();
    id(table, 'campaign_id').notNullable();
    oneOf(table, 'state', [
      'available',
      'reserved',
      'ringing',
      'connected',
      'wrapUp',
      'paused',
    ]).notNullable();
    table.string('reason', 32).notNullable().defaultTo('');
    id(table, 'attempt_id');
    instant(table, 'started_at').notNullable();
    instant(table, 'ended_at');
    table.primary(['session_id', 'ordinal']);
    table.index(['campaign_id', 'started_at']);
  });
}

/** What is counted per bucket; `n`-columns are signed sums, so that a correction is one more addition. */
export const REPORT_MEASURES = [
  'attempts',
  'first_attempts', // leads tried for the first time
  'answered', // by a person
  'connected', // a person and an agent: a contact
  'first_contacts', // leads reached for the first time
  'right_person',
  'sales',
  'refusals',
  'callbacks',
  'do_not_calls',
  'abandoned',
  'hung_up_waiting',
  'machines',
  'no_answers',
  'busies',
  'rejections',
  'invalids',
  'failures',
  'ring_ms',
  'wait_ms',
  'talk_ms',
  'wrap_up_ms',
] as const;

async function createReports(knex: Knex): Promise<void> {
  await knex.schema.createTable('report_buckets', (table) => {
    id(table, 'campaign_id').notNullable();
    id(table, 'list_id').notNullable();
    table.string('agent_id', 20).notNullable().defaultTo(''); // '' where no agent was part of it
    table.string('script_version_id', 20).notNullable().defaultTo('');
    instant(table, 'bucket_at').notNullable(); // start of a UTC quarter of an hour
    for (const measure of REPORT_MEASURES) table.bigInteger(measure).notNullable().defaultTo(0);
    table.primary(['campaign_id', 'bucket_at', 'list_id', 'agent_id', 'script_version_id']);
  });
  // Agents' time by state, from the intervals, in the same buckets.
  await knex.schema.createTable('agent_time_buckets', (table) => {
    id(table, 'campaign_id').notNullable();
    id(table, 'agent_id').notNullable();
    instant(table, 'bucket_at').notNullable();
    table.string('state', 32).notNullable();
    table.bigInteger('ms').notNullable().defaultTo(0);
    table.primary(['campaign_id', 'bucket_at', 'agent_id', 'state']);
  });
  // The legal windows in which abandoned calls are judged: compliance/abandon-ledger.ts
  await knex.schema.createTable('abandon_ledger', (table) => {
    id(table, 'campaign_id').notNullable();
    table.string('window_key', 64).notNullable();
    instant(table, 'window_start').notNullable();
    instant(table, 'window_end').notNullable();
    table.bigInteger('answered').notNullable().defaultTo(0);
    table.bigInteger('abandoned').notNullable().defaultTo(0);
    table.bigInteger('hung_up_waiting').notNullable().defaultTo(0);
    table.primary(['campaign_id', 'window_key']);
  });
}

async function down(knex: Knex): Promise<void> {
  const tables = [
    'abandon_ledger',
    'agent_time_buckets',
    'report_buckets',
    'agent_intervals',
    'agent_sessions',
    'segments',
    'legs',
    'calls',
    'attempts',
  ];
  for (const table of tables) await knex.schema.dropTable(table);
}
