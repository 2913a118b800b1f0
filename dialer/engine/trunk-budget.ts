import type { Instant } from '../../platform/clock/index.ts';
import type { OutcomeName } from '../ports.ts';
import type { TrunkState } from '../telephony/index.ts';

/** A carrier that failed so many orders in a row is left alone for a while. */
const FAILURES_TO_REST = 5;
const REST_MS = 30_000;
/** After the rest it is tried with one call in so long, until one of them rings. */
const PROBE_MS = 1_000;

interface Account {
  /** Taken for a call whose claim is under way. */
  taken: number;
  /** Handed to the adapter, which has not confirmed yet: perhaps not among its lines in use. */
  unconfirmed: number;
  /** When the last calls were placed, within the carrier's window. */
  placedAt: Instant[];
  failures: number;
  lastFailureAt: Instant;
  restUntil: Instant;
}

/** What an ended order says of the carrier: a claim cancelled or a silent network says nothing. */
const SAYS_NOTHING: ReadonlySet<OutcomeName | undefined> = new Set<OutcomeName | undefined>([
  undefined,
  'cancelled',
  'unknown',
]);
const CARRIER_FAILED: ReadonlySet<OutcomeName | undefined> = new Set<OutcomeName | undefined>([
  'congestion',
  'failed',
]);

/**
 * Picks a trunk for each call: the emptiest healthy one that has a free line and a call left in this second.
 * In no second are more calls placed on a trunk than it takes, counted as a carrier counts: over any second, and
 * from when calls are placed. Shared by all campaigns of the process.
 */
export class TrunkBudget {
  readonly #trunks: () => readonly TrunkState[];
  readonly #accounts = new Map<string, Account>();

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
    this.#account(best.id).taken += 1;
    return best.id;
  }

  /** The call was never placed: its line and its call of the second are free again. */
  giveBack(trunkId: string): void {
    const account = this.#account(trunkId);
    account.taken = Math.max(0, account.taken - 1);
  }

  /** The call leaves the house now. */
  placed(trunkId: string, now: Instant): void {
    this.giveBack(trunkId);
    const account = this.#account(trunkId);
    account.unconfirmed += 1;
    account.placedAt.push(now);
  }

  /** The adapter has taken the order, or refused it: it counts the line itself from now on. */
  confirmed(trunkId: string): void {
    const account = this.#account(trunkId);
    account.unconfirmed = Math.max(0, account.unconfirmed - 1);
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

  /**
   * Remembers how an order fared: a carrier that fails again and again rests. Only an order given after the last
   * failure can show that it works again.
   */
  ended(
    trunkId: string,
    order: { outcome: OutcomeName | undefined; orderedAt: Instant; now: Instant },
  ): void {
    const { outcome, orderedAt, now } = order;
    if (trunkId === '' || SAYS_NOTHING.has(outcome)) return;
    const account = this.#account(trunkId);
    if (!CARRIER_FAILED.has(outcome)) return this.works(trunkId, orderedAt);
    account.failures += 1;
    account.lastFailureAt = now;
    if (account.failures < FAILURES_TO_REST) return;
    account.restUntil = now + REST_MS;
    account.failures = FAILURES_TO_REST - 1; // one more failure after the rest is enough for the next
  }

  /** An order of then was carried: a phone rings, or more. */
  works(trunkId: string, orderedAt: Instant): void {
    if (trunkId === '') return;
    const account = this.#account(trunkId);
    if (orderedAt > account.lastFailureAt) account.failures = 0;
  }

  #usable(trunk: TrunkState, now: Instant): boolean {
    if (!trunk.healthy || this.#resting(trunk.id, now) || this.#used(trunk) >= trunk.capacity) return false;
    const { limit, windowMs } = callWindow(trunk.callsPerSecond);
    const account = this.#account(trunk.id);
    account.placedAt = account.placedAt.filter((at) => now - at < windowMs);
    const probing = account.failures >= FAILURES_TO_REST - 1;
    if (probing) return account.taken === 0 && !account.placedAt.some((at) => now - at < PROBE_MS);
    return account.placedAt.length + account.taken < limit;
  }

  #used(trunk: TrunkState): number {
    const { taken, unconfirmed } = this.#account(trunk.id);
    return trunk.inUse + taken + unconfirmed;
  }

  #resting(trunkId: string, now: Instant): boolean {
    return this.#account(trunkId).restUntil > now;
  }

  #account(trunkId: string): Account {
    let account = this.#accounts.get(trunkId);
    if (!account) {
      account = {
        taken: 0,
        unconfirmed: 0,
        placedAt: [],
        failures: 0,
        lastFailureAt: Number.NEGATIVE_INFINITY,
        restUntil: Number.NEGATIVE_INFINITY,
      };
      this.#accounts.set(trunkId, account);
    }
    return account;
  }
}

/** So many calls in any stretch of so long: a rate below one a second is one call in a longer stretch. */
function callWindow(callsPerSecond: number): { limit: number; windowMs: number } {
  const limit = Math.max(1, Math.floor(callsPerSecond));
  return { limit, windowMs: callsPerSecond > 0 ? (limit / callsPerSecond) * 1000 : Number.POSITIVE_INFINITY };
}
