import { z } from 'zod';
import { defaultRetryPlan } from '../../dialer/core/retry-plan.ts';
import { isKnownZone } from '../../dialer/core/zone-time.ts';

/** Everything the engine and the rules read of a campaign. `{}` is a whole, careful campaign. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Milliseconds between two bounds. */
const ms = (min: number, max: number, fallback: number) => z.int().min(min).max(max).default(fallback);

const zoneName = z
  .string()
  .max(64)
  .refine(isKnownZone, { error: 'Not an IANA time zone', params: { code: 'unknown_time_zone' } });
export const timeZoneField = zoneName.meta({ example: 'Asia/Shanghai' });

const abandonWindow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('localDay'), timeZone: timeZoneField }),
  z.strictObject({ kind: z.literal('campaignBlock'), days: z.int().min(1).max(90) }),
  z.strictObject({ kind: z.literal('calendarMonth'), timeZone: timeZoneField }),
  z.strictObject({
    kind: z.literal('rolling'),
    hours: z
      .int()
      .min(1)
      .max(24 * 90),
  }),
]);

/**
 * The defaults of the abandon rate, of the time to connect and of the window are those of the US rules (3 % of
 * answered calls in 30 days, 2 s: 47 CFR 64.1200(a)(7)); the target stays a little under the limit.
 */
const dialing = z.strictObject({
  ratio: z.number().min(1).max(5).default(1).meta({ description: 'Lines per free agent, mode `ratio`' }),
  targetAbandonRate: z.number().min(0).max(0.05).default(0.025),
  connectWithinMs: ms(500, 5 * SECOND, 2 * SECOND),
  abandonWindow: abandonWindow.default({ kind: 'campaignBlock', days: 30 }),
  maxLines: z.int().min(1).max(5_000).default(100),
  maxLinesPerAgent: z.number().min(1).max(5).default(3),
  maxCallsPerSecond: z.number().min(0.1).max(500).default(10),
  ringTimeoutMs: ms(15 * SECOND, 60 * SECOND, 25 * SECOND),
  detectMachines: z.boolean().default(false),
  abandonMessage: z
    .boolean()
    .default(true)
    .meta({ description: 'An abandoned customer hears who called before we hang up' }),
  hopperSize: z.int().min(10).max(10_000).default(200),
});

const agentDesk = z.strictObject({
  wrapUpLimitMs: ms(5 * SECOND, 30 * MINUTE, 60 * SECOND),
  wrapUpExtensionMs: ms(0, 30 * MINUTE, 60 * SECOND),
  previewLimitMs: ms(5 * SECOND, 30 * MINUTE, 60 * SECOND),
  previewRule: z
    .enum(['dial', 'skip', 'pause'])
    .default('pause')
    .meta({ description: 'When the preview time is over' }),
});

const retryRule = z.strictObject({
  delayMs: z
    .int()
    .min(0)
    .max(90 * DAY),
  maxPerNumber: z.int().min(1).max(1_000).optional(),
  turnTo: z.enum(['nextNumber', 'sameNumber']),
  final: z.enum(['number', 'invalid', 'lead']).optional(),
});

const rules = defaultRetryPlan.rules;
const retryRules = z.strictObject({
  answered: retryRule.default(rules.answered),
  machine: retryRule.default(rules.machine),
  fax: retryRule.default(rules.fax),
  noAnswer: retryRule.default(rules.noAnswer),
  busy: retryRule.default(rules.busy),
  congestion: retryRule.default(rules.congestion),
  rejected: retryRule.default(rules.rejected),
  invalid: retryRule.default(rules.invalid),
  failed: retryRule.default(rules.failed),
  cancelled: retryRule.default(rules.cancelled),
  hungUpWaiting: retryRule.default(rules.hungUpWaiting),
  abandoned: retryRule.default(rules.abandoned),
  unknown: retryRule.default(rules.unknown),
});

/** Upper bounds leave room for a recorded campaign to be replayed as it was, however stubborn its callers. */
const retries = z.strictObject({
  rules: retryRules.prefault({}),
  maxPerNumber: z.int().min(1).max(1_000).default(defaultRetryPlan.maxPerNumber),
  maxPerLead: z.int().min(1).max(1_000).default(defaultRetryPlan.maxPerLead),
  maxPerLeadPerDay: z.int().min(1).max(1_000).default(defaultRetryPlan.maxPerLeadPerDay),
  maxFailuresPerNumber: z.int().min(1).max(1_000).default(defaultRetryPlan.maxFailuresPerNumber),
  betweenNumbersMs: ms(0, 7 * DAY, defaultRetryPlan.betweenNumbersMs),
});

const window = z
  .strictObject({
    days: z.array(z.int().min(0).max(6)).min(1).max(7).meta({ description: '0 = Sunday … 6' }),
    from: z.int().min(0).max(1_439).meta({ description: 'Minutes from local midnight' }),
    to: z.int().min(1).max(1_440).meta({ description: 'End, exclusive' }),
  })
  .refine((value) => value.from < value.to, {
    path: ['to'],
    params: { code: 'window_ends_before_it_begins' },
  });

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** Presets bind; the campaign's own windows can only narrow them. */
const compliance = z.strictObject({
  presets: z
    .array(z.string().regex(/^[a-zA-Z0-9][\w.-]{0,63}$/))
    .max(20)
    .default([]),
  windows: z
    .array(window)
    .min(1)
    .max(28)
    .default([{ days: EVERY_DAY, from: 0, to: 1_440 }]),
});

export const settingsSchema = z
  .strictObject({
    dialing: dialing.prefault({}),
    agentDesk: agentDesk.prefault({}),
    retries: retries.prefault({}),
    compliance: compliance.prefault({}),
  })
  .meta({ id: 'CampaignSettings' });
export type CampaignSettings = z.output<typeof settingsSchema>;

/** A change names only what it changes; a list or a rule is given whole. */
export const settingsChangeSchema = z
  .strictObject({
    dialing: withoutDefaults(dialing),
    agentDesk: withoutDefaults(agentDesk),
    retries: withoutDefaults(retries),
    compliance: withoutDefaults(compliance),
  })
  .partial()
  .meta({ id: 'CampaignSettingsChange' });
export type CampaignSettingsChange = z.output<typeof settingsChangeSchema>;

/** The stored settings with the change laid over them, checked as a whole. */
export function changedSettings(
  settings: CampaignSettings,
  change: CampaignSettingsChange,
): CampaignSettings {
  const rules = { ...settings.retries.rules, ...change.retries?.rules };
  return settingsSchema.parse({
    dialing: { ...settings.dialing, ...change.dialing },
    agentDesk: { ...settings.agentDesk, ...change.agentDesk },
    retries: { ...settings.retries, ...change.retries, rules },
    compliance: { ...settings.compliance, ...change.compliance },
  });
}

/** All fields optional and none filled in, else a change of one field would reset the others. */
function withoutDefaults<S extends z.core.$ZodLooseShape>(schema: z.ZodObject<S, z.core.$strict>) {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const inner = field instanceof z.ZodDefault || field instanceof z.ZodPrefault ? field.unwrap() : field;
    const bare = inner instanceof z.ZodObject && name === 'rules' ? withoutDefaults(inner) : inner;
    shape[name] = (bare as z.ZodType).optional();
  }
  return z.strictObject(shape) as unknown as z.ZodType<Partial<z.output<z.ZodObject<S, z.core.$strict>>>>;
}
