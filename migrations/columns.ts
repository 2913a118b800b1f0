import type { Knex } from 'knex';

/** How the schema writes down the kinds of value it holds; see docs/adr/002-storage.md. */

/** Length of an id of `platform/ids`. */
const ID_LENGTH = 20;

export function id(table: Knex.CreateTableBuilder, name = 'id'): Knex.ColumnBuilder {
  return table.string(name, ID_LENGTH);
}

/** UTC milliseconds. */
export function instant(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.bigInteger(name);
}

/** 0 or 1 on both databases. */
export function flag(table: Knex.CreateTableBuilder, name: string, value: 0 | 1 = 0): void {
  table.integer(name).notNullable().defaultTo(value);
}

/** A column that holds one of a closed set of words, checked by the database too. */
export function oneOf(
  table: Knex.CreateTableBuilder,
  name: string,
  values: readonly string[],
): Knex.ColumnBuilder {
  const column = table.string(name, 32);
  column.checkIn([...values]);
  return column;
}

/** JSON as text: read and written by one store, never searched by the database. */
export function json(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.text(name);
}

/** The scope every business row is seen by. */
export function owned(table: Knex.CreateTableBuilder): void {
  id(table, 'vendor_id').notNullable().references('vendors.id');
  id(table, 'team_id').notNullable().references('teams.id');
}
