import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { putOnDoNotCall } from '../../campaigns/do-not-call/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { addList, START } from '../support/campaign-world.ts';
import { testDatabases } from '../support/databases.ts';
import {
  assertBooksAgree,
  type Counts,
  countsOf,
  failingAt,
  type ImportLab,
  openImportLab,
} from '../support/import-lab.ts';

/** Three chunks with rows of every kind: 320 accepted, 11 duplicates, 7 on do-not-call, 12 rejected. */
function fileOf(run: number): string {
  const rows = Array.from({ length: 350 }, (_, n) => {
    if (n % 50 === 7) return `R${n},1.38E+10`;
    if (n % 50 === 9 && n < 250) return `R${n}`;
    if (n % 50 === 30) return `D${n},19900000000`;
    if (n % 50 === 40) return `P${n - 1},${numberOf(run, n - 1)}`;
    if (n % 100 === 3) return `P0,${numberOf(run, 0)}`;
    return `P${n},${numberOf(run, n)}`;
  });
  return `name,phone\n${rows.join('\n')}\n`;
}

function numberOf(run: number, n: number): string {
  return `138${String(run * 1_000 + n).padStart(8, '0')}`;
}

const CHILD = join(import.meta.dirname, 'import-child.ts');
const EXPECTED = [350, 320, 11, 7, 12];

