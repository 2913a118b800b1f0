import type { Timer, Timers } from '../../platform/clock/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { CallLog, CallRecord } from '../ports.ts';

/** Above this many unwritten records nothing new is dialed: the database is behind, or away. */
const MAX_UNWRITTEN = 5_000;
const BATCH = 500;
const RETRY_MS = 500;
const MAX_RETRY_MS = 15_000;

export interface JournalOptions {
  db: Pick<Database, 'grouped'>;
  log: CallLog;
  timers: Timers;
  /** How long a record may wait for company; ms. A claim takes all waiting records along. */
  gatherMs: number;
  onFailure(error: unknown, unwritten: number): void;
}

/**
 * Writes down what happened on the network and at the agents' desks, in order, behind the event: what must be on
 * disk before something is done (a claim) does not go through here. Nothing is dropped: a batch that failed is
 * written again until it succeeds, and {@link Journal.overloaded} stops new calls meanwhile.
 */
export class Journal {
  readonly #options: JournalOptions;
  #unwritten: CallRecord[] = [];
  #writing: Promise<void> | undefined;
  #gathering: Timer | undefined;
  #retryMs = RETRY_MS;
  #failing = false;
  #appended = 0;
  #written = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  append(...records: CallRecord[]): void {
    this.#unwritten.push(...records);
    this.#appended += records.length;
    // while it fails, the next try has its time: every record that comes would be another one
    if (this.#unwritten.length >= BATCH && !this.#failing) this.flush();
    else this.#gathering ??= this.#options.timers.after(this.#options.gatherMs, () => this.flush());
  }

  /** Records that are not on disk yet. */
  get unwritten(): number {
    return this.#appended - this.#written;
  }

  get overloaded(): boolean {
    return this.#failing || this.#unwritten.length > MAX_UNWRITTEN;
  }

  /** Begins to write what waits. Grouped work asked for next comes after it, in the same commit if possible. */
  flush(): void {
    this.#gathering?.cancel();
    this.#gathering = undefined;
    if (this.#writing || this.#unwritten.length === 0) return;
    this.#writing = this.#write();
  }

  /** Resolves when no write is under way, whether it succeeded or not. */
  idle(): Promise<void> {
    return this.#writing ?? Promise.resolve();
  }

  /**
   * Resolves when all that was appended before is on disk.
   * @throws DomainError `database_unavailable` when it cannot be written now; it stays in line
   */
  async drain(): Promise<void> {
    const upTo = this.#appended;
    while (this.#written < upTo) {
      this.flush();
      await this.#writing;
      if (this.#failing) {
        throw new DomainError(
          'unavailable',
          'database_unavailable',
          'The database does not answer: try again',
        );
      }
    }
  }

  async #write(): Promise<void> {
    const batch = this.#unwritten.slice(0, MAX_UNWRITTEN);
    try {
      await this.#options.db.grouped((tx: Tx) => this.#options.log.record(tx, batch));
      this.#unwritten = this.#unwritten.slice(batch.length);
      this.#written += batch.length;
      this.#failing = false;
      this.#retryMs = RETRY_MS;
    } catch (error) {
      this.#failing = true;
      this.#options.onFailure(error, this.#unwritten.length);
    }
    this.#writing = undefined;
    if (this.#failing) this.#retryLater();
    else if (this.#unwritten.length > 0)
      this.#gathering ??= this.#options.timers.after(0, () => this.flush());
  }

  #retryLater(): void {
    this.#gathering?.cancel();
    this.#gathering = this.#options.timers.after(this.#retryMs, () => this.flush());
    this.#retryMs = Math.min(this.#retryMs * 2, MAX_RETRY_MS);
  }
}
