import { z } from 'zod';
import { DomainError } from '../../platform/errors/index.ts';
import type { AbandonWindow, PacerOptions } from './pacing-types.ts';

const DAY_HOURS = 24;
/** No regulator looks further back than a quarter; the limit keeps the books small. */
const MAX_ROLLING_HOURS = 92 * DAY_HOURS;
const MAX_MS = 24 * 3_600_000;

const rate = z.number().min(0).max(1);
const duration = z.number().min(0).max(MAX_MS);
const timeZone = z.string().refine(isTimeZone, 'must be a time zone of the IANA database, as Asia/Shanghai');

const window = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('localDay'), timeZone }),
  z.object({ kind: z.literal('campaignBlock'), days: z.number().positive().max(366) }),
  z.object({ kind: z.literal('calendarMonth'), timeZone }),
  z.object({ kind: z.literal('rolling'), hours: z.number().int().min(1).max(MAX_ROLLING_HOURS) }),
]);

const prior = z.object({
  answerRate: rate.optional(),
  answerRingMs: duration.optional(),
  unansweredRingMs: duration.optional(),
  talkMs: duration.optional(),
  wrapUpMs: duration.optional(),
  weight: z.number().min(0).max(1_000_000).optional(),
  window: z
    .object({ answered: z.number().int().min(0), abandoned: z.number().int().min(0) })
    .refine((count) => count.abandoned <= count.answered, 'abandoned cannot be more than answered')
    .optional(),
});

const options = z.object({
  mode: z.enum(['preview', 'progressive', 'ratio', 'predictive']),
  targetAbandonRate: rate,
  connectWithinMs: z.number().min(0).max(60_000),
  startedAt: z.number(),
  ratio: z.number().positive().max(20).optional(),
  maxLines: z.number().min(0).optional(),
  maxLinesPerAgent: z.number().min(0).optional(),
  maxCallsPerSecond: z.number().positive().optional(),
  abandonWindow: window.optional(),
  prior: prior.optional(),
});

export type CheckedOptions = Omit<PacerOptions, 'abandonWindow'> & { abandonWindow: AbandonWindow };

/** The options checked and completed; throws `pacing_options_invalid` that names every mistake. */
export function checkOptions(given: PacerOptions): CheckedOptions {
  const parsed = options.safeParse(given);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({
      path: `/${issue.path.map(String).join('/')}`,
      code: issue.code,
      message: issue.message,
    }));
    const list = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new DomainError('invalid', 'pacing_options_invalid', `Correct the pacing options: ${list}`, {
      issues,
    });
  }
  return { abandonWindow: { kind: 'localDay', timeZone: 'UTC' }, ...parsed.data };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
