import type { Tx } from './database.ts';

interface Waiting {
  work: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** At most so many units of work share one commit, so that one slow group does not hold up the next for long. */
const MAX_GROUP = 500;

/**
 * Puts units of work that wait at the same time into one transaction: one `fsync` for all of them.
 *
 * While one group commits, the next gathers. When a member fails the whole group is rolled back and each member
 * runs again in a transaction of its own, so that a failure hurts nobody but its owner.
 */
export class GroupCommit {
  readonly #transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  #waiting: Waiting[] = [];
  #running = false;
  #idle: (() => void)[] = [];

  constructor(transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) {
    this.#transact = transact;
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (!this.#running) {
        this.#running = true;
        // begun a turn later, so that everything asked for in this turn is in the group
        queueMicrotask(() => void this.#drain());
      }
    });
  }

  idle(): Promise<void> {
    if (!this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, MAX_GROUP);
      this.#waiting = this.#waiting.slice(MAX_GROUP);
      await this.#commit(group);
    }
    this.#running = false;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  async #commit(group: Waiting[]): Promise<void> {
    const results: unknown[] = [];
    try {
      await this.#transact(async (tx) => {
        for (const member of group) results.push(await member.work(tx));
      });
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const member of group) await this.#commit([member]);
      return;
    }
    group.forEach((member, index) => {
      member.resolve(results[index]);
    });
  }
}
