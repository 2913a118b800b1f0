import type { Timer, Timers } from '../clock/index.ts';
import type { Database } from '../db/index.ts';
import type { Ids } from '../ids/index.ts';
import type { Logger } from '../log/index.ts';
import { EventBus } from './event-bus.ts';
import type { DurableEvent } from './events.ts';
import { hasUnpublished, Outbox, pruneOutbox, publishBatch, readAfter, readState } from './outbox.ts';

export interface EventStreamOptions {
  db: Database;
  timers: Timers;
  ids: Ids;
  log: Logger;
  /** How often to look for what other processes committed; our own commits wake us. */
  pollMs?: number;
  /** Published events are kept this long, and no more than `keepEvents` of them. */
  keepMs?: number;
  keepEvents?: number;
}

const BATCH = 500;
const PRUNE_EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Events of one process: appended with a change ({@link outbox}), numbered after the commit by whichever process
 * comes first, and told to this process' subscribers ({@link bus}) in the order of their numbers, each once.
 */
export class EventStream {
  readonly outbox: Outbox;
  readonly bus: EventBus;
  readonly #db: Database;
  readonly #timers: Timers;
  readonly #log: Logger;
  readonly #pollMs: number;
  readonly #keep: { ms: number; events: number };
  #delivered = 0;
  #pruneAt = 0;
  #running = false;
  #wanted = false;
  #timer: Timer | undefined;
  #round: Promise<void> | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor(options: EventStreamOptions) {
    const { db, timers, ids, log } = options;
    this.#db = db;
    this.#timers = timers;
    this.#log = log;
    this.#pollMs = options.pollMs ?? 500;
    this.#keep = { ms: options.keepMs ?? 24 * HOUR_MS, events: options.keepEvents ?? 200_000 };
    this.bus = new EventBus({ clock: timers, log });
    this.outbox = new Outbox({ ids, clock: timers, committed: () => this.#wake() });
  }

  /** Begins to publish, and to tell subscribers what is published from now on. */
  async start(): Promise<void> {
    this.#delivered = (await readState(this.#db.reader)).lastSequence;
    this.#running = true;
    this.#wake();
  }

  /** Publishes what is committed, then ends. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#timer?.cancel();
    await this.#round;
    await this.flush();
  }

  /**
   * The stream after a sequence, for a client that comes back; `gap` when it must fetch its picture anew.
   * @param limit at most 1000
   */
  readSince(sequence: number, limit: number): Promise<{ events: DurableEvent[]; gap: boolean }> {
    return readAfter(this.#db.reader, sequence, Math.min(limit, 1_000));
  }

  /** The last sequence given: where a new client begins. */
  async lastSequence(): Promise<number> {
    return (await readState(this.#db.reader)).lastSequence;
  }

  /** Publishes and delivers everything committed so far; one flush at a time, so that nothing is told twice. */
  flush(): Promise<void> {
    const next = this.#flushed.then(() => this.#flushOnce());
    this.#flushed = next.catch(() => {}); // told to whoever asked for it
    return next;
  }

  async #flushOnce(): Promise<void> {
    while (await hasUnpublished(this.#db.reader)) {
      await this.#db.transact((tx) => publishBatch(tx, BATCH, this.#timers.now()));
    }
    await this.#deliver();
  }

  #wake(): void {
    this.#wanted = true;
    if (this.#running && !this.#round) this.#schedule(0);
  }

  #schedule(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#timers.after(delayMs, () => {
      this.#wanted = false;
      this.#round = this.flush()
        .then(() => this.#prune())
        .catch((error: unknown) => {
          this.#wanted = false;
          this.#log.error({ err: error }, 'events could not be published; they wait in the outbox');
        })
        .then(() => {
          this.#round = undefined;
          if (this.#running) this.#schedule(this.#wanted ? 0 : this.#pollMs);
        });
    });
  }

  async #deliver(): Promise<void> {
    for (;;) {
      const { events, gap } = await readAfter(this.#db.reader, this.#delivered, BATCH);
      if (gap)
        this.#log.error({ after: this.#delivered }, 'events were pruned before they were delivered here');
      for (const event of events) {
        this.#delivered = event.sequence;
        this.bus.deliver(event);
      }
      if (events.length < BATCH) return;
    }
  }

  async #prune(): Promise<void> {
    const now = this.#timers.now();
    if (now < this.#pruneAt) return;
    this.#pruneAt = now + PRUNE_EVERY_MS;
    const limits = { before: now - this.#keep.ms, keep: this.#keep.events };
    await this.#db.transact((tx) => pruneOutbox(tx, limits));
  }
}
