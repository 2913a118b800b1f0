import type { Knex } from 'knex';
import { Checkpointer } from './checkpointer.ts';
import { type Connections, connect, type DatabaseLocation } from './connect.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { GroupCommit } from './group-commit.ts';
import { PostgresWriter } from './postgres-writer.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import { SumBook } from './sums.ts';

/** What can be asked of the database, inside a transaction or outside. */
export interface Queries {
  readonly knex: Knex;
  readonly dialect: Dialect;
  /** Runs SQL that both databases read alike (`?` for values) and answers its rows. */
  raw<Row>(sql: string, bindings?: readonly unknown[]): Promise<Row[]>;
}

/** A unit of work. Whatever writes takes one, so that several writers share one commit. */
export interface Tx extends Queries {
  /** Runs `effect` after the commit, never after a rollback. An effect must not throw. */
  onCommit(effect: () => void): void;
  /** Counters to be written before the commit. */
  readonly sums: SumBook;
}

export interface Database {
  readonly dialect: Dialect;
  /** For reading outside a unit of work; refuses to write on SQLite. */
  readonly reader: Queries;
  /** One unit of work: all of it is on disk when the promise resolves, none of it when it rejects. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A unit of work that may share its commit with others begun at the same time: several times the throughput,
   * the same promise. `work` may run a second time (alone, after a companion failed): it changes nothing
   * but the database.
   */
  grouped<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when no grouped work is waiting or running. */
  idle(): Promise<void>;
  /**
   * Units of work that wait for SQLite's one writer: long work in many short steps looks here and makes them
   * shorter. Always 0 on PostgreSQL.
   */
  waiting(): number;
  /** The Knex instance for migrations. */
  readonly migrator: Knex;
  close(): Promise<void>;
}

export function openDatabase(location: DatabaseLocation): Database {
  return new KnexDatabase(connect(location));
}

class KnexDatabase implements Database {
  readonly dialect: Dialect;
  readonly reader: Queries;
  readonly migrator: Knex;
  readonly #connections: Connections;
  readonly #group: GroupCommit;
  readonly #sqlite: SqliteWriter | undefined;
  readonly #writer: SqliteWriter | PostgresWriter;
  readonly #checkpointer: Checkpointer | undefined;

  constructor(connections: Connections) {
    this.#connections = connections;
    this.migrator = connections.writer;
    this.dialect = dialectOf(connections.writer);
    if (this.dialect.name === 'sqlite') this.#sqlite = new SqliteWriter(connections.writer);
    this.#writer = this.#sqlite ?? new PostgresWriter(connections.writer);
    if (connections.checkpointer) this.#checkpointer = new Checkpointer(connections.checkpointer);
    this.reader = queriesOn(connections.reader, this.dialect);
    this.#group = new GroupCommit((work) => this.transact(work));
  }

  async transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const effects: (() => void)[] = [];
    const onCommit = (effect: () => void) => effects.push(effect);
    const run = async (queries: Queries): Promise<T> => {
      const tx: Tx = { ...queries, onCommit, sums: new SumBook() };
      const answer = await work(tx);
      await tx.sums.write(tx);
      return answer;
    };
    const { dialect } = this;
    const result = await this.#writer.transact(({ knex, query }) =>
      run({ knex, dialect, raw: (sql, values = []) => query(sql, values) as Promise<never[]> }),
    );
    this.#checkpointer?.committed();
    for (const effect of effects) effect();
    return result;
  }

  grouped<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#group.run(work);
  }

  idle(): Promise<void> {
    return this.#group.idle();
  }

  waiting(): number {
    return this.#sqlite ? (this.#connections.writer.client.pool.numPendingAcquires() as number) : 0;
  }

  async close(): Promise<void> {
    await this.#group.idle();
    await this.#checkpointer?.close();
    await this.#sqlite?.close();
    await this.#connections.writer.destroy();
    if (this.#connections.reader !== this.#connections.writer) await this.#connections.reader.destroy();
  }
}

function queriesOn(knex: Knex, dialect: Dialect): Queries {
  return {
    knex,
    dialect,
    raw: async <Row>(sql: string, bindings: readonly unknown[] = []) =>
      dialect.rows<Row>(await knex.raw(sql, bindings as Knex.RawBinding[])),
  };
}
