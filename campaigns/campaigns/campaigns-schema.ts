import { z } from 'zod';
import { idField, instantField, nameField, pageOf, pageQuery, reasonField } from '../routes/index.ts';
import { settingsChangeSchema, settingsSchema, timeZoneField } from './settings-schema.ts';

export const CAMPAIGN_STATES = ['draft', 'ready', 'running', 'paused', 'finished', 'archived'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const LIFECYCLE_ACTIONS = [
  'makeReady',
  'backToDraft',
  'start',
  'pause',
  'resume',
  'finish',
  'archive',
] as const;
export type LifecycleAction = (typeof LIFECYCLE_ACTIONS)[number];

export const DIAL_MODES = ['preview', 'progressive', 'ratio', 'predictive'] as const;
const dialMode = z.enum(DIAL_MODES);
const state = z.enum(CAMPAIGN_STATES);

export const callerIdSchema = z.strictObject({
  e164: z.e164(),
  dailyCap: z.int().min(1).max(100_000).nullable().default(null),
});
export type CallerId = z.output<typeof callerIdSchema>;

export const campaignSchema = z
  .object({
    id: idField,
    vendorId: idField,
    teamId: idField,
    name: z.string(),
    state,
    dialMode,
    timeZone: z.string(),
    scriptId: idField.nullable(),
    settings: settingsSchema,
    callerIds: z.array(callerIdSchema),
    version: z.int().meta({ description: 'To be given back with a change' }),
    startedAt: instantField.nullable(),
    finishedAt: instantField.nullable(),
    createdAt: instantField,
    updatedAt: instantField,
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.output<typeof campaignSchema>;

export const campaignSummarySchema = campaignSchema
  .omit({ settings: true, callerIds: true })
  .meta({ id: 'CampaignSummary' });
export type CampaignSummary = z.output<typeof campaignSummarySchema>;
export const campaignPage = pageOf(campaignSummarySchema);

const callerIds = z
  .array(callerIdSchema)
  .max(200)
  .refine((items) => new Set(items.map((item) => item.e164)).size === items.length, {
    params: { code: 'caller_id_twice' },
  });

export const newCampaignSchema = z.strictObject({
  name: nameField,
  teamId: idField.optional().meta({ description: "The viewer's own team when absent" }),
  dialMode: dialMode.default('progressive'),
  timeZone: timeZoneField,
  scriptId: idField.nullable().default(null),
  settings: settingsChangeSchema.default({}),
  callerIds: callerIds.default([]),
});
export type NewCampaign = z.output<typeof newCampaignSchema>;

export const campaignChangeSchema = z.strictObject({
  version: z.int().min(1),
  reason: reasonField.optional().meta({ description: 'Why; kept in the audit' }),
  name: nameField.optional(),
  dialMode: dialMode.optional(),
  timeZone: timeZoneField.optional(),
  scriptId: idField.nullable().optional(),
  settings: settingsChangeSchema.optional(),
  callerIds: callerIds.optional(),
});
export type CampaignChange = z.output<typeof campaignChangeSchema>;

export const lifecycleSchema = z.strictObject({
  action: z.enum(LIFECYCLE_ACTIONS),
  version: z.int().min(1),
  reason: reasonField.optional(),
});

export const blockersSchema = z.object({
  blockers: z.array(
    z
      .object({ code: z.string(), message: z.string(), params: z.record(z.string(), z.unknown()) })
      .meta({ id: 'Blocker', description: 'What is missing before the campaign can be made ready' }),
  ),
});
export type Blocker = z.output<typeof blockersSchema>['blockers'][number];

export const campaignsQuery = z.strictObject({
  ...pageQuery,
  state: state.optional(),
  teamId: idField.optional(),
});
export const campaignParams = z.object({ campaignId: idField });
