import type { Window } from '../../dialer/core/calling-window.ts';
import { openZoneKeys } from '../../dialer/core/zone-key.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { HolidayCalendars } from './holidays.ts';
import type { PresetCatalogue } from './preset-catalogue.ts';
import { compileRuleset, type Ruleset } from './ruleset.ts';

/** What of a campaign decides which rules hold. */
export interface CampaignRules {
  version: number;
  vendorId: Id;
  presetIds: readonly string[];
  windows: readonly Window[];
}

export interface RulesetParts {
  catalogue: PresetCatalogue;
  holidays: HolidayCalendars;
  /** @throws DomainError when there is no such campaign */
  rulesOf(queries: Queries, campaignId: Id): Promise<CampaignRules>;
}

export interface CampaignRulesets {
  of(queries: Queries, campaignId: Id): Promise<{ ruleset: Ruleset; vendorId: Id }>;
  /** Which of these zone keys may be called now. */
  openZones(
    queries: Queries,
    request: { campaignId: Id; zoneKeys: readonly string[]; now: Instant },
  ): Promise<ReadonlySet<string>>;
}

/** Campaigns' rulesets, compiled once per version: the version is read each time, so that a change holds at once. */
export function createCampaignRulesets({ catalogue, holidays, rulesOf }: RulesetParts): CampaignRulesets {
  const compiled = new Map<Id, { version: number; ruleset: Ruleset }>();

  async function of(queries: Queries, campaignId: Id) {
    const { version, vendorId, presetIds, windows } = await rulesOf(queries, campaignId);
    const known = compiled.get(campaignId);
    if (known?.version === version) return { ruleset: known.ruleset, vendorId };
    const ruleset = compileRuleset({ catalogue, presetIds, campaignWindows: windows, holidays });
    compiled.set(campaignId, { version, ruleset });
    return { ruleset, vendorId };
  }

  return {
    of,
    async openZones(queries, { campaignId, zoneKeys, now }) {
      const { ruleset } = await of(queries, campaignId);
      return new Set(openZoneKeys(zoneKeys, ruleset, now));
    },
  };
}
