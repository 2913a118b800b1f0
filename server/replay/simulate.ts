import { Readable } from 'node:stream';
import type { NewCampaign } from '../../campaigns/campaigns/index.ts';
import { BUCKET_MS, readReport } from '../../campaigns/reports/index.ts';
import type { Viewer } from '../../campaigns/scope/index.ts';
import { replayNumber } from '../../dialer/core/replay-numbers.ts';
import { DEFAULT_FAR_END, farEndScenarios } from '../../dialer/simulation/index.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { forkRandom } from '../../platform/random/index.ts';
import type { Services } from '../compose/services.ts';
import { composeVirtualFloor } from '../compose/virtual-floor.ts';
import { createReplayCampaign, type ReplayCampaign } from './replay-campaign.ts';

export interface SimulateParts {
  db: Database;
  services: Services;
  importList(viewer: Viewer, request: { listId: Id; content: Readable }): Promise<void>;
}

export interface SimulateRequest {
  agents: number;
  hours: number;
  seed: string;
  dialMode: NewCampaign['dialMode'];
  leads: number;
  startAt: Instant;
}

/** A shift on the simulated network, as the report and the agents' time tell it. */
export interface SimulatedShift {
  attempts: number;
  answered: number;
  contacts: number;
  sales: number;
  abandoned: number;
  /** Abandoned ÷ answered. */
  abandonRate: number;
  /** (Talk + wrap-up) ÷ signed-in time, a fraction. */
  occupancy: number;
  talkMinutesPerAgentHour: number;
}

const HOUR_MS = 3_600_000;
const SALE_SHARE = 0.12;

/** Runs one shift in virtual time. The same request gives the same shift. */
export async function simulate(parts: SimulateParts, request: SimulateRequest): Promise<SimulatedShift> {
  const { db, services } = parts;
  const { seed, startAt, hours } = request;
  const campaign = await createReplayCampaign(
    parts,
    { ...request, settings: { compliance: { presets: ['demo-open'] } } },
    (viewer, listId) => parts.importList(viewer, { listId, content: leadList(request.leads) }),
  );
  const floor = composeVirtualFloor({
    db,
    services,
    seed,
    name: campaign.name,
    startAt,
    scenarios: farEndScenarios({
      model: DEFAULT_FAR_END,
      random: forkRandom(seed, 'far ends'),
      now: () => floor.timers.now(),
    }),
    behaviour: behaviour(campaign),
  });
  await floor.open(campaign.seats);
  await floor.run(async () => false, startAt + hours * HOUR_MS);
  await floor.close();
  return readShift(db, { campaign, from: startAt, to: floor.timers.now() });
}

function behaviour({ saleId, refusalId }: ReplayCampaign) {
  return {
    wrapUpMs: (random: { next(): number }) => 5_000 + random.next() * 20_000,
    previewMs: (random: { next(): number }) => 3_000 + random.next() * 12_000,
    verdict: (_view: unknown, random: { next(): number }) => ({
      dispositionId: random.next() < SALE_SHARE ? saleId : refusalId,
    }),
  };
}

function leadList(leads: number): Readable {
  return Readable.from(
    (function* rows() {
      yield 'phone\n';
      for (let index = 0; index < leads; index++) yield `${replayNumber(index)}\n`;
    })(),
  );
}

async function readShift(
  { reader }: Database,
  { campaign, from, to }: { campaign: ReplayCampaign; from: Instant; to: Instant },
): Promise<SimulatedShift> {
  const { total } = await readReport(reader, {
    campaignIds: [campaign.campaignId],
    from: Math.floor(from / BUCKET_MS) * BUCKET_MS,
    to: (Math.floor(to / BUCKET_MS) + 1) * BUCKET_MS,
    timeZone: 'UTC',
  });
  const rows = await reader.raw<{ state: string; ms: number }>(
    'select state, sum(ms) as ms from agent_time_buckets where campaign_id = ? group by state',
    [campaign.campaignId],
  );
  const msIn = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { ms }) => sum + ms, 0);
  const signedInMs = rows.reduce((sum, { ms }) => sum + ms, 0);
  const { attempts, answered, contacts, sales, abandoned, abandonRate, talkMs } = total;
  return {
    attempts,
    answered,
    contacts,
    sales,
    abandoned,
    abandonRate: abandonRate ?? 0,
    occupancy: signedInMs === 0 ? 0 : msIn('connected', 'wrapUp') / signedInMs,
    talkMinutesPerAgentHour: signedInMs === 0 ? 0 : (talkMs / signedInMs) * 60,
  };
}
