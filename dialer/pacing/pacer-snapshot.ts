import { z } from 'zod';
import { DomainError } from '../../platform/errors/index.ts';
import { AGE_BINS } from './duration-survival.ts';
import { RING_BINS } from './ring-times.ts';

const amount = z.number().min(0);
const memory = z.object({ answered: amount, calls: amount });
const ringBins = z.array(amount).length(RING_BINS);
const ageBins = z.array(amount).length(AGE_BINS);
const duration = z.object({ endings: ageBins, exposureMs: ageBins });

const snapshot = z.object({
  version: z.literal(1),
  lines: z.object({
    pending: z
      .array(
        z.object({ due: z.number(), answered: z.boolean(), ringMs: amount, hint: amount.max(1).optional() }),
      )
      .max(100_000),
    rate: z.object({ slow: memory, fast: memory, early: memory }),
    rings: z.object({ answered: ringBins, unanswered: ringBins }),
    hints: z.object({ answered: amount, promised: z.number().positive() }),
  }),
  agents: z.object({
    talk: duration,
    wrapUp: duration,
    returns: z.object({ back: amount, all: z.number().positive() }),
  }),
  ledger: z.object({
    counts: z.array(z.object({ start: z.number(), answered: amount, abandoned: amount })).max(10_000),
  }),
});

/** All a pacer has learned and counted, as plain JSON data. Options and caps are not part of it. */
export type PacerSnapshot = z.infer<typeof snapshot>;

/** Throws `pacing_snapshot_invalid` if the data is not a snapshot of this version. */
export function checkSnapshot(data: unknown): PacerSnapshot {
  const parsed = snapshot.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new DomainError(
    'invalid',
    'pacing_snapshot_invalid',
    'This is not a snapshot of this pacer version: start without it, with the window counts as prior',
    {
      issues: parsed.error.issues.map((issue) => ({
        path: `/${issue.path.map(String).join('/')}`,
        code: issue.code,
        message: issue.message,
      })),
    },
  );
}
