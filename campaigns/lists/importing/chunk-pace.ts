import type { Instant } from '../../../platform/clock/index.ts';

/** Rows of a chunk while somebody else writes too: a few ms on SQLite, where all wait for one writer. */
const FEW = 25;
const MANY = 1_000;
/** How long chunks stay small after somebody had to wait. */
const CALM_MS = 10_000;
/** How long at first: who dials claims several times a second. */
const FIRST_CALM_MS = 2_000;

/** How many rows go into one unit of work: many while nobody waits for the writer, few while dialing goes on. */
export class ChunkPace {
  #rows = FEW;
  /** Unknown before the first chunk: who dials may only begin to wait with it. */
  #calmAt: Instant | undefined;

  get rows(): number {
    return this.#rows;
  }

  /** To be told after each chunk, with how many units of work waited for it. */
  wrote(waiting: number, now: Instant): void {
    this.#calmAt ??= now + FIRST_CALM_MS;
    if (waiting > 0) {
      this.#rows = FEW;
      this.#calmAt = now + CALM_MS;
    } else if (now >= this.#calmAt) {
      this.#rows = Math.min(MANY, this.#rows * 2);
    }
  }
}
