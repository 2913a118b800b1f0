import { z } from 'zod';
import { isKnownZone } from '../../dialer/core/zone-time.ts';
import { BUCKET_MS } from './measures.ts';

/** What a report can be split by. `hour` and `day` are on the viewer's clock; `hourOfDay` folds days together. */
export const GROUPINGS = ['campaign', 'list', 'agent', 'scriptVersion', 'day', 'hour', 'hourOfDay'] as const;
export type Grouping = (typeof GROUPINGS)[number];

const LONGEST_MS = 5 * 366 * 86_400_000;

const instant = z.int().min(0).multipleOf(BUCKET_MS, 'Give a full quarter of an hour');

/** `from` and `to` are UTC ms, half-open, at full quarters of an hour. */
export const reportRequest = z
  .strictObject({
    campaignIds: z.array(z.string()).min(1).max(1_000),
    from: instant,
    to: instant,
    groupBy: z.array(z.enum(GROUPINGS)).max(4).default([]),
    timeZone: z.string().refine(isKnownZone, 'Use an IANA time zone such as Asia/Shanghai'),
  })
  .refine(({ from, to }) => from < to && to - from <= LONGEST_MS, {
    message: 'The range must have a length, of at most five years',
    path: ['to'],
  });

export type ReportRequest = z.output<typeof reportRequest>;
