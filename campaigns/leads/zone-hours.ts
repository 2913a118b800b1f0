import { isOpenEverywhere, nextOpeningEverywhere } from '../../dialer/core/calling-window.ts';
import type { WindowRuleset } from '../../dialer/core/zone-key.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** The calling hours that bind a campaign, made ready. */
export type RulesetOf = (campaignId: Id) => Promise<WindowRuleset>;

/** Whether a place may be called now, and if not when it next may; null: not within 45 days. */
export interface PlaceHours {
  open: boolean;
  opensAt: Instant | null;
}

export type ZoneHours = (request: {
  campaignId: Id;
  now: Instant;
  zoneKeys: readonly string[];
}) => Promise<ReadonlyMap<string, PlaceHours>>;

/** When places may be called by the rules of the campaign: for explanations. */
export function createZoneHours(rulesetOf: RulesetOf): ZoneHours {
  return async ({ campaignId, now, zoneKeys }) => {
    const ruleset = await rulesetOf(campaignId);
    return new Map(zoneKeys.map((key) => [key, hoursOf(ruleset, key, now)]));
  };
}

function hoursOf(ruleset: WindowRuleset, zoneKey: string, now: Instant): PlaceHours {
  const hours = ruleset.hoursFor(zoneKey) ?? [];
  if (isOpenEverywhere(hours, now)) return { open: true, opensAt: now };
  return { open: false, opensAt: nextOpeningEverywhere(hours, now) };
}
