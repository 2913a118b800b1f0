import type { Instant } from '../clock/index.ts';
import type { JobCounts } from './queue.ts';

/**
 * Tells a queue that has gone silent (Bull has been seen to, after Redis reconnects) from one that is idle:
 * work is due, nothing runs, and nothing has ended for `stuckAfterMs`, seen over at least that long.
 */
export class StuckWatch {
  readonly #stuckAfterMs: number;
  readonly #idleSince = new Map<string, Instant>();
  readonly #lastEnded = new Map<string, Instant>();

  constructor(stuckAfterMs: number) {
    this.#stuckAfterMs = stuckAfterMs;
  }

  ended(type: string, at: Instant): void {
    this.#lastEnded.set(type, at);
    this.#idleSince.delete(type);
  }

  lastEndedAt(type: string): Instant | undefined {
    return this.#lastEnded.get(type);
  }

  /** True when the counts seen now, and at every look since `stuckAfterMs` ago, show due work untouched. */
  isStuck(type: string, counts: JobCounts, now: Instant): boolean {
    if (counts.waiting === 0 || counts.active > 0) {
      this.#idleSince.delete(type);
      return false;
    }
    const since = this.#idleSince.get(type) ?? now;
    this.#idleSince.set(type, since);
    return now - since >= this.#stuckAfterMs;
  }
}
