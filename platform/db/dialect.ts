import type { Knex } from 'knex';

/**
 * The one file that knows which database it is. Data is stored so that few differences exist: instants are
 * integers, booleans 0 or 1, JSON is text, ids and numbers are text.
 */
export type DialectName = 'sqlite' | 'postgres';

/** Types of a column in {@link Dialect.rowsFrom}. */
export type ColumnType = 'text' | 'integer' | 'real';

export interface Dialect {
  readonly name: DialectName;
  /**
   * A table expression over ONE bound parameter that holds a JSON array of arrays (see {@link packRows}), for
   * bulk inserts and joins: `insert into t (a, b) select a, b from ${rowsFrom({ a: 'text', b: 'integer' })} v`.
   */
  rowsFrom(columns: Record<string, ColumnType>): string;
  /**
   * To end a `select` whose rows of one table this unit of work goes on to change. Empty on SQLite: it has one
   * writer.
   */
  lockRows(table: string): string;
  /** To end a `select` that picks rows another process may pick too. Empty on SQLite: it has one writer. */
  readonly skipLocked: string;
  /**
   * A statement with one value, a name: units of work that run it with the same name go one after the other, each
   * until its end. Empty on SQLite: it has one writer.
   */
  readonly takeTurn: string;
  /** Rows of a raw answer, whichever shape the driver gives. */
  rows<T>(answer: unknown): T[];
  /** True for the error of a unique index; its text is not to be shown: it can hold the values. */
  isUniqueViolation(error: unknown): boolean;
}

/** Packs rows for {@link Dialect.rowsFrom}, in the order of its columns. */
export function packRows(rows: readonly (readonly unknown[])[]): string {
  return JSON.stringify(rows);
}

const sqlite: Dialect = {
  name: 'sqlite',
  rowsFrom(columns) {
    const fields = Object.keys(columns).map((name, index) => `json_extract(value, '$[${index}]') as ${name}`);
    // `where true` keeps the parser from reading a following `on conflict` as a join condition
    return `(select ${fields.join(', ')} from json_each(?) where true)`;
  },
  lockRows: () => '',
  skipLocked: '',
  takeTurn: '',
  rows: <T>(answer: unknown) => (Array.isArray(answer) ? (answer as T[]) : []),
  isUniqueViolation: (error) => hasCode(error, 'SQLITE_CONSTRAINT') && /UNIQUE/.test(String(error)),
};

const POSTGRES_CASTS: Record<ColumnType, string> = {
  text: '',
  integer: '::bigint',
  real: '::double precision',
};

const postgres: Dialect = {
  name: 'postgres',
  rowsFrom(columns) {
    const fields = Object.entries(columns).map(
      ([name, type], index) => `(value->>${index})${POSTGRES_CASTS[type]} as ${name}`,
    );
    return `(select ${fields.join(', ')} from jsonb_array_elements(cast(? as jsonb)))`;
  },
  lockRows: (table) => ` for update of ${table}`,
  skipLocked: ' for update skip locked',
  takeTurn: 'select pg_advisory_xact_lock(hashtext(?))',
  rows: <T>(answer: unknown) => ((answer as { rows?: T[] } | undefined)?.rows ?? []) as T[],
  isUniqueViolation: (error) => hasCode(error, '23505'),
};

export function dialectOf(knex: Knex): Dialect {
  return String(knex.client.config.client) === 'pg' ? postgres : sqlite;
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === code;
}
