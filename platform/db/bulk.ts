import type { Tx } from './database.ts';
import { type ColumnType, packRows } from './dialect.ts';

export type Columns = Record<string, ColumnType>;
type Cell = string | number | null | undefined;
export type BulkRow<C extends Columns> = { [K in keyof C]: Cell };

/** Rows per statement: large enough to cost nothing, small enough to keep one bound parameter under a few MB. */
const CHUNK = 2_000;

/**
 * Inserts any number of rows with one statement per chunk; columns are given once with their types.
 * @param onConflict for example `on conflict do nothing` or `on conflict (k) do update set n = t.n + excluded.n`
 */
export async function insertRows<C extends Columns>(
  tx: Tx,
  target: { table: string; columns: C; onConflict?: string },
  rows: readonly BulkRow<C>[],
): Promise<void> {
  const names = Object.keys(target.columns);
  const list = names.join(', ');
  const sql =
    `insert into ${target.table} (${list}) select ${list} from ${tx.dialect.rowsFrom(target.columns)} v ` +
    `where true ${target.onConflict ?? ''}`;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const packed = rows.slice(start, start + CHUNK).map((row) => names.map((name) => row[name] ?? null));
    await tx.raw(sql, [packRows(packed)]);
  }
}

/**
 * Updates many rows of one table at once, each with its own values, matched by the `key` columns.
 * @param guard further condition on the old row, as SQL over `t` (for example `t.state = 'ready'`)
 * @returns the key columns of the rows that were changed, so that a compare-and-set can see what it won
 */
export async function updateRows<K extends Columns, C extends Columns>(
  tx: Tx,
  target: { table: string; key: K; columns: C; guard?: string; set?: string[] },
  rows: readonly (BulkRow<K> & BulkRow<C>)[],
): Promise<{ [N in keyof K]: string | number }[]> {
  const columns = { ...target.key, ...target.columns };
  const names = Object.keys(columns);
  const keys = Object.keys(target.key);
  // The values' columns have names of their own: SQLite's RETURNING knows no alias, PostgreSQL's no ambiguity.
  const values = Object.fromEntries(Object.entries(columns).map(([name, type]) => [`new_${name}`, type]));
  const assignments = [
    ...Object.keys(target.columns).map((name) => `${name} = v.new_${name}`),
    ...(target.set ?? []),
  ];
  const match = keys.map((name) => `t.${name} = v.new_${name}`).join(' and ');
  const guard = target.guard ? ` and (${target.guard})` : '';
  const sql =
    `update ${target.table} as t set ${assignments.join(', ')} from ${tx.dialect.rowsFrom(values)} v ` +
    `where ${match}${guard} returning ${keys.join(', ')}`;
  const changed: { [N in keyof K]: string | number }[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const packed = rows.slice(start, start + CHUNK).map((row) => names.map((name) => row[name] ?? null));
    changed.push(...(await tx.raw<{ [N in keyof K]: string | number }>(sql, [packRows(packed)])));
  }
  return changed;
}
