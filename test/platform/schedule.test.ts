import '../../platform/clock/utc-process.ts';
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { systemTimers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { silentLogger } from '../../platform/log/index.ts';
import { createQueueTables, DatabaseQueue, defineJob } from '../../platform/queue/index.ts';
import { systemRandom } from '../../platform/random/index.ts';
import { createScheduleTables, firingSchema, Schedule } from '../../platform/schedule/index.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';
import { holdProcess, Recorded } from '../support/signals.ts';

const sweep = defineJob('lab.sweep', { schema: firingSchema });
const refusing = defineJob('lab.refuse', { schema: firingSchema.refine(() => false) });
const NOON = Date.UTC(2026, 9, 25, 12);

for (const engine of testDatabases()) {
  describe(`schedule: ${engine.name}`, { timeout: 30_000 }, () => {
    let database: TestDatabase;
    let opened: { stop(): Promise<void> }[] = [];
    let release = () => {};
    before(() => {
      release = holdProcess();
    });
    after(() => release());
    afterEach(async () => {
      for (const each of opened) await each.stop();
      opened = [];
      await database.close();
    });
    const fresh = async () => {
      database = await engine.open('empty');
      await createQueueTables(database.db.migrator);
      await createScheduleTables(database.db.migrator);
    };
    const open = (db: Database) => {
      const ids = createIds(systemTimers, systemRandom);
      const queue = new DatabaseQueue({ db, timers: systemTimers, ids, log: silentLogger, pollMs: 20 });
      const schedule = new Schedule({ db, queue, clock: systemTimers, log: silentLogger });
      opened.push(schedule, queue);
      return { queue, schedule };
    };

    test('an expression or a name that is wrong is refused when it is added', async () => {
      await fresh();
      const { schedule } = open(database.db);
      const refused = (error: unknown) => isDomainError(error, 'bad_schedule');
      assert.throws(() => schedule.add({ name: 'sweep', cron: '61 * * * *', job: sweep }), refused);
      assert.throws(() => schedule.add({ name: 'Sweep it', cron: '* * * * *', job: sweep }), refused);
      schedule.add({ name: 'sweep', cron: '* * * * *', job: sweep });
      assert.throws(() => schedule.add({ name: 'sweep', cron: '* * * * *', job: sweep }), refused);
    });

    test('one instant fires once, however many processes see it', async () => {
      await fresh();
      const [a, b] = [open(database.db), open(database.connectAgain())];
      for (const { schedule } of [a, b]) schedule.add({ name: 'sweep', cron: '0 * * * *', job: sweep });
      const fire = ({ schedule }: typeof a) => schedule.fire('sweep', NOON);
      const won = await Promise.all([fire(a), fire(b), fire(a), fire(b)]);
      assert.deepEqual(won.filter(Boolean), [true]);
      assert.equal(await a.schedule.fire('sweep', NOON + 3_600_000), true);
      assert.equal((await a.queue.counts(sweep)).waiting, 2);
    });

    test('a firing whose job cannot be added has not fired', async () => {
      await fresh();
      const { schedule, queue } = open(database.db);
      schedule.add({ name: 'sweep', cron: '0 * * * *', job: refusing });
      await assert.rejects(schedule.fire('sweep', NOON), (error) => isDomainError(error, 'bad_job'));
      assert.deepEqual(await database.db.reader.raw('select * from schedule_firings'), []);
      assert.equal((await queue.counts(refusing)).waiting, 0);
    });

    test('the clock fires, and the job knows for which instant', async () => {
      await fresh();
      const { schedule, queue } = open(database.db);
      const runs = new Recorded<number>();
      queue.handle(sweep, async ({ payload }) => runs.add(payload.scheduledAt));
      schedule.add({ name: 'sweep', cron: '* * * * * *', job: sweep });
      await queue.start();
      const began = systemTimers.now();
      await schedule.start();
      const [scheduledAt = 0] = await runs.reached(1);
      assert.equal(scheduledAt % 1_000, 0);
      assert.ok(scheduledAt > began - 1_000 && scheduledAt <= systemTimers.now());
    });
  });
}
