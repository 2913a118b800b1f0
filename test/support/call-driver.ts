import { createAuditLog } from '../../campaigns/audit/index.ts';
import { type CallRules, createCallLog } from '../../campaigns/calls/index.ts';
import { createDispositionsService, type Disposition } from '../../campaigns/dispositions/index.ts';
import { createLeadSource } from '../../campaigns/leads/index.ts';
import { defaultRetryPlan } from '../../dialer/core/retry-plan.ts';
import type { AttemptFacts, CallLog, LeadCandidate, LeadSource, OutcomeName } from '../../dialer/ports.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { addZone, type CampaignWorld, createWorld, START } from './campaign-world.ts';

export const SHANGHAI = 'Asia/Shanghai;cn';

export const RULES: CallRules = {
  timeZone: 'Asia/Shanghai',
  startedAt: START,
  abandonWindow: { kind: 'localDay', timeZone: 'Asia/Shanghai' },
  retryPlan: defaultRetryPlan,
};

/** Plays the engine's part towards the stores, one call at a time, so that a suite can say what happens. */
export interface CallDriver {
  db: Database;
  world: CampaignWorld;
  log: CallLog;
  leads: LeadSource;
  zoneId: number;
  dispositions: Map<string, Disposition>;
  next(limit: number, now: number): Promise<LeadCandidate[]>;
  /** Claims the lead and answers the facts of its attempt, or undefined when it was not won. */
  claim(lead: LeadCandidate, now: number): Promise<AttemptFacts | undefined>;
  record(...records: Parameters<CallLog['record']>[1]): Promise<void>;
  /** Claimed at `now`, ended `ms` later without an agent. */
  fail(lead: LeadCandidate, end: { outcome: OutcomeName; now: number; ms?: number }): Promise<AttemptFacts>;
  /** Claimed, talked `talkMs` with the agent, ended; not yet disposed. */
  talk(lead: LeadCandidate, talk: { now: number; talkMs: number; agentId?: Id }): Promise<AttemptFacts>;
  dispose(
    facts: AttemptFacts,
    result: {
      code: string;
      now: number;
      note?: string;
      callback?: { localTime: string; timeZone: string; reservedForAgent: boolean };
      agentId?: Id;
    },
  ): Promise<void>;
}

export async function createDriver(
  db: Database,
  seed: string,
  rules: CallRules = RULES,
): Promise<CallDriver> {
  const world = await createWorld(db, { seed, agents: 4 });
  const { ids, campaignId } = world;
  const zoneId = await addZone(db, SHANGHAI);
  const service = createDispositionsService({
    ids,
    audit: createAuditLog({ clock: { now: () => START }, ids }),
  });
  const set = await db.transact((tx) => service.createDefaults(tx, campaignId));
  const dispositions = new Map(set.map((one) => [one.code, one]));
  const log = createCallLog({ ids, rulesOf: async () => rules, reader: db.reader });
  const leads = createLeadSource({ db, openZones: async ({ zoneKeys }) => new Set(zoneKeys) });
  const record: CallDriver['record'] = (...records) => db.transact((tx) => log.record(tx, records));

  async function claim(lead: LeadCandidate, now: number): Promise<AttemptFacts | undefined> {
    const attemptId = ids.next();
    const order = {
      lead,
      attemptId,
      ticket: ids.next(),
      ticketExpiresAt: now + 5_000,
      mode: 'progressive' as const,
      callerId: null,
      trunkId: null,
      scriptVersionId: null,
      agentId: null,
      basis: '{}',
    };
    const won = await db.transact((tx) => leads.claim(tx, { campaignId, orders: [order], now }));
    const mode = order.mode;
    return won.has(attemptId)
      ? { attemptId, campaignId, lead, mode, scriptVersionId: null, orderedAt: now }
      : undefined;
  }

  async function claimed(lead: LeadCandidate, now: number): Promise<AttemptFacts> {
    const facts = await claim(lead, now);
    if (!facts) throw new Error('The lead was not won');
    return facts;
  }

  return {
    db,
    world,
    log,
    leads,
    zoneId,
    dispositions,
    next: (limit, now) => leads.next({ campaignId, limit, now, exclude: new Set() }),
    claim,
    record,
    async fail(lead, { outcome, now, ms = 20_000 }) {
      const facts = await claimed(lead, now);
      const ended = { ...facts, endedAt: now + ms, outcome };
      await record({ type: 'attemptEnded', attempt: ended });
      return ended;
    },
    async talk(lead, { now, talkMs, agentId = world.agentIds[0] ?? '' }) {
      const facts = await claimed(lead, now);
      const answered = { ...facts, ringingAt: now + 1_000, answeredAt: now + 8_000 };
      const joined = { ...answered, agentId, callId: ids.next(), sessionId: '', connectedAt: now + 8_200 };
      await record(
        { type: 'attemptAnswered', attempt: answered },
        { type: 'attemptConnected', attempt: joined },
      );
      const ended = { ...joined, endedAt: joined.connectedAt + talkMs, outcome: 'answered' as const };
      await record({ type: 'attemptEnded', attempt: ended });
      return ended;
    },
    async dispose(facts, { code, now, note = '', callback, agentId }) {
      const dispositionId = dispositions.get(code)?.id ?? code;
      await db.transact((tx) =>
        log.dispose(tx, {
          callId: facts.callId ?? '',
          agentId: agentId ?? facts.agentId ?? '',
          campaignId,
          dispositionId,
          note,
          ...(callback ? { callback } : {}),
          now,
        }),
      );
    },
  };
}
