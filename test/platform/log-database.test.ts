import assert from 'node:assert/strict';
import { test } from 'node:test';
import knexFactory from 'knex';
import { createLogger } from '../../platform/log/index.ts';

test('the number and the name in a failed statement of Knex do not come out', async (t) => {
  const knex = knexFactory({ client: 'sqlite3', connection: ':memory:', useNullAsDefault: true });
  t.after(() => knex.destroy());
  await knex.schema.createTable('people', (table) => {
    table.text('e164').unique();
    table.text('name');
  });
  const row = { e164: '+8613800138000', name: 'Mingxia' };
  await knex('people').insert(row);
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const error: unknown = await knex('people')
    .insert(row)
    .catch((failure: unknown) => failure);
  assert.ok(error instanceof Error && error.message.includes(row.e164), 'Knex does show the values');
  log.error({ err: error }, 'insert failed');
  assert.doesNotMatch(lines.join(''), /138001|Mingxia/);
  assert.match(lines.join(''), /UNIQUE constraint failed: people\.e164/);
});
