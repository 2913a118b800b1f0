import type { Knex } from 'knex';

/** Commits between two checkpoints: some megabytes while a list is loaded, a few pages in quiet times. */
const COMMITS = 16;

/**
 * Carries SQLite's write-ahead log over into the database from a connection of its own, while others go on writing.
 * Left to SQLite, whoever commits at the thousandth page waits for all of them to be written to their places: a
 * claim behind an import would pay for the import.
 */
export class Checkpointer {
  readonly #knex: Knex;
  #commits = 0;
  #running: Promise<void> | undefined;

  /** @param knex connections for this alone */
  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** To be told after each commit. */
  committed(): void {
    if (++this.#commits < COMMITS || this.#running) return;
    this.#commits = 0;
    this.#running = this.#checkpoint();
  }

  async #checkpoint(): Promise<void> {
    try {
      await this.#knex.raw('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // Nothing is lost: the log stays as it is, and SQLite's own checkpoint comes when it has grown.
    } finally {
      this.#running = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#running;
    await this.#knex.destroy();
  }
}
