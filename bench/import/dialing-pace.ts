import { setTimeout as pause } from 'node:timers/promises';
import { createLeadSource } from '../../campaigns/leads/index.ts';
import { addLeads, addList, addZone, fictionalNumber } from '../../test/support/campaign-world.ts';
import { claimOf } from '../claim/claim-order.ts';
import { percentile } from '../claim/percentile.ts';
import { type BenchDatabase, importFile, openBenchDatabase } from './bench-database.ts';

/** Ten leads four times a second: what some hundred agents take. */
const LEADS_A_CLAIM = 10;
const EVERY_MS = 250;
const QUIET_CLAIMS = 120;
const DEMO_LEADS = 50_000;

export interface DialingPace {
  claims: { quiet: number; importing: number };
  p50Ms: { quiet: number; importing: number };
  p99Ms: { quiet: number; importing: number };
  p99Ratio: number;
  importSeconds: number;
}

/** Claims of a demo campaign at a steady pace, first alone, then while a file is loaded into another campaign's list. */
export async function dialingPace(folder: string, file: string): Promise<DialingPace> {
  const bench = await openBenchDatabase(folder, 'dialing');
  try {
    await addDemoLeads(bench);
    const claimOnce = claimer(bench);
    const quiet: number[] = [];
    for (let n = 0; n < QUIET_CLAIMS; n++) quiet.push(await paced(claimOnce));
    const listId = await addList(bench.db, bench.world);
    await bench.db.transact((tx) => tx.knex('lists').where({ id: listId }).update({ campaign_id: null }));
    const begun = performance.now();
    let ended = false;
    const importing = importFile(bench, { folder, file, listId }).finally(() => {
      ended = true;
    });
    const during: number[] = [];
    while (!ended) during.push(await paced(claimOnce));
    await importing;
    return compare(quiet, during, (performance.now() - begun) / 1_000);
  } finally {
    await bench.db.close();
  }
}

function compare(quiet: readonly number[], importing: readonly number[], importSeconds: number): DialingPace {
  const both = (share: number) => ({
    quiet: percentile(quiet, share),
    importing: percentile(importing, share),
  });
  const p99Ms = both(0.99);
  return {
    claims: { quiet: quiet.length, importing: importing.length },
    p50Ms: both(0.5),
    p99Ms,
    p99Ratio: p99Ms.importing / p99Ms.quiet,
    importSeconds,
  };
}

async function addDemoLeads({ db, world }: BenchDatabase): Promise<void> {
  const listId = await addList(db, world);
  const zoneId = await addZone(db, 'Europe/London;gb');
  for (let start = 0; start < DEMO_LEADS; start += 5_000) {
    const leads = Array.from({ length: 5_000 }, (_, n) => ({
      zoneId,
      numbers: [fictionalNumber(start + n)],
    }));
    await addLeads(db, world, { listId, leads });
  }
}

function claimer({ db, world }: BenchDatabase): () => Promise<void> {
  const source = createLeadSource({ db, openZones: async ({ zoneKeys }) => new Set(zoneKeys) });
  const { campaignId, ids } = world;
  return async () => {
    const now = Date.now();
    const leads = await source.next({ campaignId, limit: LEADS_A_CLAIM, now, exclude: new Set() });
    const orders = leads.map((lead) => claimOf(lead, { ids, now }));
    const won = await db.grouped((tx) => source.claim(tx, { campaignId, orders, now }));
    if (won.size !== LEADS_A_CLAIM) throw new Error(`only ${won.size} leads were claimed`);
  };
}

/** How long a claim took, in milliseconds; then a rest. */
async function paced(claimOnce: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await claimOnce();
  const took = performance.now() - begun;
  await pause(Math.max(0, EVERY_MS - took));
  return took;
}
