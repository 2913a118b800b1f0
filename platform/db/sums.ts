import { type Columns, insertRows } from './bulk.ts';
import type { Tx } from './database.ts';

/** A table of counters: rows are found by their key, and added to. */
export interface SumTarget {
  table: string;
  /** The primary key. */
  key: Columns;
  /** Counted: whole numbers that begin at nothing. */
  sums: readonly string[];
  /** Written when the row is new, and the same for every row of one key. */
  fixed?: Columns;
  /** Sets of sums that often go alone: a statement over few columns is much quicker than one over all. */
  families?: readonly (readonly string[])[];
}

export type SumRow = Record<string, string | number>;

/**
 * Counters of one unit of work, and of all that share its commit: added up here, written once before the commit.
 * Hot rows are so touched once per commit, late, and in one order everywhere: two processes hold them shortly and
 * never wait for each other in a circle. Inside the unit of work the tables still hold what was there before.
 */
export class SumBook {
  readonly #tables = new Map<string, { target: SumTarget; rows: Map<string, SumRow> }>();

  add(target: SumTarget, rows: readonly SumRow[]): void {
    const table = this.#tables.get(target.table) ?? { target, rows: new Map<string, SumRow>() };
    this.#tables.set(target.table, table);
    const keys = Object.keys(target.key);
    for (const row of rows) {
      const name = keys.map((key) => row[key]).join(' ');
      const known = table.rows.get(name);
      if (!known) table.rows.set(name, { ...row });
      else for (const sum of target.sums) known[sum] = Number(known[sum] ?? 0) + Number(row[sum] ?? 0);
    }
  }

  /** Writes all sums that are not nothing; the book is empty then. */
  async write(tx: Tx): Promise<void> {
    const tables = [...this.#tables].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#tables.clear();
    for (const [, { target, rows }] of tables) {
      const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      const counted = sorted.filter((row) => target.sums.some((sum) => Number(row[sum] ?? 0) !== 0));
      if (counted.length > 0) await upsert(tx, target, counted);
    }
  }
}

async function upsert(tx: Tx, target: SumTarget, rows: readonly SumRow[]): Promise<void> {
  const { table, key, fixed = {} } = target;
  const sums = smallestFamily(target, rows);
  const counts = Object.fromEntries(sums.map((sum) => [sum, 'integer' as const]));
  const onConflict =
    `on conflict (${Object.keys(key).join(', ')}) do update set ` +
    sums.map((sum) => `${sum} = ${table}.${sum} + excluded.${sum}`).join(', ');
  const zeros = Object.fromEntries(sums.map((sum) => [sum, 0]));
  await insertRows(
    tx,
    { table, columns: { ...key, ...fixed, ...counts }, onConflict },
    rows.map((row) => ({ ...zeros, ...row })),
  );
}

function smallestFamily({ sums, families = [] }: SumTarget, rows: readonly SumRow[]): readonly string[] {
  const used = sums.filter((sum) => rows.some((row) => Number(row[sum] ?? 0) !== 0));
  return families.find((family) => used.every((sum) => family.includes(sum))) ?? sums;
}
