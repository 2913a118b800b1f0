/**
 * The shape of a preset: the calling rules of one country, state, sector, line or company, as data an
 * operator may edit. Every rule says where it comes from, as of when, and how certain that is.
 */
import { z } from 'zod';
import { isKnownZone } from '../../dialer/core/zone-time.ts';

/** A: official text seen · B: several sources, or one quoting the statute · C: one source · M: unconfirmed. */
export const certaintySchema = z.enum(['A', 'B', 'C', 'M']);
export type Certainty = z.infer<typeof certaintySchema>;

const date = z.iso.date();
const count = z.int().min(0).max(100_000);
const positive = z.int().min(1).max(100_000);
const presetId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-zA-Z0-9]+)*$/)
  .max(40);
const code = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_][a-zA-Z0-9]+)*$/)
  .max(40);
const zone = z.string().max(64).refine(isKnownZone, { error: 'Use an IANA time zone such as Asia/Shanghai' });

/** Stands on every rule. */
const cited = {
  source: z.string().min(3).max(500),
  asOf: date,
  certainty: certaintySchema,
  note: z.string().max(500).optional(),
};

function clockMinute(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Minutes from local midnight, or a clock time `HH:MM` up to `24:00`; becomes minutes. */
const minuteOfDay = z.union([
  z.int().min(0).max(1440),
  z
    .string()
    .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'Write a clock time as HH:MM' })
    .transform(clockMinute),
]);

export const windowSchema = z
  .strictObject({
    days: z.array(z.int().min(0).max(6)).min(1).max(7),
    from: minuteOfDay,
    to: minuteOfDay,
  })
  .refine(({ from, to }) => from < to, {
    error: 'A window ends after it begins; write one that passes midnight as two',
  });

export const hoursRuleSchema = z.strictObject({
  ...cited,
  windows: z.array(windowSchema).max(50),
  /** On whose clock: the called party's (every candidate zone), or one fixed zone besides. */
  tz: z.union([z.literal('calledParty'), z.strictObject({ fixed: zone })]),
});

export const frequencyRuleSchema = z.strictObject({
  ...cited,
  /** So many are allowed per period; one more is not. */
  max: positive,
  per: z
    .strictObject({
      minutes: positive.optional(),
      hours: positive.optional(),
      calendarDays: positive.optional(),
    })
    .refine((per) => Object.values(per).filter((n) => n !== undefined).length === 1, {
      error: 'Give exactly one of minutes, hours, calendarDays',
    }),
  /** Whom the law counts by. The gate is given the calls by this key, or a wider one. */
  key: z.enum(['number', 'person', 'personSubject', 'debt']),
  counts: z.enum(['attempts', 'conversations']),
  /** `fixedFromFirst`: the period begins with the first call after the last period ended. */
  windowKind: z.enum(['rolling', 'fixedFromFirst']).default('rolling'),
  /** Relations that the law exempts, such as `ebr18m` or `b2b`. */
  exempt: z.array(code).max(10).default([]),
});

export const abandonWindowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('localDay') }),
  z.strictObject({ kind: z.literal('campaignBlock'), days: z.int().min(1).max(366) }),
  z.strictObject({ kind: z.literal('calendarMonth') }),
  z.strictObject({ kind: z.literal('rolling'), hours: z.int().min(1).max(8784) }),
  z.strictObject({ kind: z.literal('campaign') }),
]);

export const abandonRuleSchema = z.strictObject({
  ...cited,
  /** Share of the denominator; null: none is lawful, and the target alone guides. */
  cap: z.number().min(0).max(1).nullable(),
  /** What pacing aims at, below the cap. */
  target: z.number().min(0).max(1),
  window: abandonWindowSchema,
  scope: z.enum(['campaign', 'campaignOrCallCentre', 'seller']),
  /** From when the connection time runs: the end of the person's greeting, or the answer. */
  clockStart: z.enum(['greetingEnd', 'answer']),
  connectWithinMs: z.int().min(0).max(60_000),
  /** What the numerator is a share of: persons who answered, abandoned + put through, all attempts. */
  denominator: z.enum(['livePerson', 'abandonedPlusLive', 'attempts']),
  /** Persons taken for machines and hung up on are abandoned: estimated from a sample. */
  countAmdFalsePositives: z.boolean(),
  /** Without machine detection, abandoned calls that hit machines are taken off by estimate. */
  subtractMachineEstimate: z.boolean(),
  /** Persons who hang up before the limit with no agent. */
  earlyHangUp: z.enum(['neither', 'denominator', 'abandoned']).default('neither'),
  enforcement: z.enum(['hard', 'target']),
});

