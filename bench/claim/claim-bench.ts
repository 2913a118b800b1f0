import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose, type FloorFacts } from '../../campaigns/diagnosis/index.ts';
import { changeLeads, createLeadSource, readLeads } from '../../campaigns/leads/index.ts';
import type { LeadSource } from '../../dialer/ports.ts';
import { type BenchDatabase, openBenchDatabase } from '../import/bench-database.ts';
import { fillBlockedQueue } from './blocked-leads.ts';
import { claimOf } from './claim-order.ts';
import { percentile } from './percentile.ts';

const MANY = 5_000_000;
const FEW = 50_000;
const LEADS = 100;
const CLAIMS = 300;
const WARM_UP = 20;
const DIAGNOSES = 20;
const MOST_RATIO = 2;
const MOST_DIAGNOSIS_MS = 1_000;

interface Times {
  leads: number;
  p50Ms: number;
  p99Ms: number;
}

export interface ClaimFigures {
  few: Times;
  many: Times;
  /** Of the medians. */
  ratio: number;
  p99Ratio: number;
  /** Why nobody is being dialed, among the many. */
  diagnosisMs: { p50: number; most: number };
  gates: { ratio: { limit: number; held: boolean }; diagnosisMs: { limit: number; held: boolean } };
}

/** The next 100 leads, from the queue to their attempts on disk, when 99 in 100 before them cannot be dialed. */
export async function run(options: { rows?: number }): Promise<ClaimFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-bench-'));
  const open: Side[] = [];
  try {
    for (const leads of [FEW, options.rows ?? MANY]) open.push(await openSide(folder, leads));
    const [few, many] = open;
    if (!few || !many) throw new Error('Two sides were opened');
    await alternate([few, many]);
    const diagnosisMs = await diagnosisTimes(many);
    const figures = figuresOf(few, many, diagnosisMs);
    return figures;
  } finally {
    for (const { bench } of open) await bench.db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Side {
  leads: number;
  bench: BenchDatabase;
  source: LeadSource;
  openZone: string;
  times: number[];
}

async function openSide(folder: string, leads: number): Promise<Side> {
  const bench = await openBenchDatabase(folder, `leads-${leads}`);
  const { openZone } = await fillBlockedQueue(bench.db, bench.world, leads);
  const source = createLeadSource({ db: bench.db, openZones: async () => new Set([openZone]) });
  return { leads, bench, source, openZone, times: [] };
}

/** Turn about, so that whatever else the machine does falls on both. */
async function alternate(sides: readonly Side[]): Promise<void> {
  for (let n = 0; n < WARM_UP + CLAIMS; n++) {
    for (const side of sides) {
      const took = await claimOnce(side);
      if (n >= WARM_UP) side.times.push(took);
    }
  }
}

async function claimOnce({ bench: { db, world }, source }: Side): Promise<number> {
  const { campaignId, ids } = world;
  const now = Date.now();
  const begun = performance.now();
  const leads = await source.next({ campaignId, limit: LEADS, now, exclude: new Set() });
  const orders = leads.map((lead) => claimOf(lead, { ids, now }));
  const won = await db.grouped((tx) => source.claim(tx, { campaignId, orders, now }));
  const took = performance.now() - begun;
  if (won.size !== LEADS) throw new Error(`only ${won.size} leads were claimed`);
  await putBack(
    { db, world },
    leads.map(({ leadId }) => leadId),
  );
  return took;
}

/** The leads stand in the queue again as before. */
async function putBack({ db }: BenchDatabase, leadIds: readonly string[]): Promise<void> {
  await db.transact(async (tx) => {
    await tx.raw('delete from attempts');
    const leads = await readLeads(tx, leadIds);
    const changes = [...leads.values()].map((before) => ({
      before,
      after: { ...before, state: 'ready' as const, dueAt: null, ticket: null },
    }));
    await changeLeads(tx, changes, 0);
  });
}

/** Everything but the leads themselves is ready to dial. */
const FLOOR: FloorFacts = {
  campaignState: 'running',
  agentsSignedIn: 10,
  agentsAvailable: 10,
  freeLines: 100,
  callerIdLeft: true,
  abandonBudgetSpent: false,
  databaseBehind: false,
};

async function diagnosisTimes({ bench: { db, world }, openZone, leads }: Side): Promise<number[]> {
  const times: number[] = [];
  const zoneHours = async ({ zoneKeys }: { zoneKeys: readonly string[] }) =>
    new Map(zoneKeys.map((key) => [key, { open: key === openZone, opensAt: null }] as const));
  for (let n = 0; n < DIAGNOSES; n++) {
    const begun = performance.now();
    const { parts } = await diagnose(
      { queries: db.reader, zoneHours },
      { campaignId: world.campaignId, now: Date.now(), floor: FLOOR },
    );
    times.push(performance.now() - begun);
    const sum = parts.reduce((total, part) => total + part.leads, 0);
    if (sum !== leads) throw new Error(`the parts are ${sum} of ${leads} leads`);
  }
  return times;
}

function figuresOf(few: Side, many: Side, diagnosis: readonly number[]): ClaimFigures {
  const timesOf = ({ leads, times }: Side) => ({
    leads,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
  });
  const [fewTimes, manyTimes] = [timesOf(few), timesOf(many)];
  const ratio = manyTimes.p50Ms / fewTimes.p50Ms;
  const diagnosisMs = { p50: percentile(diagnosis, 0.5), most: percentile(diagnosis, 1) };
  return {
    few: fewTimes,
    many: manyTimes,
    ratio,
    p99Ratio: manyTimes.p99Ms / fewTimes.p99Ms,
    diagnosisMs,
    gates: {
      ratio: { limit: MOST_RATIO, held: ratio <= MOST_RATIO },
      diagnosisMs: { limit: MOST_DIAGNOSIS_MS, held: diagnosisMs.most <= MOST_DIAGNOSIS_MS },
    },
  };
}
