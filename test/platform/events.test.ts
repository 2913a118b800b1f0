import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { z } from 'zod';
import { systemTimers, VirtualTimers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  createOutboxTables,
  defineEvent,
  defineTransient,
  EventStream,
  type EventStreamOptions,
  type PublishedEvent,
} from '../../platform/events/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { silentLogger } from '../../platform/log/index.ts';
import { systemRandom } from '../../platform/random/index.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';
import { holdProcess, Recorded, signal } from '../support/signals.ts';

const counted = defineEvent('lab.counted', z.strictObject({ n: z.int() }));
const sampled = defineTransient('lab.sampled', z.strictObject({ n: z.int() }));
const scope = { vendorId: 'v1', campaignId: 'c1' };

test('an event is named noun.past_participle', () => {
  assert.throws(() => defineEvent('LeadClaimed', z.unknown()), /noun\.past_participle/);
});

for (const engine of testDatabases()) {
  describe(`events: ${engine.name}`, { timeout: 30_000 }, () => {
    let database: TestDatabase;
    let streams: EventStream[] = [];
    let release = () => {};
    before(() => {
      release = holdProcess();
    });
    after(() => release());
    afterEach(async () => {
      await Promise.all(streams.map((stream) => stream.stop()));
      streams = [];
      await database.close();
    });

    const fresh = async () => {
      database = await engine.open('empty');
      await createOutboxTables(database.db.migrator);
    };
    const open = (db: Database, more: Partial<EventStreamOptions> = {}): EventStream => {
      const ids = createIds(systemTimers, systemRandom);
      const stream = new EventStream({
        db,
        timers: systemTimers,
        ids,
        log: silentLogger,
        pollMs: 20,
        ...more,
      });
      streams.push(stream);
      return stream;
    };
    const append = (stream: EventStream, n: number, db = database.db) =>
      db.transact((tx) => stream.outbox.append(tx, counted, { payload: { n }, scope }));
    const numbers = (events: readonly PublishedEvent[]) =>
      events.map((event) => (event.payload as { n: number }).n);

    test('an event of a unit of work that rolls back is never told', async () => {
      await fresh();
      const stream = open(database.db);
      const told = new Recorded<PublishedEvent>();
      stream.bus.subscribe((event) => told.add(event));
      await stream.start();
      const undone = database.db.transact(async (tx) => {
        await stream.outbox.append(tx, counted, { payload: { n: 1 }, scope });
        throw new Error('rolled back');
      });
      await assert.rejects(undone, /rolled back/);
      await append(stream, 2);
      const [event] = await told.reached(1);
      assert.equal(event?.sequence, 1);
      assert.deepEqual([event?.name, event?.payload, event?.scope], ['lab.counted', { n: 2 }, scope]);
      await stream.stop();
      assert.equal(told.items.length, 1);
    });

    test('a payload that does not fit is refused before anything is written', async () => {
      await fresh();
      const stream = open(database.db);
      const wrong = { n: 'x' } as unknown as { n: number };
      const write = database.db.transact((tx) =>
        stream.outbox.append(tx, counted, { payload: wrong, scope }),
      );
      await assert.rejects(write, /lab\.counted does not fit: \/n/);
      await stream.flush();
      assert.equal(await stream.lastSequence(), 0);
    });

    test('a subscriber that throws does not keep the event from the others', async () => {
      await fresh();
      const stream = open(database.db);
      const told = new Recorded<PublishedEvent>();
      stream.bus.subscribe(() => {
        throw new Error('broken');
      });
      stream.bus.subscribe((event) => told.add(event));
      await stream.start();
      await append(stream, 1);
      assert.deepEqual(numbers(await told.reached(1)), [1]);
    });

    test('two processes tell their subscribers the same events in the same order, each once', async () => {
      await fresh();
      const other = database.connectAgain();
      const [a, b] = [open(database.db), open(other)];
      const [toldA, toldB] = [new Recorded<PublishedEvent>(), new Recorded<PublishedEvent>()];
      a.bus.subscribe((event) => toldA.add(event));
      b.bus.subscribe((event) => toldB.add(event));
      await Promise.all([a.start(), b.start()]);
      for (let n = 0; n < 20; n++) await Promise.all([append(a, n), append(b, 100 + n, other)]);
      await Promise.all([toldA.reached(40), toldB.reached(40)]);
      const sequences = toldA.items.map((event) => event.sequence);
      assert.deepEqual(
        sequences,
        Array.from({ length: 40 }, (_, i) => i + 1),
      );
      assert.deepEqual(toldB.items, toldA.items);
    });

    test('what was committed by a process that died before publishing is published by the next', async () => {
      await fresh();
      await append(open(database.db), 5); // never started
      const next = open(database.db);
      const told = new Recorded<PublishedEvent>();
      next.bus.subscribe((event) => told.add(event));
      await next.start();
      assert.deepEqual(numbers(await told.reached(1)), [5]);
    });

    test('a reader resumes after its sequence without loss or double', async () => {
      await fresh();
      const stream = open(database.db);
      for (let n = 1; n <= 5; n++) await append(stream, n);
      await stream.flush();
      const first = await stream.readSince(0, 2);
      assert.deepEqual(numbers(first.events), [1, 2]);
      const rest = await stream.readSince(first.events.at(-1)?.sequence ?? 0, 100);
      assert.deepEqual([numbers(rest.events), rest.gap], [[3, 4, 5], false]);
      assert.deepEqual(await stream.readSince(5, 100), { events: [], gap: false });
      assert.equal((await stream.readSince(99, 100)).gap, true, 'a sequence of another database');
    });

    test('old events are pruned, and a reader that missed them is told of the gap', async () => {
      await fresh();
      const timers = new VirtualTimers(1_000_000);
      const stream = open(database.db, { timers, ids: createIds(timers, systemRandom), keepEvents: 2 });
      for (let n = 1; n <= 5; n++) await append(stream, n);
      const pruned = signal();
      stream.bus.subscribe((event) => event.sequence === 5 && pruned.fire());
      await stream.start();
      await timers.advanceBy(0);
      await pruned.fired;
      await stream.stop(); // the round in which it pruned has ended
      assert.deepEqual(numbers((await stream.readSince(3, 10)).events), [4, 5]);
      assert.equal((await stream.readSince(3, 10)).gap, false);
      assert.equal((await stream.readSince(2, 10)).gap, true);
    });

    test('a transient sample reaches who listens now and is not stored', async () => {
      await fresh();
      const stream = open(database.db);
      stream.bus.emit(sampled, { payload: { n: 1 }, scope });
      const told = new Recorded<PublishedEvent>();
      const unsubscribe = stream.bus.subscribe((event) => told.add(event));
      stream.bus.emit(sampled, { payload: { n: 2 }, scope });
      unsubscribe();
      stream.bus.emit(sampled, { payload: { n: 3 }, scope });
      assert.deepEqual(numbers(told.items), [2]);
      assert.equal(told.items[0]?.sequence, undefined);
      assert.equal(await stream.lastSequence(), 0);
    });
  });
}