const messageRuleSchema = z.strictObject({
  ...cited,
  startWithinMs: z.int().min(0).max(60_000),
  mustSay: z.array(code).max(20),
  interactiveOptOut: z.boolean(),
  marketingAllowed: z.boolean(),
});

const relockRuleSchema = z.strictObject({
  ...cited,
  after: z.enum(['abandoned', 'machine']),
  hours: positive,
  /** Lifted when an agent is reserved before dialing (preview, progressive). */
  liftedByReservedAgent: z.boolean(),
});

const refusalRuleSchema = z.strictObject({
  ...cited,
  cooldownDays: z.union([positive, z.literal('forever')]),
});

/** From the weakest to the strongest. */
export const consentLevels = ['none', 'optOut', 'optInOrContract', 'optIn', 'optInWritten'] as const;

const consentRuleSchema = z.strictObject({
  ...cited,
  level: z.enum(consentLevels),
  /** The rule holds for mobile numbers only (and for numbers that may be mobile). */
  mobileOnly: z.boolean().default(false),
  proofYears: count.optional(),
});

const period = z.union([
  z.strictObject({ days: count }),
  z.strictObject({ years: count }),
  z.literal('forever'),
]);

const dncRuleSchema = z.strictObject({
  ...cited,
  /** Outside lists to scrub against, and how old the copy may be. */
  lists: z.array(z.strictObject({ id: code, maxAgeDays: count })).max(10),
  internalHonourWithin: z
    .union([z.strictObject({ businessDays: count }), z.strictObject({ calendarDays: count })])
    .optional(),
  internalKeep: period.optional(),
});

const retentionRuleSchema = z.strictObject({
  ...cited,
  calls: period.optional(),
  recordings: period.optional(),
  consent: period.optional(),
});

export const presetSchema = z.strictObject({
  id: presetId,
  version: positive.default(1),
  name: z.strictObject({ en: z.string().min(1).max(120), 'zh-CN': z.string().min(1).max(120) }),
  asOf: date,
  /** When the law took effect, if that is recent enough to matter. */
  effectiveFrom: date.optional(),
  /** This preset's rules hold besides those of the named one. */
  extends: presetId.optional(),
  /** Applies by itself to every lead that may be in this country or state. */
  jurisdiction: z
    .string()
    .regex(/^[a-z]{2}(?:-(?:[A-Z0-9]{1,3}|unknown))?$/)
    .optional(),
  /** `simulation`: for demo and replay only, never on a real line; it stands alone. */
  use: z.enum(['law', 'policy', 'simulation']),
  hours: z.array(hoursRuleSchema).max(10).default([]),
  /** Closed on the days of this calendar, in the called party's zone. */
  holidays: z
    .array(z.strictObject({ ...cited, calendar: z.string().regex(/^[a-z]{2}(?:-[A-Z]{2,3})?$/) }))
    .max(5)
    .default([]),
  frequency: z.array(frequencyRuleSchema).max(20).default([]),
  minRing: z
    .strictObject({ ...cited, seconds: z.int().min(0).max(120), rings: z.int().min(0).max(20).optional() })
    .optional(),
  abandon: z.array(abandonRuleSchema).max(5).default([]),
  message: messageRuleSchema.optional(),
  relock: z.array(relockRuleSchema).max(5).default([]),
  refusal: refusalRuleSchema.optional(),
  consent: z.array(consentRuleSchema).max(5).default([]),
  dnc: dncRuleSchema.optional(),
  callerId: z.strictObject({ ...cited, mustPresent: z.boolean(), rule: z.string().max(500) }).optional(),
  retention: retentionRuleSchema.optional(),
  /** Regions that may not be called at all under this preset. */
  blockedRegions: z
    .strictObject({ ...cited, regions: z.array(z.string().regex(/^[a-z]{2}-[A-Z0-9]{1,3}$/)).max(50) })
    .optional(),
  /** What no program can check: registration, bonds, notices to read out. */
  checklist: z
    .array(z.strictObject({ ...cited, text: z.string().min(3).max(500) }))
    .max(20)
    .default([]),
});

export type Preset = z.infer<typeof presetSchema>;
/** What a JSON file or a form holds: clock times may be `HH:MM`, defaults may be absent. */
export type PresetInput = z.input<typeof presetSchema>;
export type HoursRule = Preset['hours'][number];
export type FrequencyRule = Preset['frequency'][number];
export type AbandonRule = Preset['abandon'][number];
export type AbandonWindowRule = z.infer<typeof abandonWindowSchema>;
export type RelockRule = Preset['relock'][number];
export type ConsentRule = Preset['consent'][number];
export type ConsentLevel = (typeof consentLevels)[number];
export type Period = z.infer<typeof period>;
