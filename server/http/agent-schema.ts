import { z } from 'zod';
import { timeZoneField } from '../../campaigns/campaigns/index.ts';
import { dispositionView } from '../../campaigns/dispositions/index.ts';
import { historySchema, leadSchema } from '../../campaigns/leads/index.ts';
import { idField, instantField } from '../../campaigns/routes/index.ts';
import { renderedScriptSchema } from '../../campaigns/scripts/index.ts';

const AGENT_STATES = ['available', 'reserved', 'ringing', 'connected', 'wrapUp', 'paused'] as const;
const modes = z.enum(['preview', 'progressive', 'ratio', 'predictive', 'manual']);

export const agentViewSchema = z
  .object({
    agentId: idField,
    sessionId: idField.nullable(),
    campaignId: idField.nullable(),
    state: z.enum([...AGENT_STATES, 'signedOff']),
    reason: z.string(),
    since: instantField,
    endsAt: instantField.nullable().meta({ description: 'When the preview or the wrap-up ends by itself' }),
    canExtend: z.boolean(),
    work: z
      .object({
        attemptId: idField.nullable(),
        callId: idField.nullable(),
        leadId: idField,
        listId: idField,
        numberOrdinal: z.int(),
        mode: modes,
        scriptVersionId: idField.nullable(),
        connectedAt: instantField.nullable(),
        endedAt: instantField.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'AgentView' });

export const deskSchema = z
  .object({
    now: instantField.meta({ description: "The server's clock: timers count from it" }),
    agent: agentViewSchema,
    campaign: z.object({ id: idField, name: z.string(), timeZone: z.string(), dialMode: modes }).nullable(),
    card: z.object({ lead: leadSchema, history: z.array(historySchema) }).nullable(),
    script: renderedScriptSchema.nullable(),
    dispositions: z.array(dispositionView),
    today: z.object({
      since: instantField,
      calls: z.int(),
      disposed: z.int(),
      sales: z.int(),
      talkMs: z.int(),
    }),
  })
  .meta({ id: 'Desk' });

const reason = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,31}$/)
  .meta({ description: 'A code', example: 'lunch' });

export const startSchema = z.strictObject({ campaignId: idField });
export const pauseSchema = z.strictObject({ reason: reason.default('break') });
export const skipSchema = z.strictObject({ reason: reason.default('skipped') });
export const disposeSchema = z.strictObject({
  callId: idField,
  dispositionId: idField,
  note: z.string().trim().max(2_000).default(''),
  callback: z
    .strictObject({
      localTime: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
        .meta({ example: '2026-11-23T20:30' }),
      timeZone: timeZoneField,
      reservedForAgent: z.boolean().default(true).meta({ description: 'To me, or to anyone' }),
    })
    .optional(),
});

export const liveSchema = z
  .object({
    campaignId: idField,
    at: instantField,
    running: z.boolean().meta({ description: 'False: no engine runs the campaign now, the rest is empty' }),
    agents: z.array(
      z.object({
        agentId: idField,
        name: z.string(),
        state: z.enum(AGENT_STATES),
        reason: z.string(),
        since: instantField,
      }),
    ),
    calls: z.object({ ringing: z.int(), waiting: z.int(), connected: z.int() }),
    pacing: z
      .object({
        mode: modes,
        placed: z.number(),
        reason: z.string(),
        linesInUse: z.int(),
        maxLines: z.int(),
        abandonRate: z.number(),
        targetAbandonRate: z.number(),
      })
      .nullable(),
    today: z
      .object({
        attempts: z.int(),
        answered: z.int(),
        connected: z.int(),
        abandoned: z.int(),
        sales: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'LiveCampaign' });
