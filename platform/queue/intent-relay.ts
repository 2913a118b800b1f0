import type { Timer, Timers } from '../clock/index.ts';
import type { Database } from '../db/index.ts';
import type { Logger } from '../log/index.ts';

/** A job written inside somebody's unit of work, to be handed over after its commit. */
export interface Intent {
  type: string;
  id: string;
  payload: string;
  run_at: number;
}

export interface IntentRelayOptions {
  db: Database;
  timers: Timers;
  log: Logger;
  /** Hands one over; may be called twice for the same one. */
  readonly deliver: (intent: Intent) => Promise<void>;
  pollMs: number;
}

const BATCH = 100;

/**
 * Hands committed intents over and removes them: at once after a commit of ours, and at every poll what a
 * process left that died in between.
 */
export class IntentRelay {
  readonly #options: IntentRelayOptions;
  #timer: Timer | undefined;
  #round: Promise<void> | undefined;
  #again = false;
  #stopped = true;

  constructor(options: IntentRelayOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (!this.#round) this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#round;
  }

  #schedule(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#options.timers.after(delayMs, () => {
      this.#again = false;
      this.#round = this.#handOver()
        .catch((error: unknown) => {
          this.#options.log.warn({ err: error }, 'jobs wait in the database until the queue can take them');
          return false;
        })
        .then((more) => {
          this.#round = undefined;
          if (!this.#stopped) this.#schedule(more || this.#again ? 0 : this.#options.pollMs);
        });
    });
  }

  /** One batch; true when there may be more. */
  async #handOver(): Promise<boolean> {
    const { db, deliver } = this.#options;
    const sql =
      "select type, id, payload, run_at from jobs where state = 'intent' order by run_at, id limit ?";
    const intents = await db.reader.raw<Intent>(sql, [BATCH]);
    for (const intent of intents) {
      await deliver(intent);
      await db.grouped((tx) =>
        tx.raw("delete from jobs where type = ? and id = ? and state = 'intent'", [intent.type, intent.id]),
      );
    }
    return intents.length === BATCH;
  }
}
