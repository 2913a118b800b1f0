import type { Instant } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { HangupCause } from '../telephony/network-event.ts';
import type { TrunkState } from '../telephony/port.ts';

export interface TrunkOptions {
  id: string;
  capacity: number;
  callsPerSecond: number;
}

export type TrunkFault = 'congestion' | 'trunkFailure';

/** A carrier's line group: so many calls at a time, so many new ones in any second, and sometimes out of order. */
export class SimulatedTrunk {
  readonly id: string;
  readonly #capacity: number;
  readonly #callsPerSecond: number;
  /** The instants of the last `callsPerSecond` calls, as a ring. */
  readonly #starts: Float64Array;
  #next = 0;
  #inUse = 0;
  #fault: TrunkFault | undefined;

  constructor({ id, capacity, callsPerSecond }: TrunkOptions) {
    const ok =
      Number.isInteger(capacity) && capacity >= 0 && Number.isInteger(callsPerSecond) && callsPerSecond >= 1;
    if (!ok || capacity > 100_000 || callsPerSecond > 10_000) {
      throw new DomainError(
        'invalid',
        'trunk_invalid',
        'A trunk carries 0 to 100000 calls, 1 to 10000 new ones a second',
        {
          params: { trunkId: id, capacity, callsPerSecond },
        },
      );
    }
    this.id = id;
    this.#capacity = capacity;
    this.#callsPerSecond = callsPerSecond;
    this.#starts = new Float64Array(callsPerSecond).fill(Number.NEGATIVE_INFINITY);
  }

  /** Takes a line; the cause if there is none. Every taken line is given back by `release`. */
  take(now: Instant): HangupCause | undefined {
    if (this.#fault !== undefined) return this.#fault;
    const oldest = this.#starts[this.#next] ?? now;
    if (this.#inUse >= this.#capacity || now - oldest < 1_000) return 'congestion';
    this.#starts[this.#next] = now;
    this.#next = (this.#next + 1) % this.#callsPerSecond;
    this.#inUse += 1;
    return undefined;
  }

  release(): void {
    this.#inUse -= 1;
  }

  fail(fault: TrunkFault): void {
    this.#fault = fault;
  }

  recover(): void {
    this.#fault = undefined;
  }

  /** A congested carrier looks healthy from here, as a real one does; only a dead one is seen. */
  state(): TrunkState {
    const healthy = this.#fault !== 'trunkFailure';
    const callsPerSecond = this.#callsPerSecond;
    return { id: this.id, capacity: this.#capacity, callsPerSecond, inUse: this.#inUse, healthy };
  }
}
