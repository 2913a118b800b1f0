import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemTimers, VirtualTimers } from '../../platform/clock/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { silentLogger } from '../../platform/log/index.ts';
import { BullQueue, createQueueTables } from '../../platform/queue/index.ts';
import { systemRandom } from '../../platform/random/index.ts';
import { testDatabases } from '../support/databases.ts';
import { FlakyProxy } from '../support/flaky-proxy.ts';
import { clearTestRedis, testRedis } from '../support/redis.ts';
import { eventually, holdProcess, Recorded } from '../support/signals.ts';
import { once } from './queue-lab.ts';

const ids = createIds(systemTimers, systemRandom);
const unavailable = (error: unknown) => isDomainError(error, 'queue_unavailable');
const redis = testRedis();
const [sqlite] = testDatabases();

async function openDatabase() {
  assert.ok(sqlite);
  const database = await sqlite.open('empty');
  await createQueueTables(database.db.migrator);
  return database;
}

test('a Redis that is away at the start is said so, and the queue still stops', async (t) => {
  const release = holdProcess();
  t.after(release);
  const { db, close } = await openDatabase();
  t.after(close);
  const timers = new VirtualTimers(0);
  const queue = new BullQueue({ redisUrl: 'redis://127.0.0.1:1', db, timers, ids, log: silentLogger });
  const started = assert.rejects(queue.start(), unavailable);
  await timers.advanceBy(10_000);
  await started;
  await queue.stop();
});

if (redis) {
  test('while Redis is away adding fails in time, jobs of a unit of work wait, and all goes on when it is back', {
    timeout: 30_000,
  }, async (t) => {
    const release = holdProcess();
    const { db, close } = await openDatabase();
    const target = new URL(redis.url);
    const proxy = new FlakyProxy({ host: target.hostname, port: Number(target.port || '6379') });
    const redisUrl = `redis://127.0.0.1:${await proxy.open()}`;
    const shared = { db, timers: systemTimers, ids, log: silentLogger };
    const queue = new BullQueue({ ...shared, redisUrl, prefix: redis.prefix, relayPollMs: 20 });
    t.after(async () => {
      await queue.stop({ drainMs: 0 });
      await proxy.close();
      await clearTestRedis([redis]);
      await close();
      release();
    });
    const runs = new Recorded<number>();
    queue.handle(once, async ({ payload }) => runs.add(payload.n));
    await queue.start();
    await queue.add(once, { n: 1 });
    await runs.reached(1);

    proxy.cut();
    const began = systemTimers.now();
    await eventually(
      async () => (await queue.add(once, { n: 99 }, { id: 'away' }).catch(unavailable)) === true || undefined,
    );
    assert.ok(systemTimers.now() - began < 5_000, 'it failed in time');
    await db.transact((tx) => queue.add(once, { n: 2 }, { tx }));

    proxy.mend();
    assert.ok((await runs.reached(2)).includes(2));
    await eventually(
      async () => (await queue.counts(once).catch(() => undefined))?.active === 0 || undefined,
    );
    await queue.add(once, { n: 3 });
    assert.ok((await runs.reached(3)).includes(3));
  });
}
