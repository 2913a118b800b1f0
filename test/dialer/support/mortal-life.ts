import type { Timers } from '../../../platform/clock/index.ts';
import type { Database, Tx } from '../../../platform/db/index.ts';

/**
 * One life of a process. After its death none of its timers fires, none of its units of work begins, and those that
 * had begun may be on disk, but it never hears of it.
 */
export class MortalLife {
  readonly died: Promise<void>;
  #alive = true;
  #die: () => void = () => {};

  constructor() {
    this.died = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  end(): void {
    this.#alive = false;
    this.#die();
  }

  timers(timers: Timers): Timers {
    return {
      now: () => timers.now(),
      after: (delayMs, action) =>
        timers.after(delayMs, () => {
          if (this.#alive) action();
        }),
    };
  }

  database(db: Database): Database {
    return {
      dialect: db.dialect,
      reader: db.reader,
      migrator: db.migrator,
      waiting: () => db.waiting(),
      transact: <T>(work: (tx: Tx) => Promise<T>) => this.#heard(() => db.transact(work)),
      grouped: <T>(work: (tx: Tx) => Promise<T>) => this.#heard(() => db.grouped(work)),
      idle: () => db.idle(),
      close: () => db.close(),
    };
  }

  async #heard<T>(work: () => Promise<T>): Promise<T> {
    const never = new Promise<T>(() => {});
    if (!this.#alive) return never;
    const result = await work();
    return this.#alive ? result : never;
  }
}
