export {
  type NumberedLead,
  readNumberedLeads,
  type StoredNumber,
  writeNumbers,
} from './lead-numbers-store.ts';
export { createLeadSource, type LeadSourceParts, type OpenZones } from './lead-source.ts';
export {
  AWAITING_DISPOSITION,
  CALLBACK,
  DO_NOT_CALL,
  finished,
  isPromised,
  type Lead,
  type LeadChange,
  type LeadState,
  liftedRank,
  plainRank,
  suppressed,
  TALKING,
  waitingUntil,
} from './lead-states.ts';
export { addToTallies, type Tally } from './lead-tallies.ts';
export { leadById, leadHistory } from './leads-read-model.ts';
export { leadRoutes } from './leads-routes.ts';
export { historySchema, leadSchema } from './leads-schema.ts';
export { changeLeads, readLeads } from './leads-store.ts';
export { type SuppressRequest, suppressLeads } from './suppress-leads.ts';
export {
  createZoneHours,
  type PlaceHours,
  type RulesetOf,
  type ZoneHours,
} from './zone-hours.ts';
