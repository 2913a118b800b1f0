import { z } from 'zod';
import { systemTimers } from '../../platform/clock/index.ts';
import type { Database, DatabaseLocation } from '../../platform/db/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { silentLogger } from '../../platform/log/index.ts';
import { BullQueue, DatabaseQueue, defineJob, type Queue } from '../../platform/queue/index.ts';
import { systemRandom } from '../../platform/random/index.ts';
import type { TestRedis } from '../support/redis.ts';

/** Where a queue under test lives; plain data, so that a child process can open the same one. */
export interface QueuePlace {
  location: DatabaseLocation;
  redis?: TestRedis;
  /** Nobody else works the database: what a killed process left runs at once. */
  soleProcess?: boolean;
}

/** Short, so that the suite need not wait, and long enough that a busy machine does not lose a lease. */
export const LEASE_MS = 1_500;

/** A queue on the place, with short polls and leases. */
export function openQueue({ redis, soleProcess }: QueuePlace, db: Database): Queue {
  const shared = { db, timers: systemTimers, ids: createIds(systemTimers, systemRandom), log: silentLogger };
  if (!redis)
    return new DatabaseQueue({ ...shared, soleProcess: soleProcess ?? false, pollMs: 20, leaseMs: LEASE_MS });
  const { url: redisUrl, prefix } = redis;
  return new BullQueue({
    ...shared,
    redisUrl,
    prefix,
    lockMs: LEASE_MS,
    stalledCheckMs: 500,
    relayPollMs: 20,
  });
}

const schema = z.strictObject({ n: z.int() });
const quick = { kind: 'fixed', baseMs: 30, maxMs: 30 } as const;

export const once = defineJob('lab.once', { schema, backoff: quick });
export const wide = defineJob('lab.wide', { schema, concurrency: 3 });
export const flaky = defineJob('lab.flaky', { schema, attempts: 3, backoff: quick });
export const brief = defineJob('lab.brief', { schema, attempts: 1, timeoutMs: 20 });
export const forgotten = defineJob('lab.forget', { schema, keepCompletedMs: 0 });
export const crashing = defineJob('lab.crash', { schema, maxCrashes: 1 });
