import { createCallLog, readLedger } from '../../campaigns/calls/index.ts';
import { type CampaignReader, callRulesOf, createCampaignPlans } from '../../campaigns/campaigns/index.ts';
import { type CampaignRulesets, createComplianceGate } from '../../campaigns/compliance/index.ts';
import { createLeadSource } from '../../campaigns/leads/index.ts';
import { DialerEngine, type EngineListener, type EngineOptions } from '../../dialer/engine/index.ts';
import type { Telephony } from '../../dialer/telephony/index.ts';
import type { Timers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Ids } from '../../platform/ids/index.ts';

/** What dialing stands on: real time or virtual, any telephone network. */
export interface DialingGround {
  db: Database;
  timers: Timers;
  ids: Ids;
  telephony: Telephony;
  rulesets: CampaignRulesets;
  readCampaign: CampaignReader;
  listener: EngineListener;
  /** See `EngineOptions`; true where the writer's lock of SQLite is held. */
  soleProcess?: boolean;
  /** How often the engine does what is not an answer to an event. */
  rhythm?: Pick<
    EngineOptions,
    'journalGatherMs' | 'heartbeatMs' | 'placeOnBeatOnly' | 'renewEveryMs' | 'liveEveryMs'
  >;
}

/** Builds the engine over the business's stores; nothing is started. */
export function composeDialing(ground: DialingGround): DialerEngine {
  const { db, timers, ids, telephony, listener, rulesets, readCampaign, soleProcess } = ground;
  return new DialerEngine({
    db,
    timers,
    ids,
    telephony,
    listener,
    soleProcess,
    plans: createCampaignPlans({
      db,
      campaign: readCampaign,
      abandonedSoFar: (queries, one) =>
        readLedger(queries, { campaignId: one.id, rules: callRulesOf(one), now: timers.now() }),
    }),
    leads: createLeadSource({ db, openZones: (request) => rulesets.openZones(db.reader, request) }),
    gate: createComplianceGate(rulesets),
    callLog: createCallLog({
      ids,
      reader: db.reader,
      rulesOf: async (queries, campaignId) => callRulesOf(await readCampaign(queries, campaignId)),
    }),
    ...ground.rhythm,
  });
}