for (const engine of testDatabases()) {
  describe(`an import that is killed on ${engine.name}`, { timeout: 120_000 }, () => {
    let lab: ImportLab;
    before(async () => {
      lab = await openImportLab(engine);
      const { ids } = lab.world;
      const entry = { e164: '+8619900000000', vendorId: null, customerId: null, note: null, createdBy: null };
      const entries = [{ ...entry, reason: 'asked', source: 'user' }];
      await lab.db.transact((tx) => putOnDoNotCall(tx, { entries, ids, now: START }));
    });
    after(() => lab.close());

    /** A list of its own for each run: runs do not know of each other. */
    async function begin(
      run: number,
      options?: Record<string, unknown>,
    ): Promise<{ listId: Id; importId: Id }> {
      const listId = await addList(lab.db, lab.world);
      await lab.db.transact((tx) => tx.knex('lists').where({ id: listId }).update({ campaign_id: null }));
      return { listId, importId: await lab.begin(listId, fileOf(run), options) };
    }

    async function assertNeverHalf(importId: Id): Promise<void> {
      const [row] = await lab.db.reader.raw<Counts & { rows_read: number; do_not_call: number }>(
        'select * from list_imports where id = ?',
        [importId],
      );
      assert.ok(row);
      countsOf({ ...row, rows: row.rows_read, doNotCall: row.do_not_call });
      assert.equal(await count('leads', importId), row.accepted);
      assert.equal(await count('list_rejects', importId), row.rejected);
    }

    async function count(table: string, importId: Id): Promise<number> {
      const [row] = await lab.db.reader.raw<{ n: number }>(
        `select count(*) as n from ${table} where import_id = ?`,
        [importId],
      );
      return row?.n ?? 0;
    }

    test('goes on behind the last chunk on disk, whichever statement or commit was the last', async () => {
      for (let n = 1; ; n++) {
        const { importId } = await begin(n);
        const { db, happened } = failingAt(lab.db, n);
        const broken = lab.run(importId, lab.serviceOver(db));
        await broken.catch((error) => assert.match(String(error), /the disk went away/));
        await assertNeverHalf(importId);
        assert.deepEqual(countsOf(await lab.run(importId)), EXPECTED, `killed at ${n}`);
        await assertNeverHalf(importId);
        if (n % 10 === 0) await assertBooksAgree(lab.db);
        if (!happened()) {
          await assertBooksAgree(lab.db);
          assert.ok(n > 30, `only ${n} places to die at`);
          return;
        }
      }
    });

    test('goes on in another process when its own was killed', async () => {
      const { importId } = await begin(89_000);
      const { location } = lab.database;
      for (const dieAfter of [0, 0]) {
        const order = JSON.stringify({ location, folder: lab.folder, importId, dieAfter });
        const child = spawn(process.execPath, ['--import', 'tsx', CHILD, order], { stdio: 'inherit' });
        const [, signal] = await once(child, 'exit');
        assert.equal(signal, 'SIGKILL');
        await assertNeverHalf(importId);
      }
      assert.ok((await count('leads', importId)) > 25, 'more than one chunk is there');
      assert.deepEqual(countsOf(await lab.run(importId)), EXPECTED);
      await assertNeverHalf(importId);
      await assertBooksAgree(lab.db);
    });

    test('is run twice at once and loads every row once', async () => {
      const { importId } = await begin(90_000);
      const results = await Promise.allSettled([lab.run(importId), lab.run(importId)]);
      const failed = results.filter((one) => one.status === 'rejected');
      assert.ok(failed.length <= 1);
      for (const { reason } of failed) assert.equal(reason.code, 'import_moved_on');
      assert.deepEqual(countsOf(await lab.run(importId)), EXPECTED);
      await assertNeverHalf(importId);
    });

    test('stops when told to and loses nothing', async () => {
      const { importId } = await begin(91_000);
      const stop = new AbortController();
      const stopped = lab.imports.run(importId, {
        signal: stop.signal,
        progressed: () => stop.abort(new Error('the process stops')),
      });
      await assert.rejects(stopped, /the process stops/);
      await assertNeverHalf(importId);
      assert.deepEqual(countsOf(await lab.run(importId)), EXPECTED);
    });

    test('is cancelled midway, and nothing of it stays but what was dialed', async () => {
      const { listId, importId } = await begin(92_000);
      const at = { listId, importId };
      let cancelled: Promise<unknown> | undefined;
      const result = await lab.imports.run(importId, {
        signal: new AbortController().signal,
        progressed: () => {
          cancelled ??= dialOneAndCancel(at);
        },
      });
      await cancelled;
      assert.equal(result.state, 'rolledBack');
      assert.equal(result.errorCode, 'cancelled');
      assert.deepEqual(countsOf(result), [1, 1, 0, 0, 0], 'the lead that was dialed');
      await assertNeverHalf(importId);
      await assertBooksAgree(lab.db);
      await assert.rejects(
        lab.db.transact((tx) => lab.imports.cancel(tx, lab.viewer, at)),
        /has ended/,
      );
    });

    async function dialOneAndCancel(at: { listId: Id; importId: Id }): Promise<void> {
      await lab.db.transact(async (tx) => {
        const lead = await tx.knex('leads').where('import_id', at.importId).first('id');
        await tx.knex('leads').where('id', lead.id).update({ attempts: 1 });
        await lab.imports.cancel(tx, lab.viewer, at);
      });
    }

    test('is cancelled and keeps what was loaded, when its options say so', async () => {
      const { listId, importId } = await begin(93_000, { onFailure: 'keep' });
      let cancelled: Promise<unknown> | undefined;
      const result = await lab.imports.run(importId, {
        signal: new AbortController().signal,
        progressed: () => {
          cancelled ??= lab.db.transact((tx) => lab.imports.cancel(tx, lab.viewer, { listId, importId }));
        },
      });
      await cancelled;
      assert.equal(result.state, 'failed');
      assert.ok(result.accepted > 0 && result.rows < 350, `${result.rows}`);
      await assertNeverHalf(importId);
    });

    test('is given up, and nothing of it stays', async () => {
      const { importId } = await begin(94_000);
      const { db } = failingAt(lab.db, 25);
      await assert.rejects(lab.run(importId, lab.serviceOver(db)));
      assert.ok((await count('leads', importId)) > 0);
      await lab.imports.giveUp(importId, 'import_failed', { signal: new AbortController().signal });
      assert.equal(await count('leads', importId), 0);
      await assertNeverHalf(importId);
      await assertBooksAgree(lab.db);
    });

    test('is given to the worker again when a process starts', async () => {
      const { importId } = await begin(95_000);
      lab.jobs.length = 0;
      assert.ok((await lab.imports.resumeAll()) >= 1);
      assert.ok(lab.jobs.some((job) => job.importId === importId));
      await lab.run(importId);
    });
  });
}
