import type { Random } from '../../platform/random/index.ts';
import type { NetworkEvent } from '../telephony/network-event.ts';

/**
 * What becomes of an event on its way to us: the delays, in ms, with which it arrives. `[]` it is lost, `[0]` all is
 * well, `[0, 300]` it comes twice, `[5000]` late. Several events delayed differently overtake each other.
 */
export type EventFaults = (event: NetworkEvent) => readonly number[];

export interface FaultRates {
  /** Chances from 0 to 1, each drawn for itself; default 0. */
  lost?: number;
  duplicated?: number;
  late?: number;
  reordered?: number;
  /** The most a late event is late by, ms; default 10 s. */
  lateMs?: number;
  /** The most a reordered event is held back by, ms, so that the next overtake it; default 200. */
  reorderMs?: number;
}

const INTACT: readonly number[] = [0];
const LOST: readonly number[] = [];

/** Faults by chance. */
export function randomFaults(rates: FaultRates, random: Random): EventFaults {
  const { lost = 0, duplicated = 0, late = 0, reordered = 0, lateMs = 10_000, reorderMs = 200 } = rates;
  const happens = (rate: number): boolean => rate > 0 && random.next() < rate;
  const upTo = (limit: number): number => Math.ceil(random.next() * limit);
  return () => {
    if (happens(lost)) return LOST;
    const first = happens(late) ? upTo(lateMs) : happens(reordered) ? upTo(reorderMs) : 0;
    if (happens(duplicated)) return [first, first + upTo(reorderMs)];
    return first === 0 ? INTACT : [first];
  };
}
