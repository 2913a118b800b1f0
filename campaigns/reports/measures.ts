import type { Instant } from '../../platform/clock/index.ts';

/** What is counted per bucket: sums, so that a correction is one more, signed, addition. */
export const MEASURES = [
  'attempts', // that went to the network: all but those cancelled before dialing
  'first_attempts', // leads tried for the first time
  'answered', // by a person
  'connected', // a person and an agent: a contact
  'first_contacts', // leads reached for the first time
  'right_person',
  'sales',
  'refusals',
  'callbacks',
  'do_not_calls',
  'abandoned',
  'hung_up_waiting',
  'machines',
  'no_answers',
  'busies',
  'rejections',
  'invalids',
  'failures',
  'ring_ms',
  'wait_ms',
  'talk_ms',
  'wrap_up_ms',
] as const;

export type Measure = (typeof MEASURES)[number];
export type Measures = Partial<Record<Measure, number>>;

/** Buckets are quarters of an hour in UTC: every zone's hours and days are made of whole ones. */
export const BUCKET_MS = 900_000;

export function bucketOf(at: Instant): Instant {
  return Math.floor(at / BUCKET_MS) * BUCKET_MS;
}

export interface Stretch {
  from: Instant;
  to: Instant;
}

/** A stretch of time cut at the edges of buckets: where each part lies, and how long it is. */
export function byBucket({ from, to }: Stretch): { bucketAt: Instant; ms: number }[] {
  const parts: { bucketAt: Instant; ms: number }[] = [];
  for (let at = from; at < to; ) {
    const bucketAt = bucketOf(at);
    const end = Math.min(to, bucketAt + BUCKET_MS);
    parts.push({ bucketAt, ms: end - at });
    at = end;
  }
  return parts;
}
