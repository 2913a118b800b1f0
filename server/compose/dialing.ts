import { createCallLog, readLedger } from '../../campaigns/calls/index.ts';
import { callRulesOf, createCampaignPlans, createCampaignReader } from '../../campaigns/campaigns/index.ts';
import {
  builtInHolidays,
  createCampaignRulesets,
  createComplianceGate,
  type PresetCatalogue,
} from '../../campaigns/compliance/index.ts';
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
  presets: PresetCatalogue;
  listener: EngineListener;
  /** How often the engine does what is not an answer to an event. */
  rhythm?: Pick<EngineOptions, 'journalGatherMs' | 'heartbeatMs' | 'renewEveryMs' | 'liveEveryMs'>;
}

/** Builds the engine over the business's stores; nothing is started. */
export function composeDialing(ground: DialingGround): DialerEngine {
  const { db, timers, ids, telephony, listener } = ground;
  const campaign = createCampaignReader();
  const rulesets = createCampaignRulesets({
    catalogue: ground.presets,
    holidays: builtInHolidays(),
    async rulesOf(queries, campaignId) {
      const { version, vendorId, settings } = await campaign(queries, campaignId);
      return {
        version,
        vendorId,
        presetIds: settings.compliance.presets,
        windows: settings.compliance.windows,
      };
    },
  });
  return new DialerEngine({
    db,
    timers,
    ids,
    telephony,
    listener,
    plans: createCampaignPlans({
      db,
      campaign,
      abandonedSoFar: (queries, one) =>
        readLedger(queries, { campaignId: one.id, rules: callRulesOf(one), now: timers.now() }),
    }),
    leads: createLeadSource({ db, openZones: (request) => rulesets.openZones(db.reader, request) }),
    gate: createComplianceGate(rulesets),
    callLog: createCallLog({
      ids,
      reader: db.reader,
      rulesOf: async (queries, campaignId) => callRulesOf(await campaign(queries, campaignId)),
    }),
    ...ground.rhythm,
  });
}
