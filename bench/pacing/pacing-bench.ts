import { performance } from 'node:perf_hooks';
import { createPacer } from '../../dialer/pacing/index.ts';
import { type FloorResult, playFloor } from './floor.ts';
import { FLOOR_STARTS_AT, standardFloor } from './standard-floors.ts';

const LIMIT = 0.03;
const SEEDS = [1, 2];
const FLOORS = [
  { agents: 8, hours: 4 },
  { agents: 30, hours: 2 },
  { agents: 80, hours: 1 },
];

export interface PacingRow {
  agents: number;
  hours: number;
  seed: number;
  progressiveOccupancy: number;
  predictiveOccupancy: number;
  /** Talk minutes per agent-hour over those of progressive dialing, same floor and seed. */
  gain: number;
  answered: number;
  abandoned: number;
  abandonRate: number;
  withinLimit: boolean;
  decisionP50Ms: number;
  decisionP99Ms: number;
}

/** Progressive against predictive on the standard floor, common seeds, at a limit of 3 % a day. */
export async function run(options: { json: boolean }): Promise<PacingRow[]> {
  const rows = FLOORS.flatMap((floor) => SEEDS.map((seed) => compare({ ...floor, seed })));
  console.log(options.json ? JSON.stringify(rows) : table(rows));
  return rows;
}

function compare(size: { agents: number; hours: number; seed: number }): PacingRow {
  const progressive = play('progressive', size);
  const predictive = play('predictive', size);
  const costs = predictive.decisionMs.sort((a, b) => a - b);
  const { answered, abandoned } = predictive;
  return {
    ...size,
    progressiveOccupancy: progressive.occupancy,
    predictiveOccupancy: predictive.occupancy,
    gain: predictive.talkMinutesPerAgentHour / progressive.talkMinutesPerAgentHour,
    answered,
    abandoned,
    abandonRate: abandoned / answered,
    withinLimit: abandoned <= Math.max(Math.floor(LIMIT * answered), progressive.abandoned),
    decisionP50Ms: quantile(costs, 0.5),
    decisionP99Ms: quantile(costs, 0.99),
  };
}

function play(
  mode: 'progressive' | 'predictive',
  size: { agents: number; hours: number; seed: number },
): FloorResult {
  const pacer = createPacer({
    mode,
    targetAbandonRate: LIMIT,
    connectWithinMs: 2000,
    startedAt: FLOOR_STARTS_AT,
  });
  return playFloor(pacer, { ...standardFloor(size), stopwatch: () => performance.now() });
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function table(rows: readonly PacingRow[]): string {
  const head =
    '| agents | hours | seed | progressive | predictive | gain | answered | abandoned | p50 ms | p99 ms |';
  const lines = rows.map((row) => {
    const abandoned = `${row.abandoned} (${(100 * row.abandonRate).toFixed(2)} %)`;
    const times = [row.decisionP50Ms, row.decisionP99Ms].map((ms) => ms.toFixed(3));
    const occupancies = [row.progressiveOccupancy, row.predictiveOccupancy].map((share) => share.toFixed(3));
    const cells = [row.agents, row.hours, row.seed, ...occupancies, row.gain.toFixed(2)];
    return `| ${[...cells, row.answered, abandoned, ...times].join(' | ')} |`;
  });
  return [head, head.replaceAll(/[^|]+/g, '---'), ...lines].join('\n');
}
