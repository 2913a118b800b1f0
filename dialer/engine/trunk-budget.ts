import type { Instant } from '../../platform/clock/index.ts';
import type { TrunkState } from '../telephony/index.ts';

interface Budget {
  tokens: number;
  at: Instant;
}

/** A second's worth may be placed at once, never more. */
const BURST_SECONDS = 1;

/** A carrier that failed so many orders in a row is left alone for a while. */
const FAILURES_TO_REST = 5;
const REST_MS = 30_000;

/**
 * Picks a trunk for each call: the emptiest healthy one that has a free line and a call left in this second.
 * Shared by all campaigns of the process.
 */
export class TrunkBudget {
  readonly #trunks: () => readonly TrunkState[];
  readonly #budgets = new Map<string, Budget>();
  /** Ordered, but not yet counted by the adapter as in use. */
  readonly #promised = new Map<string, number>();
  readonly #failures = new Map<string, { count: number; restUntil: Instant }>();

  constructor(trunks: () => readonly TrunkState[]) {
    this.#trunks = trunks;
  }

  /** Takes one line and one call of the second; undefined when there is none. */
  take(now: Instant): string | undefined {
    let best: { id: string; load: number } | undefined;
    for (const trunk of this.#trunks()) {
      if (!this.#usable(trunk, now)) continue;
      const load = this.#used(trunk) / trunk.capacity;
      if (!best || load < best.load) best = { id: trunk.id, load };
    }
    if (!best) return undefined;
    const budget = this.#budgets.get(best.id);
    if (budget) budget.tokens -= 1;
    this.#promised.set(best.id, (this.#promised.get(best.id) ?? 0) + 1);
    return best.id;
  }

  /** The adapter counts the call itself now, or it was never placed. */
  handedOver(trunkId: string): void {
    this.#promised.set(trunkId, Math.max(0, (this.#promised.get(trunkId) ?? 0) - 1));
  }

  /** Lines free on trunks that are fit to use, whatever the calls per second. */
  freeLines(now: Instant): number {
    let free = 0;
    for (const trunk of this.#trunks()) {
      if (trunk.healthy && !this.#resting(trunk.id, now)) {
        free += Math.max(0, trunk.capacity - this.#used(trunk));
      }
    }
    return free;
  }

  /** Remembers how an order fared: a carrier that fails again and again rests. */
  ended(trunkId: string, failedByCarrier: boolean, now: Instant): void {
    if (!failedByCarrier) {
      this.#failures.delete(trunkId);
      return;
    }
    const failure = this.#failures.get(trunkId) ?? { count: 0, restUntil: 0 };
    failure.count += 1;
    if (failure.count >= FAILURES_TO_REST) {
      failure.restUntil = now + REST_MS;
      failure.count = FAILURES_TO_REST - 1; // one more failure after the rest is enough for the next
    }
    this.#failures.set(trunkId, failure);
  }

  #usable(trunk: TrunkState, now: Instant): boolean {
    if (!trunk.healthy || this.#resting(trunk.id, now) || this.#used(trunk) >= trunk.capacity) return false;
    return this.#refill(trunk, now) >= 1;
  }

  #refill(trunk: TrunkState, now: Instant): number {
    const most = Math.max(1, trunk.callsPerSecond * BURST_SECONDS);
    const budget = this.#budgets.get(trunk.id) ?? { tokens: most, at: now };
    budget.tokens = Math.min(
      most,
      budget.tokens + (Math.max(0, now - budget.at) / 1000) * trunk.callsPerSecond,
    );
    budget.at = now;
    this.#budgets.set(trunk.id, budget);
    return budget.tokens;
  }

  #used(trunk: TrunkState): number {
    return trunk.inUse + (this.#promised.get(trunk.id) ?? 0);
  }

  #resting(trunkId: string, now: Instant): boolean {
    return (this.#failures.get(trunkId)?.restUntil ?? 0) > now;
  }
}
