import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemTimers, VirtualTimers } from '../../platform/clock/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { silentLogger } from '../../platform/log/index.ts';
import { createQueueTables, DatabaseQueue } from '../../platform/queue/index.ts';
import { systemRandom } from '../../platform/random/index.ts';
import { testDatabases } from '../support/databases.ts';
import { holdProcess, signal } from '../support/signals.ts';
import { once } from './queue-lab.ts';

for (const engine of testDatabases()) {
  test(`a worker that lost its lease is told, and cannot end the job of the one who has it: ${engine.name}`, async (t) => {
    const release = holdProcess();
    const { db, close } = await engine.open('empty');
    await createQueueTables(db.migrator);
    const timers = new VirtualTimers(1_000);
    const ids = createIds(systemTimers, systemRandom);
    const queue = new DatabaseQueue({ db, timers, ids, log: silentLogger, leaseMs: 30_000 });
    t.after(async () => {
      await close();
      release();
    });
    const took = signal();
    const lost = signal<unknown>();
    queue.handle(once, async (run) => {
      took.fire();
      run.signal.addEventListener('abort', () => lost.fire(run.signal.reason));
      await lost.fired;
    });
    await queue.start();
    await queue.add(once, { n: 1 }, { id: 'job' });
    await timers.advanceBy(0);
    await took.fired;
    await db.transact((tx) => tx.raw("update jobs set lease_token = 'another'"));
    await timers.advanceBy(10_000);
    assert.equal(await lost.fired, 'lease_lost');
    await queue.stop();
    assert.equal((await queue.find(once, 'job'))?.state, 'active');
  });
}
