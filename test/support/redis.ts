import Bull from 'bull';
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

/** Removes the keys of these prefixes. */
export async function clearTestRedis(places: readonly TestRedis[]): Promise<void> {
  const [first] = places;
  if (!first) return;
  const queue = new Bull('clear', first.url, { prefix: first.prefix });
  for (const { prefix } of places) {
    let cursor = '0';
    do {
      const [next, keys] = await queue.client.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', 500);
      if (keys.length > 0) await queue.client.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  }
  await queue.close(true);
}
