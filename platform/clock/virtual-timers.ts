import type { Instant, Timer, Timers } from './clock.ts';

interface Scheduled {
  at: Instant;
  order: number;
  action: () => void;
  cancelled: boolean;
}

/**
 * Time that moves only when told to: timers fire in order of their instant, then of their creation.
 *
 * `advanceTo` and `runUntil` let asynchronous work that timers started settle before time goes on: between two
 * instants they await `settle`, so that a database commit begun at 10:00:00.000 is seen by the timer of
 * 10:00:00.001. Timers of one instant fire together, as they would on a real clock of that grain.
 */
export class VirtualTimers implements Timers {
  readonly #heap: Scheduled[] = [];
  readonly #settle: () => Promise<void>;
  #now: Instant;
  #order = 0;

  /** @param start the first instant; @param settle awaited after each timer, so that work it began is done */
  constructor(start: Instant, settle: () => Promise<void> = async () => {}) {
    this.#now = start;
    this.#settle = settle;
  }

  now(): Instant {
    return this.#now;
  }

  after(delayMs: number, action: () => void): Timer {
    const scheduled: Scheduled = {
      at: this.#now + Math.max(0, Math.ceil(delayMs)),
      order: this.#order++,
      action,
      cancelled: false,
    };
    this.#push(scheduled);
    return {
      cancel: () => {
        scheduled.cancelled = true;
      },
    };
  }

  /** The instant of the next timer that is not cancelled, or undefined when none waits. */
  nextAt(): Instant | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.at;
  }

  /** Fires all timers up to and including `until`, then stands at `until`. */
  async advanceTo(until: Instant): Promise<void> {
    await this.#settle();
    for (let next = this.nextAt(); next !== undefined && next <= until; next = this.nextAt()) {
      this.#fireAllAt(next);
      await this.#settle();
    }
    this.#now = Math.max(this.#now, until);
  }

  advanceBy(ms: number): Promise<void> {
    return this.advanceTo(this.#now + ms);
  }

  /** Fires timers until `done` answers true; false when no timer is left or `until` is reached first. */
  async runUntil(done: () => boolean, until: Instant = Number.MAX_SAFE_INTEGER): Promise<boolean> {
    await this.#settle();
    while (!done()) {
      const next = this.nextAt();
      if (next === undefined || next > until) return false;
      this.#fireAllAt(next);
      await this.#settle();
    }
    return true;
  }

  /** Those that stand at the instant now; what they add for it comes after the settling. */
  #fireAllAt(instant: Instant): void {
    this.#now = instant;
    const firstNew = this.#order;
    for (
      let next = this.#heap[0];
      next && next.at <= instant && next.order < firstNew;
      next = this.#heap[0]
    ) {
      this.#pop();
      if (!next.cancelled) next.action();
    }
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.cancelled) this.#pop();
  }

  #push(item: Scheduled): void {
    const heap = this.#heap;
    heap.push(item);
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(heap[index], heap[parent])) break;
      swap(heap, index, parent);
      index = parent;
    }
  }

  #pop(): Scheduled | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let smallest = index;
      if (before(heap[left], heap[smallest])) smallest = left;
      if (before(heap[left + 1], heap[smallest])) smallest = left + 1;
      if (smallest === index) return top;
      swap(heap, index, smallest);
      index = smallest;
    }
  }
}

function before(a: Scheduled | undefined, b: Scheduled | undefined): boolean {
  if (!a || !b) return false;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(heap: Scheduled[], i: number, j: number): void {
  const a = heap[i];
  const b = heap[j];
  if (a && b) {
    heap[i] = b;
    heap[j] = a;
  }
}
