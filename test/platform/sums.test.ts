import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Database, SumTarget } from '../../platform/db/index.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';

const COUNTERS: SumTarget = {
  table: 'counters',
  key: { name: 'text', part: 'integer' },
  fixed: { label: 'text' },
  sums: ['seen', 'bought'],
  families: [['bought']],
};

function row(name: string, sums: { seen?: number; bought?: number }) {
  return { name, part: 1, label: `label of ${name}`, ...sums };
}

for (const engine of testDatabases()) {
  describe(`counters of a unit of work on ${engine.name}`, () => {
    let database: TestDatabase;
    let db: Database;

    before(async () => {
      database = await engine.open('empty');
      db = database.db;
      await db.migrator.raw(
        `create table counters (name varchar(20), part integer, label varchar(40), seen bigint not null default 0,
           bought bigint not null default 0, primary key (name, part))`,
      );
    });
    beforeEach(() => db.migrator.raw('delete from counters'));
    after(() => database.close());

    const stored = () => db.reader.raw('select name, label, seen, bought from counters order by name, part');

    test('nothing is counted when the unit of work fails', async () => {
      const failing = db.transact(async (tx) => {
        tx.sums.add(COUNTERS, [row('a', { seen: 1 })]);
        throw new Error('too late');
      });
      await assert.rejects(failing, /too late/);
      assert.deepEqual(await stored(), []);
    });

    test('a companion that fails takes nothing away from what the others count', async () => {
      const works = [1, 2, 3].map((n) =>
        db.grouped(async (tx) => {
          tx.sums.add(COUNTERS, [row('a', { seen: n })]);
          if (n === 2) throw new Error('second');
        }),
      );
      const settled = await Promise.allSettled(works);
      assert.deepEqual(
        settled.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
      assert.deepEqual(await stored(), [{ name: 'a', label: 'label of a', seen: 4, bought: 0 }]);
    });

    test('what comes to nothing leaves no row, and signed sums correct what is there', async () => {
      await db.transact(async (tx) => {
        tx.sums.add(COUNTERS, [row('a', { seen: 1 }), row('b', { seen: 5, bought: 1 })]);
        tx.sums.add(COUNTERS, [row('a', { seen: -1 })]);
      });
      await db.transact(async (tx) => tx.sums.add(COUNTERS, [row('b', { bought: -1 })]));
      assert.deepEqual(await stored(), [{ name: 'b', label: 'label of b', seen: 5, bought: 0 }]);
    });

    test('two processes that count the same rows in opposite order both succeed', async () => {
      const other = database.connectAgain();
      const count = (one: Database, names: string[]) =>
        one.transact(async (tx) => {
          for (const name of names) tx.sums.add(COUNTERS, [row(name, { seen: 1 })]);
        });
      const rounds = Array.from({ length: 10 }, () => [count(db, ['a', 'b']), count(other, ['b', 'a'])]);
      await Promise.all(rounds.flat());
      assert.deepEqual(await stored(), [
        { name: 'a', label: 'label of a', seen: 20, bought: 0 },
        { name: 'b', label: 'label of b', seen: 20, bought: 0 },
      ]);
    });
  });
}
