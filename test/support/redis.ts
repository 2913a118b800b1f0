import { randomToken } from '../../platform/random/index.ts';

/** Where a suite's Redis is, and the prefix that keeps its keys from everybody else's. */
export interface TestRedis {
  url: string;
  prefix: string;
}

/** A prefix of its own on the Redis at REDIS_URL; undefined when that is not set (`test/run.ts` says so). */
export function testRedis(): TestRedis | undefined {
  const url = process.env.REDIS_URL;
  return url ? { url, prefix: `test-${randomToken(8)}` } : undefined;
}
