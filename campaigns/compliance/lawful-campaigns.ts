import type { Clock, Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { type AbandonSettings, bindDialing } from './bind-dialing.ts';
import type { CampaignRulesets } from './campaign-rulesets.ts';

/** What of a campaign is read and bound here; the rest goes through as it is. */
export interface BindableCampaign {
  id: Id;
  version: number;
  timeZone: string;
  settings: { dialing: AbandonSettings };
}

/** A new list may bring a new country: the places of a campaign's leads are looked at again this often; ms. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Reads campaigns with the abandon limits that bind them: those of every place their leads may be in. The same
 * object comes back until the campaign or its limits change.
 */
export function createLawfulReader<C extends BindableCampaign>(parts: {
  clock: Clock;
  rulesets: CampaignRulesets;
  read(queries: Queries, campaignId: Id): Promise<C>;
}): (queries: Queries, campaignId: Id) => Promise<C> {
  const known = new Map<Id, { of: C; bound: C; lookedAt: Instant }>();
  return async (queries, campaignId) => {
    const campaign = await parts.read(queries, campaignId);
    const now = parts.clock.now();
    const before = known.get(campaignId);
    if (before?.of === campaign && now - before.lookedAt < LOOK_AGAIN_MS) return before.bound;
    const fresh = await bind(parts.rulesets, queries, campaign);
    const same = before?.of === campaign && JSON.stringify(before.bound) === JSON.stringify(fresh);
    const bound = same ? before.bound : fresh;
    known.set(campaignId, { of: campaign, bound, lookedAt: now });
    return bound;
  };
}

async function bind<C extends BindableCampaign>(
  rulesets: CampaignRulesets,
  queries: Queries,
  campaign: C,
): Promise<C> {
  const { ruleset } = await rulesets.of(queries, campaign.id);
  const rows = await queries.raw<{ zone_key: string }>(
    `select distinct z.zone_key from lists s join lead_tallies t on t.list_id = s.id
     join zone_keys z on z.id = t.zone_id where s.campaign_id = ? and t.n > 0`,
    [campaign.id],
  );
  const rules = rows.flatMap(({ zone_key }) => ruleset.placeRules(zone_key).rules?.abandon ?? []);
  const dialing = bindDialing(campaign.settings.dialing, { rules, zone: campaign.timeZone });
  return { ...campaign, settings: { ...campaign.settings, dialing } };
}
