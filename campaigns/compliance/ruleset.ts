/**
 * The rules of one campaign, made ready: for every place a lead may be in, which presets apply, what they
 * come to together, and the hours that must all be open.
 */
import type { HoursPart, Window } from '../../dialer/core/calling-window.ts';
import { intersectWindows } from '../../dialer/core/window-sets.ts';
import { type Place, placeOfZoneKey, type WindowRuleset } from '../../dialer/core/zone-key.ts';
import { DomainError } from '../../platform/errors/index.ts';
import { closedDaysOf, type HolidayCalendars } from './holidays.ts';
import { type EffectiveRules, intersectPresets } from './intersect-presets.ts';
import type { PresetCatalogue } from './preset-catalogue.ts';
import type { Preset } from './preset-schema.ts';

const maxRemembered = 20_000;

export interface RulesetInput {
  catalogue: PresetCatalogue;
  /** Chosen by the campaign: sector, line, company. Those of the lead's countries and states come by themselves. */
  presetIds: readonly string[];
  /** The campaign's own hours on the called party's clock; they can only narrow. */
  campaignWindows?: readonly Window[];
  holidays: HolidayCalendars;
}

export type PlaceProblem = 'unknown_zone' | 'no_preset' | 'blocked_region';

/** A place that may be called when its hours are open, or why it may not be called at all. */
export type PlaceRules =
  | { callable: true; rules: EffectiveRules; zones: readonly string[]; hours: readonly HoursPart[] }
  | { callable: false; problem: PlaceProblem; rules: EffectiveRules | null };

export interface Ruleset extends WindowRuleset {
  placeRules(zoneKey: string): PlaceRules;
  /** Under a demo or replay preset: only for the simulated phone network. */
  readonly simulation: boolean;
}

/**
 * Throws `preset_unknown`, and `preset_simulation_mixed` when a simulation preset is to hold together with
 * real ones: it would give the look of rules that do not apply.
 */
export function compileRuleset(input: RulesetInput): Ruleset {
  const chosen = input.presetIds.flatMap((id) => input.catalogue.chain(id));
  const simulation = chosen.some(({ use }) => use === 'simulation');
  if (simulation && chosen.some(({ use }) => use !== 'simulation')) {
    throw new DomainError(
      'invalid',
      'preset_simulation_mixed',
      'A demo or replay preset stands alone: remove it, or the others',
    );
  }
  const compiled: Compiled = {
    ...input,
    chosen,
    simulation,
    rulesOf: remembered((names) => rulesOfJurisdictions(names, { ...input, chosen })),
    closedDays: remembered((ids) => closedDaysOf(ids, input.holidays)),
  };
  const known = new Map<string, PlaceRules>();
  const ruleset: Ruleset = {
    simulation,
    placeRules(zoneKey) {
      const remembered = known.get(zoneKey);
      if (remembered !== undefined) return remembered;
      if (known.size >= maxRemembered) known.clear();
      const found = rulesOfPlace(placeOfZoneKey(zoneKey), compiled);
      known.set(zoneKey, found);
      return found;
    },
    hoursFor(zoneKey) {
      const place = ruleset.placeRules(zoneKey);
      return place.callable ? place.hours : null;
    },
  };
  return ruleset;
}

interface Compiled extends RulesetInput {
  chosen: readonly Preset[];
  simulation: boolean;
  /** Many places share their rules, and many rules their calendars: each is worked out once. */
  rulesOf: (jurisdictions: readonly string[]) => EffectiveRules | null;
  closedDays: (calendars: readonly string[]) => ReadonlySet<number>;
}

/** Remembers the answers for lists of names; the lists are few, as they come from presets and places. */
function remembered<T>(find: (names: readonly string[]) => T): (names: readonly string[]) => T {
  const known = new Map<string, { answer: T }>();
  return (names) => {
    const key = names.join('|');
    const found = known.get(key);
    if (found !== undefined) return found.answer;
    if (known.size >= maxRemembered) known.clear();
    const answer = find(names);
    known.set(key, { answer });
    return answer;
  };
}

/** Null when a jurisdiction has no preset. */
function rulesOfJurisdictions(
  jurisdictions: readonly string[],
  { catalogue, chosen }: { catalogue: PresetCatalogue; chosen: readonly Preset[] },
): EffectiveRules | null {
  const each = jurisdictions.map((one) => catalogue.forJurisdiction(one));
  if (each.some((presets) => presets.length === 0)) return null;
  return intersectPresets([...chosen, ...each.flat().flatMap(({ id }) => catalogue.chain(id))]);
}

function rulesOfPlace(place: Place, input: Compiled): PlaceRules {
  // A simulation needs no zone: it is open at any hour of any of them.
  if (input.simulation) {
    const zones = place.zones.length > 0 ? place.zones : ['UTC'];
    return callable(intersectPresets(input.chosen), zones, input);
  }
  if (
    place.zones.length === 0 ||
    place.jurisdictions.length === 0 ||
    place.jurisdictions.includes('unknown')
  ) {
    return { callable: false, problem: 'unknown_zone', rules: null };
  }
  const rules = input.rulesOf(place.jurisdictions);
  if (rules === null) return { callable: false, problem: 'no_preset', rules };
  if (place.jurisdictions.some((one) => rules.blockedRegions.includes(one))) {
    return { callable: false, problem: 'blocked_region', rules };
  }
  return callable(rules, place.zones, input);
}

function callable(rules: EffectiveRules, zones: readonly string[], input: Compiled): PlaceRules {
  const own = input.campaignWindows;
  const windows = own === undefined ? rules.windows : intersectWindows(rules.windows, own);
  const closedDays = input.closedDays(rules.calendars);
  const hours: HoursPart[] = [
    ...zones.map((zone) => ({ windows, zone, closedDays })),
    ...rules.fixed.map((part) => ({ windows: part.windows, zone: part.zone })),
  ];
  return { callable: true, rules: { ...rules, windows }, zones, hours };
}
