import { z } from 'zod';
import { idField, instantField, pageOf, pageQuery } from '../routes/index.ts';

export const LEAD_STATES = ['ready', 'waiting', 'held', 'claimed', 'inCall', 'suppressed', 'done'] as const;

const numberSchema = z.object({
  ordinal: z.int(),
  e164: z.string().meta({ description: 'Masked for roles that need not see it' }),
  extension: z.string(),
  kind: z.string(),
  state: z.enum(['active', 'exhausted', 'invalid', 'suppressed']),
  attempts: z.int(),
  nextAt: instantField.nullable(),
  lastOutcome: z.string().nullable(),
});

export const leadSchema = z
  .object({
    id: idField,
    listId: idField,
    state: z.enum(LEAD_STATES),
    reason: z.string().meta({ description: 'Why it is in its state: a code' }),
    dueAt: instantField.nullable(),
    attempts: z.int(),
    agentId: idField.nullable().meta({ description: 'A callback promised by this agent' }),
    numbers: z.array(numberSchema),
    profile: z.record(z.string(), z.unknown()),
    vars: z.record(z.string(), z.unknown()),
    createdAt: instantField,
    updatedAt: instantField,
  })
  .meta({ id: 'Lead' });
export type LeadView = z.output<typeof leadSchema>;

export const historySchema = z
  .object({
    attemptId: idField,
    at: instantField,
    mode: z.string(),
    outcome: z.string().nullable().meta({ description: 'Null while it lives' }),
    talkMs: z.int().nullable(),
    agentId: idField.nullable(),
    dispositionId: idField.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'LeadAttempt' });
export type LeadAttempt = z.output<typeof historySchema>;

export const leadsQuery = z.strictObject({
  ...pageQuery,
  listId: idField,
  state: z.enum(LEAD_STATES).optional(),
  reason: z.string().max(32).optional(),
});
export const leadPage = pageOf(leadSchema);
export const leadParams = z.object({ leadId: idField });
export const leadSearchSchema = z.strictObject({
  e164: z.e164().meta({ description: 'The whole number: parts are not searched' }),
  campaignId: idField.optional(),
});
