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

/** Reads a campaign's rules. */
export type CallRulesOf = (queries: Queries, campaignId: Id) => Promise<CallRules>;

export interface CallLogParts {
  ids: Ids;
  rulesOf: CallRulesOf;
}

const MAX_REMEMBERED = 1_000;

/** The same rules, read anew only when the campaign's version has changed. */
export function rememberedRules(rulesOf: CallRulesOf): CallRulesOf {
  const known = new Map<Id, { version: number; rules: CallRules }>();
  return async (queries, campaignId) => {
    const [row] = await queries.raw<{ version: number }>('select version from campaigns where id = ?', [
      campaignId,
    ]);
    const found = known.get(campaignId);
    if (row && found?.version === row.version) return found.rules;
    const rules = await rulesOf(queries, campaignId);
    if (known.size >= MAX_REMEMBERED) known.clear();
    if (row) known.set(campaignId, { version: row.version, rules });
    return rules;
  };
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
