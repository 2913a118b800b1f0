/** Compliance: what other features and the composition may use. */
export {
  type AbandonCall,
  type AbandonJudgement,
  type AbandonLimits,
  type AbandonRate,
  type AbandonTally,
  abandonRate,
  countCall,
  emptyTally,
  judgeCall,
  mayOverdial,
  strictestAbandonLimits,
} from './abandon-ledger.ts';
export { type CampaignRules, type CampaignRulesets, createCampaignRulesets } from './campaign-rulesets.ts';
export { createComplianceGate } from './compliance-gate.ts';
export { lookbackMs } from './frequency.ts';
export {
  type ConsentHeld,
  decideGate,
  type GateDecision,
  type GateFacts,
  type GateReason,
} from './gate-decision.ts';
export { builtInHolidays, calendarGaps, type HolidayCalendar, type HolidayCalendars } from './holidays.ts';
export { type EffectiveMessage, type EffectiveRules, intersectPresets } from './intersect-presets.ts';
export { createLawfulReader } from './lawful-campaigns.ts';
export { createLeadPlacer, type LeadPlace, type LeadPlaceInput, placeOfLead } from './lead-place.ts';
export { placeOfNumber, zonesOfCountry } from './number-place.ts';
export {
  builtInPresets,
  createPresetCatalogue,
  type PresetCatalogue,
  parsePreset,
} from './preset-catalogue.ts';
export {
  type AbandonRule,
  type AbandonWindowRule,
  abandonWindowSchema,
  type ConsentLevel,
  type FrequencyRule,
  type HoursRule,
  type Preset,
  type PresetInput,
  presetSchema,
  windowSchema,
} from './preset-schema.ts';
export { presetRoutes } from './presets-routes.ts';
export { compileRuleset, type PlaceRules, type Ruleset, type RulesetInput } from './ruleset.ts';
