import type { Timers } from '../clock/index.ts';
import type { AbortReason, RunningAttempt } from './job-runner.ts';

/** How long an aborted attempt has to end before the process goes on without it; ms. */
const GRACE_MS = 1_000;

/** The attempts under way in this process, and the bounded wait for them at the end. */
export class RunningJobs {
  readonly #running = new Map<string, { attempt: RunningAttempt; done: Promise<void> }>();
  readonly #timers: Timers;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get size(): number {
    return this.#running.size;
  }

  keys(): string[] {
    return [...this.#running.keys()];
  }

  /** Keeps an attempt until `done` (its end and the writing of it) settles; `done` must not reject. */
  track(key: string, attempt: RunningAttempt, done: Promise<void>): void {
    const entry = { attempt, done };
    this.#running.set(key, entry);
    void done.then(() => {
      if (this.#running.get(key) === entry) this.#running.delete(key);
    });
  }

  abort(key: string, reason: AbortReason): void {
    this.#running.get(key)?.attempt.abort(reason);
  }

  /** Waits up to `drainMs`, then aborts what still runs and waits a second more; answers how many are left. */
  async drain(drainMs: number): Promise<number> {
    await this.#settledWithin(drainMs);
    for (const key of this.keys()) this.abort(key, 'stopping');
    await this.#settledWithin(GRACE_MS);
    return this.size;
  }

  async #settledWithin(limitMs: number): Promise<void> {
    if (this.size === 0) return;
    const all = Promise.all([...this.#running.values()].map((entry) => entry.done));
    await new Promise<void>((resolve) => {
      const timer = this.#timers.after(limitMs, resolve);
      void all.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }
}
