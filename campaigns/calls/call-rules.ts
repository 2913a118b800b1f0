import type { RetryPlan } from '../../dialer/core/retry-plan.ts';
import type { AbandonWindow } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';

/** What of a campaign decides what follows from a call. */
export interface CallRules {
  /** Of the campaign: for leads of which no zone is known. */
  timeZone: string;
  startedAt: Instant;
  abandonWindow: AbandonWindow;
  retryPlan: RetryPlan;
}

/** A campaign's rules; asked at every batch and every result, so it remembers them by the campaign's version. */
export type CallRulesOf = (queries: Queries, campaignId: Id) => Promise<CallRules>;

export interface CallLogParts {
  ids: Ids;
  rulesOf: CallRulesOf;
}

/** The rules of each campaign named. */
export async function readRules(
  queries: Queries,
  { rulesOf, campaignIds }: { rulesOf: CallRulesOf; campaignIds: readonly Id[] },
): Promise<(campaignId: Id) => CallRules> {
  const rules = new Map<Id, CallRules>();
  for (const id of new Set(campaignIds)) rules.set(id, await rulesOf(queries, id));
  return (campaignId) => {
    const found = rules.get(campaignId);
    if (!found) throw new Error(`No rules were read for campaign ${campaignId}`);
    return found;
  };
}
