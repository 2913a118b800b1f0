import type { RetryPlan } from '../../dialer/core/retry-plan.ts';
import type { CampaignPlan, CampaignPlans } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Database, Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { approvedScriptVersion } from './blockers.ts';
import type { CampaignReader } from './campaign-reader.ts';
import type { Campaign } from './campaigns-schema.ts';
import { activeCampaignIds } from './campaigns-store.ts';
import type { CampaignSettings } from './settings-schema.ts';

export interface PlanServices {
  db: Database;
  campaign: CampaignReader;
  /** Calls counted in the campaign's current legal window. */
  abandonedSoFar: (queries: Queries, campaign: Campaign) => Promise<{ answered: number; abandoned: number }>;
}

/** What of a campaign decides what follows from a call. */
export interface CallRules {
  /** For leads of which no zone is known. */
  timeZone: string;
  startedAt: Instant;
  abandonWindow: CampaignSettings['dialing']['abandonWindow'];
  retryPlan: RetryPlan;
}

export function callRulesOf(campaign: Campaign): CallRules {
  return {
    timeZone: campaign.timeZone,
    startedAt: campaign.startedAt ?? campaign.createdAt,
    abandonWindow: campaign.settings.dialing.abandonWindow,
    retryPlan: retryPlanOf(campaign.settings.retries),
  };
}

/** A rule without `maxPerNumber` has none, rather than one that is undefined. */
function retryPlanOf({ rules, ...caps }: CampaignSettings['retries']): RetryPlan {
  return { ...caps, rules: rules as RetryPlan['rules'] };
}

/** Campaigns as the engine knows them; one that has not changed since it was asked for is not worked out again. */
export function createCampaignPlans({ db, campaign, abandonedSoFar }: PlanServices): CampaignPlans {
  const known = new Map<Id, { of: Campaign; plan: CampaignPlan }>();

  async function planOf(id: Id): Promise<CampaignPlan> {
    const found = await campaign(db.reader, id);
    const before = known.get(id);
    if (before?.of === found) return before.plan;
    const { scriptId } = found;
    const plan = toPlan(found, {
      scriptVersionId: scriptId ? ((await approvedScriptVersion(db.reader, scriptId)) ?? null) : null,
      abandonedSoFar: await abandonedSoFar(db.reader, found),
    });
    known.set(id, { of: found, plan });
    return plan;
  }

  return {
    async active() {
      const ids = await activeCampaignIds(db.reader);
      for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
      return Promise.all(ids.map(planOf));
    },
  };
}

function toPlan(
  campaign: Campaign,
  more: { scriptVersionId: Id | null; abandonedSoFar: { answered: number; abandoned: number } },
): CampaignPlan {
  const { dialing, agentDesk } = campaign.settings;
  return {
    id: campaign.id,
    vendorId: campaign.vendorId,
    teamId: campaign.teamId,
    version: campaign.version,
    running: campaign.state === 'running',
    mode: campaign.dialMode,
    startedAt: campaign.startedAt ?? campaign.createdAt,
    ...dialing,
    wrapUpLimitMs: agentDesk.wrapUpLimitMs,
    wrapUpExtensionMs: agentDesk.wrapUpExtensionMs,
    previewLimitMs: agentDesk.previewLimitMs,
    previewRule: agentDesk.previewRule,
    callerIds: campaign.callerIds,
    timeZone: campaign.timeZone,
    ...more,
  };
}
