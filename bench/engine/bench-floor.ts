import { createCallLog } from '../../campaigns/calls/index.ts';
import { createLeadSource } from '../../campaigns/leads/index.ts';
import { DialerEngine } from '../../dialer/engine/index.ts';
import type { CampaignPlan, ComplianceGate } from '../../dialer/ports.ts';
import { SimulatedNetwork } from '../../dialer/simulation/index.ts';
import { type Timers, VirtualTimers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { seededRandom } from '../../platform/random/index.ts';
import { RobotAgents } from '../../server/demo/robot-agents.ts';
import { createDriver, RULES, SHANGHAI } from '../../test/support/call-driver.ts';
import { addLeads, addList, addZone, fictionalNumber, START } from '../../test/support/campaign-world.ts';

/** What the benchmark dials: a floor that the real stores keep the books of, with a gate that is open. */
export interface BenchFloor {
  /** Call events heard from the network so far. */
  events(): number;
  /** Attempts placed so far. */
  placed(): number;
  start(): Promise<void>;
  /** Lets virtual time run until so many attempts were placed and all calls are over. */
  dial(attempts: number): Promise<void>;
  stop(): Promise<void>;
}

const OPEN: ComplianceGate = {
  check: async (_, { candidates }) => candidates.map(() => ({ allowed: true as const, basis: '{}' })),
};

export async function createBenchFloor(
  db: Database,
  size: { agents: number; leads: number },
): Promise<BenchFloor> {
  const { world, dispositions } = await createDriver(db, 'bench', RULES);
  const agentIds = await addAgents(db, world, size.agents);
  const zoneId = await addZone(db, SHANGHAI);
  const listId = await addList(db, world);
  const leads = Array.from({ length: size.leads }, (_, n) => ({ zoneId, numbers: [fictionalNumber(n)] }));
  for (let from = 0; from < leads.length; from += 1_000) {
    await addLeads(db, world, { listId, leads: leads.slice(from, from + 1_000) });
  }
  const time = new VirtualTimers(START + 1_000, () => engine.settled());
  const timers = onTheBeat(time);
  const random = seededRandom('bench');
  let placed = 0;
  let events = 0;
  const network = new SimulatedNetwork({
    timers,
    trunks: [{ id: 'trunk', capacity: 5_000, callsPerSecond: 1_000 }],
    scenarios: () => {
      placed += 1;
      const ringMs = 3_000 + Math.floor(random.next() * 9_000);
      if (random.next() < 0.5) return { result: 'noAnswer', setupMs: 500 };
      return { result: 'answered', setupMs: 500, ringMs, talkMs: 5_000 + Math.floor(random.next() * 20_000) };
    },
  });
  const telephony = network.connect();
  telephony.subscribe((event) => {
    if ('attemptId' in event) events += 1;
  });
  const failures: unknown[] = [];
  const engine: DialerEngine = new DialerEngine({
    db,
    timers,
    ids: createIds(timers, seededRandom('bench-ids')),
    telephony,
    plans: { active: async () => [benchPlan(world)] },
    leads: createLeadSource({ db, openZones: async ({ zoneKeys }) => new Set(zoneKeys) }),
    gate: OPEN,
    callLog: createCallLog({ ids: createIds(timers, random), rulesOf: async () => RULES, reader: db.reader }),
    listener: {
      agentChanged: (view) => robots.agentChanged(view),
      liveChanged: () => {},
      failed: (_, error) => failures.push(error),
    },
  });
  const dispositionId = dispositions.get('sale')?.id ?? [...dispositions.values()][0]?.id ?? '';
  const robots: RobotAgents = new RobotAgents({
    door: engine,
    timers,
    random,
    behaviour: { wrapUpMs: () => 2_000, previewMs: () => 0, verdict: () => ({ dispositionId }) },
    onFailure: (error) => failures.push(error),
  });
  const { vendorId, teamId, campaignId } = world;
  return {
    events: () => events,
    placed: () => placed,
    async start() {
      await engine.start();
      await robots.signIn(agentIds.map((agentId) => ({ agentId, vendorId, teamId, campaignId })));
    },
    async dial(attempts) {
      const reached = await time.runUntil(
        () => placed >= attempts || failures.length > 0,
        START + 86_400_000,
      );
      if (failures.length > 0) throw failures[0];
      if (!reached) throw new Error(`Only ${placed} of ${attempts} attempts were placed in a day`);
      await engine.drained();
    },
    async stop() {
      robots.rest();
      await time.advanceBy(120_000);
      await engine.stop();
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** A floor that keeps the database busy has some twenty events within one commit; a beat brings as many together. */
const BEAT_MS = 250;

function onTheBeat(time: VirtualTimers): Timers {
  return {
    now: () => time.now(),
    after(delayMs, action) {
      const at = time.now() + delayMs;
      return time.after(delayMs <= 0 ? 0 : Math.ceil(at / BEAT_MS) * BEAT_MS - time.now(), action);
    },
  };
}

interface World {
  vendorId: string;
  teamId: string;
  campaignId: string;
  ids: { next(): string };
}

async function addAgents(db: Database, { ids, vendorId, teamId }: World, count: number): Promise<string[]> {
  const agentIds = Array.from({ length: count }, () => ids.next());
  await db.transact(async (tx) => {
    for (const id of agentIds) {
      const owner = { vendor_id: vendorId, team_id: teamId };
      const person = { login: `bench-${id}`, name: 'Agent', role: 'agent', scope: 'team', state: 'active' };
      const row = { id, ...owner, ...person, password_hash: '-', created_at: START, updated_at: START };
      await tx.knex('users').insert(row);
    }
  });
  return agentIds;
}

function benchPlan({ campaignId, vendorId, teamId }: World): CampaignPlan {
  return {
    id: campaignId,
    vendorId,
    teamId,
    version: 1,
    running: true,
    mode: 'progressive',
    startedAt: START,
    ratio: 1,
    targetAbandonRate: 0.03,
    connectWithinMs: 2_000,
    abandonWindow: { kind: 'localDay', timeZone: 'UTC' },
    maxLines: 5_000,
    maxLinesPerAgent: 3,
    maxCallsPerSecond: 1_000,
    ringTimeoutMs: 20_000,
    wrapUpLimitMs: 30_000,
    wrapUpExtensionMs: 30_000,
    previewLimitMs: 20_000,
    previewRule: 'dial',
    callerIds: [{ e164: '+999000000001', dailyCap: null }],
    timeZone: 'UTC',
    detectMachines: false,
    abandonMessage: true,
    hopperSize: 500,
    scriptVersionId: null,
    abandonedSoFar: { answered: 0, abandoned: 0 },
  };
}
