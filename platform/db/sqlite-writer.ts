import type { Knex } from 'knex';
import { boundKnex } from './bound-knex.ts';

interface Statement {
  all(values: readonly unknown[], done: (error: Error | null, rows: unknown[]) => void): void;
  finalize(done: () => void): void;
}

/** What of the sqlite3 driver's connection is used here. */
interface Connection {
  prepare(sql: string, done: (error: Error | null) => void): Statement;
  exec(sql: string, done: (error: Error | null) => void): void;
}

/** Statements kept prepared; more than the hot paths have. */
const MAX_PREPARED = 300;

/**
 * The writing connection of SQLite, without Knex between: Knex builds a query builder of its own for every
 * transaction and prepares every statement anew, which costs more than what an attempt writes (measured in
 * `bench/engine`). Units of work come one after the other: there is one connection.
 */
export class SqliteWriter {
  readonly #knex: Knex;
  readonly #prepared = new Map<string, Statement>();
  #connection: Connection | undefined;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Runs `work` between BEGIN IMMEDIATE and COMMIT; any error rolls back. */
  async transact<T>(work: (connection: WriterTransaction) => Promise<T>): Promise<T> {
    const connection = (await this.#knex.client.acquireConnection()) as Connection;
    if (this.#connection !== connection) {
      this.#prepared.clear(); // of a connection that is gone
      this.#connection = connection;
    }
    const transaction: WriterTransaction = {
      knex: boundKnex(this.#knex, connection),
      query: (sql, values) => this.#query(connection, sql, values),
    };
    try {
      await execute(connection, 'BEGIN IMMEDIATE');
      try {
        const result = await work(transaction);
        await execute(connection, 'COMMIT');
        return result;
      } catch (error) {
        await execute(connection, 'ROLLBACK').catch(() => undefined); // SQLite rolled back by itself: the first error counts
        throw error;
      }
    } finally {
      await this.#knex.client.releaseConnection(connection);
    }
  }

  /** Lets go of the prepared statements: a connection with open ones cannot be closed. */
  async close(): Promise<void> {
    const statements = [...this.#prepared.values()];
    this.#prepared.clear();
    await Promise.all(statements.map((one) => new Promise<void>((done) => one.finalize(done))));
  }

  async #query(connection: Connection, sql: string, values: readonly unknown[]): Promise<unknown[]> {
    const statement = await this.#statement(connection, sql);
    return new Promise((resolve, reject) => {
      statement.all(values.map(bindable), (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  }

  async #statement(connection: Connection, sql: string): Promise<Statement> {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = await new Promise<Statement>((resolve, reject) => {
      const prepared = connection.prepare(sql, (error) => (error ? reject(error) : resolve(prepared)));
    });
    if (this.#prepared.size >= MAX_PREPARED) this.#dropOldest();
    this.#prepared.set(sql, statement);
    return statement;
  }

  #dropOldest(): void {
    const oldest = this.#prepared.keys().next();
    if (oldest.done) return;
    this.#prepared.get(oldest.value)?.finalize(() => undefined);
    this.#prepared.delete(oldest.value);
  }
}

export interface WriterTransaction {
  /** Builders and raw queries made of it run on this transaction's connection. */
  knex: Knex;
  query(sql: string, values: readonly unknown[]): Promise<unknown[]>;
}

function execute(connection: Connection, sql: string): Promise<void> {
  return new Promise((resolve, reject) =>
    connection.exec(sql, (error) => (error ? reject(error) : resolve())),
  );
}

function bindable(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value === undefined ? null : value;
}
