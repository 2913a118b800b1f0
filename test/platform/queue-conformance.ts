import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, afterEach, before, describe, test } from 'node:test';
import { systemTimers } from '../../platform/clock/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import {
  createQueueTables,
  type JobInfo,
  type JobKind,
  type JobState,
  PermanentJobError,
  type Queue,
} from '../../platform/queue/index.ts';
import type { TestDatabase, TestEngine } from '../support/databases.ts';
import { clearTestRedis, type TestRedis } from '../support/redis.ts';
import { eventually, holdProcess, Recorded, signal } from '../support/signals.ts';
import { brief, crashing, flaky, forgotten, once, openQueue, type QueuePlace, wide } from './queue-lab.ts';

export interface QueueUnderTest {
  name: string;
  engine: TestEngine;
  /** A place of its own for each test. */
  redis?: () => TestRedis | undefined;
  soleProcess?: boolean;
}

/** What every queue must do, whichever adapter. */
export function queueConformance({ name, engine, redis, soleProcess = false }: QueueUnderTest): void {
  describe(`queue: ${name}`, { timeout: 60_000 }, () => {
    let database: TestDatabase;
    let place: QueuePlace;
    let opened: Queue[] = [];
    let release = () => {};

    const open = (): Queue => {
      const queue = openQueue(place, database.db);
      opened.push(queue);
      return queue;
    };
    const inState = (
      queue: Queue,
      wanted: { kind: JobKind; id: string; state: JobState },
    ): Promise<JobInfo> =>
      eventually(async () => {
        const info = await queue.find(wanted.kind, wanted.id);
        return info?.state === wanted.state ? info : undefined;
      });

    before(() => {
      release = holdProcess();
    });
    const used: TestRedis[] = [];
    after(async () => {
      await clearTestRedis(used);
      release();
    });
    // each test has a store of its own
    const fresh = async () => {
      database = await engine.open('empty');
      await createQueueTables(database.db.migrator);
      const redisPlace = redis?.();
      if (redisPlace) used.push(redisPlace);
      place = { location: database.location, soleProcess, ...(redisPlace ? { redis: redisPlace } : {}) };
    };
    afterEach(async () => {
      await Promise.all(opened.map((queue) => queue.stop({ drainMs: 0 })));
      opened = [];
      await database.close();
    });

    test('a payload that does not fit is refused and nothing is added', async () => {
      await fresh();
      const queue = open();
      await queue.start();
      const wrong = { n: 'x', e164: '+8613800138000' } as unknown as { n: number };
      await assert.rejects(queue.add(once, wrong, { id: 'a' }), (error) => {
        assert.ok(isDomainError(error, 'bad_job'));
        return !JSON.stringify([error.message, error.issues]).includes('138001');
      });
      await assert.rejects(queue.add(once, { n: 1 }, { id: 'a:b' }), (error) =>
        isDomainError(error, 'bad_job'),
      );
      assert.deepEqual(await queue.counts(once), {
        waiting: 0,
        delayed: 0,
        active: 0,
        completed: 0,
        failed: 0,
      });
    });

    test('a failing job is tried again after its backoff, then kept with its reason, scrubbed', async () => {
      await fresh();
      const queue = open();
      const tries = new Recorded<{ attempt: number; at: number }>();
      queue.handle(flaky, async ({ attempt }) => {
        tries.add({ attempt, at: systemTimers.now() });
        throw new Error('cannot reach 13800138000');
      });
      await queue.start();
      await queue.add(flaky, { n: 1 }, { id: 'job' });
      const info = await inState(queue, { kind: flaky, id: 'job', state: 'failed' });
      assert.deepEqual(
        tries.items.map(({ attempt }) => attempt),
        [1, 2, 3],
      );
      assert.ok(tries.items.every(({ at }, i) => i === 0 || at - (tries.items[i - 1]?.at ?? at) >= 29));
      assert.equal(info.failure, 'error: cannot reach [redacted]');
      assert.equal(info.attemptsMade, 3);
      assert.deepEqual(
        (await queue.failed(flaky, 10)).map(({ id }) => id),
        ['job'],
      );
      assert.equal((await queue.counts(flaky)).failed, 1);
    });

    test('a failed job put back has all its attempts again', async () => {
      await fresh();
      const queue = open();
      const tries = new Recorded<number>();
      queue.handle(flaky, async ({ attempt }) => {
        tries.add(attempt);
        if (tries.items.length < 5) throw new Error('not yet');
      });
      await queue.start();
      await queue.add(flaky, { n: 1 }, { id: 'job' });
      assert.equal(await queue.retry(flaky, 'job'), false, 'it has not failed yet');
      await inState(queue, { kind: flaky, id: 'job', state: 'failed' });
      assert.equal(await queue.retry(flaky, 'job'), true);
      await inState(queue, { kind: flaky, id: 'job', state: 'completed' });
      assert.deepEqual(tries.items, [1, 2, 3, 1, 2]);
      assert.equal(await queue.retry(flaky, 'nobody'), false);
    });

    test('a permanent failure is not tried again', async () => {
      await fresh();
      const queue = open();
      const tries = new Recorded<number>();
      queue.handle(flaky, async ({ attempt }) => {
        tries.add(attempt);
        throw new PermanentJobError('file_gone', 'the upload is gone');
      });
      await queue.start();
      await queue.add(flaky, { n: 1 }, { id: 'job' });
      const info = await inState(queue, { kind: flaky, id: 'job', state: 'failed' });
      assert.equal(info.failure, 'file_gone: the upload is gone');
      assert.deepEqual(tries.items, [1]);
    });

    test('a job over its time is aborted and fails', async () => {
      await fresh();
      const queue = open();
      queue.handle(brief, async ({ signal: aborted }) => {
        await new Promise<void>((_, reject) =>
          aborted.addEventListener('abort', () => reject(new Error('gave up'))),
        );
      });
      await queue.start();
      await queue.add(brief, { n: 1 }, { id: 'job' });
      const info = await inState(queue, { kind: brief, id: 'job', state: 'failed' });
      assert.equal(info.failure, 'timed_out: gave up');
    });

    test('a job whose id is waiting or remembered is not added again', async () => {
      await fresh();
      const queue = open();
      const runs = new Recorded<number>();
      queue.handle(once, async ({ payload }) => runs.add(payload.n));
      await queue.start();
      const ids = await Promise.all([1, 2, 3].map((n) => queue.add(once, { n }, { id: 'same' })));
      assert.deepEqual(ids, ['same', 'same', 'same']);
      await inState(queue, { kind: once, id: 'same', state: 'completed' });
      await queue.add(once, { n: 4 }, { id: 'same' });
      await queue.add(once, { n: 5 }, { id: 'other' });
      await inState(queue, { kind: once, id: 'other', state: 'completed' });
      assert.equal(runs.items.length, 2);
    });

    test('a job that is forgotten when done may be added again under its id', async () => {
      await fresh();
      const queue = open();
      const runs = new Recorded<number>();
      queue.handle(forgotten, async ({ payload }) => runs.add(payload.n));
      await queue.start();
      await queue.add(forgotten, { n: 1 }, { id: 'same' });
      await eventually(
        async () => (runs.items.length === 1 && !(await queue.find(forgotten, 'same'))) || undefined,
      );
      await queue.add(forgotten, { n: 2 }, { id: 'same' });
      assert.deepEqual(await runs.reached(2), [1, 2]);
    });

    test('a delayed job runs after its delay, not before', async () => {
      await fresh();
      const queue = open();
      const ran = signal<number>();
      queue.handle(once, async () => ran.fire(systemTimers.now()));
      await queue.start();
      const added = systemTimers.now();
      await queue.add(once, { n: 1 }, { id: 'later', delayMs: 150 });
      assert.equal((await queue.find(once, 'later'))?.state, 'delayed');
      assert.ok((await ran.fired) - added >= 150);
    });

    test('a job added in a unit of work exists when that commits', async () => {
      await fresh();
      const queue = open();
      const runs = new Recorded<number>();
      queue.handle(once, async ({ payload }) => runs.add(payload.n));
      await queue.start();
      const undone = database.db.transact(async (tx) => {
        await queue.add(once, { n: 1 }, { tx, id: 'undone' });
        throw new Error('rolled back');
      });
      await assert.rejects(undone, /rolled back/);
      const finish = signal();
      const committing = database.db.transact(async (tx) => {
        await queue.add(once, { n: 2 }, { tx });
        await finish.fired;
      });
      assert.deepEqual(runs.items, []);
      finish.fire();
      await committing;
      assert.deepEqual(await runs.reached(1), [2]);
    });

    test('a job committed by a process that died before it told the queue runs', async () => {
      await fresh();
      const dead = openQueue(place, database.db); // never started: it cannot hand anything over
      await database.db.transact((tx) => dead.add(once, { n: 7 }, { tx }));
      const queue = open();
      const runs = new Recorded<number>();
      queue.handle(once, async ({ payload }) => runs.add(payload.n));
      await queue.start();
      assert.deepEqual(await runs.reached(1), [7]);
      if (redis) await dead.stop();
    });

    test('progress is seen while the job runs', async () => {
      await fresh();
      const queue = open();
      const [noted, go] = [signal(), signal()];
      queue.handle(once, async ({ progress }) => {
        await progress({ rows: 10, phase: 'reading' });
        noted.fire();
        await go.fired;
      });
      await queue.start();
      await queue.add(once, { n: 1 }, { id: 'job' });
      await noted.fired;
      const info = await queue.find(once, 'job');
      assert.deepEqual([info?.state, info?.progress], ['active', { rows: 10, phase: 'reading' }]);
      go.fire();
      await inState(queue, { kind: once, id: 'job', state: 'completed' });
    });

    test('no more run at once than the kind allows, and each runs once', async () => {
      await fresh();
      const queue = open();
      const runs = new Recorded<number>();
      let [now, most] = [0, 0];
      queue.handle(wide, async ({ payload }) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now--;
        runs.add(payload.n);
      });
      await queue.start();
      await Promise.all(Array.from({ length: 30 }, (_, n) => queue.add(wide, { n })));
      await runs.reached(30);
      await queue.stop();
      assert.deepEqual(
        [...runs.items].sort((a, b) => a - b),
        Array.from({ length: 30 }, (_, n) => n),
      );
      assert.ok(most <= 3, `${most} at once`);
    });

    test('stop takes no more and waits for what runs', async () => {
      await fresh();
      const queue = open();
      const [took, go] = [signal(), signal()];
      const ended = new Recorded<number>();
      queue.handle(once, async ({ payload }) => {
        took.fire();
        await go.fired;
        ended.add(payload.n);
      });
      await queue.start();
      await queue.add(once, { n: 1 }, { id: 'first' });
      await took.fired;
      await queue.add(once, { n: 2 }, { id: 'second' });
      const stopped = queue.stop({ drainMs: 10_000 });
      go.fire();
      await stopped;
      assert.deepEqual(ended.items, [1]);
      const observer = open();
      await observer.start();
      assert.equal((await observer.find(once, 'first'))?.state, 'completed');
      assert.equal((await observer.find(once, 'second'))?.state, 'waiting');
    });

    test('stop aborts what does not end in time, and it runs again as if it had not begun', async () => {
      await fresh();
      const queue = open();
      const took = signal();
      queue.handle(once, async ({ signal: aborted }) => {
        took.fire();
        await new Promise<void>((_, reject) =>
          aborted.addEventListener('abort', () => reject(aborted.reason)),
        );
      });
      await queue.start();
      await queue.add(once, { n: 1 }, { id: 'job' });
      await took.fired;
      await queue.stop({ drainMs: 1 });
      const next = open();
      const ran = signal<number>();
      next.handle(once, async ({ attempt }) => ran.fire(attempt));
      await next.start();
      assert.equal(await ran.fired, 1);
    });

    test('a job of a killed process runs again', async () => {
      await fresh();
      const producer = open();
      await producer.start();
      await producer.add(crashing, { n: 9 }, { id: 'job' });
      await killWhileRunning(place);
      const survivor = open();
      const ran = signal<number>();
      survivor.handle(crashing, async ({ payload }) => ran.fire(payload.n));
      await survivor.start();
      assert.equal(await ran.fired, 9);
      await inState(survivor, { kind: crashing, id: 'job', state: 'completed' });
    });

    test('a job that kills its process too often is kept as failed', async () => {
      await fresh();
      const producer = open();
      await producer.start();
      await producer.add(crashing, { n: 9 }, { id: 'job' });
      await killWhileRunning(place);
      await killWhileRunning(place);
      const survivor = open();
      survivor.handle(crashing, async () => assert.fail('run once more'));
      await survivor.start();
      const info = await inState(survivor, { kind: crashing, id: 'job', state: 'failed' });
      assert.match(info.failure ?? '', /^process_lost: /);
    });
  });
}

/** Runs a worker in a process of its own until it has taken a job, then kills it. */
async function killWhileRunning(place: QueuePlace): Promise<void> {
  const script = new URL('./queue-child.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import=tsx', script, JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => child.kill('SIGKILL'));
    child.once('exit', (_, cause) =>
      cause === 'SIGKILL' ? resolve() : reject(new Error('the worker ended')),
    );
  });
}
