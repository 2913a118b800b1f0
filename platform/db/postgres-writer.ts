import type { Knex } from 'knex';
import { boundKnex } from './bound-knex.ts';
import type { WriterTransaction } from './sqlite-writer.ts';

/** What of the pg driver's connection is used here. */
interface Connection {
  query(config: { text: string; name?: string; values?: unknown[] }): Promise<{ rows: unknown[] }>;
}

/**
 * Writers join a handful of given rows to large tables by their keys. The planner takes any such set for a hundred
 * rows, and for so many it may read the whole table; here it is to look them up.
 */
const BEGIN = 'begin; set local enable_hashjoin = off; set local enable_mergejoin = off';

/** Statements named, and so kept planned by each server process; more than the hot paths have. */
const MAX_NAMED = 300;

/**
 * Units of work on PostgreSQL without Knex between: its statements are parsed and planned by the server each time,
 * which costs more than running them. Here each is prepared once per connection.
 */
export class PostgresWriter {
  readonly #knex: Knex;
  readonly #statements = new Map<string, { text: string; name?: string }>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Runs `work` between BEGIN and COMMIT; any error rolls back. */
  async transact<T>(work: (transaction: WriterTransaction) => Promise<T>): Promise<T> {
    const connection = (await this.#knex.client.acquireConnection()) as Connection;
    try {
      await connection.query({ text: BEGIN });
      try {
        const result = await work({
          knex: boundKnex(this.#knex, connection),
          query: (sql, values) => this.#query(connection, sql, values),
        });
        await connection.query({ text: 'commit' });
        return result;
      } catch (error) {
        await connection.query({ text: 'rollback' }).catch(() => undefined); // the connection is gone: the first error counts
        throw error;
      }
    } finally {
      await this.#knex.client.releaseConnection(connection);
    }
  }

  async #query(connection: Connection, sql: string, values: readonly unknown[]): Promise<unknown[]> {
    const { rows } = await connection.query({ ...this.#statement(sql), values: values.map(bindable) });
    return rows;
  }

  #statement(sql: string): { text: string; name?: string } {
    const known = this.#statements.get(sql);
    if (known) return known;
    const text = numbered(sql);
    if (this.#statements.size >= MAX_NAMED) return { text };
    const statement = { text, name: `dw_${this.#statements.size}` };
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** `?` as PostgreSQL writes it, `$1` and on; a `?` inside quotes stays. */
export function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll(/'(?:[^']|'')*'|\?/g, (found) => (found === '?' ? `$${++count}` : found));
}

function bindable(value: unknown): unknown {
  return value === undefined ? null : value;
}
