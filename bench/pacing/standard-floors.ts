import type { Random } from '../../platform/random/index.ts';
import type { FloorOptions } from './floor.ts';

const HOUR_MS = 3_600_000;

/** 2026-01-05 (a Monday) 08:00 UTC. */
export const FLOOR_STARTS_AT = Date.UTC(2026, 0, 5, 8);

/**
 * The floor that the published table of look-ahead pacing uses: answer rate 0.2, handle time 150 s (talk
 * 120 s, wrap-up 30 s, exponential), here with persons who answer after 4 s and more, 10 s on average, and calls given up at 25 s,
 * two in ten of them earlier (busy, rejected).
 */
export function standardFloor(size: { agents: number; seed: number; hours: number }): FloorOptions {
  return {
    seed: size.seed,
    agents: size.agents,
    durationMs: size.hours * HOUR_MS,
    startedAt: FLOOR_STARTS_AT,
    answerRate: () => 0.2,
    talk: (random) => exponential(random, 120_000),
    wrapUp: (random) => exponential(random, 30_000),
    answeredRing: (random) => 4000 + exponential(random, 3000) + exponential(random, 3000),
    unansweredRing: (random) => (random.next() < 0.2 ? 1000 + 5000 * random.next() : 25_000),
    connectWithinMs: 2000,
    tickMs: 250,
  };
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.next());
}
