export { approvedScriptVersion, type PresetCatalogue } from './blockers.ts';
export { type CallRules, callRulesOf, createCampaignPlans } from './campaign-plans.ts';
export { type CampaignReader, createCampaignReader } from './campaign-reader.ts';
export { campaignChanged } from './campaigns-events.ts';
export { campaignRoutes } from './campaigns-routes.ts';
export { type Campaign, campaignParams, DIAL_MODES, type NewCampaign } from './campaigns-schema.ts';
export { type CampaignService, createCampaignService } from './campaigns-service.ts';
export { campaignById, touchCampaignsOfScript } from './campaigns-store.ts';
export { type CampaignSettings, settingsSchema, timeZoneField } from './settings-schema.ts';
