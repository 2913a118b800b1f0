import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualTimers } from '../../platform/clock/index.ts';
import type { CallLog, CallRecord } from '../ports.ts';
import { Journal } from './journal.ts';

function journalOn(write: (records: readonly CallRecord[]) => void) {
  const timers = new VirtualTimers(0, async () => {
    await new Promise((resolve) => setImmediate(resolve));
  });
  const failures: unknown[] = [];
  const journal = new Journal({
    db: { grouped: (work) => work({} as never) },
    log: { record: async (_: unknown, records: readonly CallRecord[]) => write(records) } as CallLog,
    timers,
    gatherMs: 10,
    onFailure: (error) => failures.push(error),
  });
  return { journal, timers, failures };
}

const record = (n: number) =>
  ({ type: 'wrapUpEnded', callId: `${n}`, agentId: 'a', campaignId: 'c', at: n, wrapUpMs: 1 }) as const;

test('records are written together, in order, a moment later', async () => {
  const batches: number[][] = [];
  const { journal, timers } = journalOn((records) =>
    batches.push(records.map((one) => Number('at' in one && one.at))),
  );
  journal.append(record(1), record(2));
  journal.append(record(3));
  await timers.advanceBy(10);
  assert.deepEqual(batches, [[1, 2, 3]]);
});

test('while writing fails nothing is lost, the tries grow rarer whatever comes in, and then all is written', async () => {
  let broken = true;
  let tries = 0;
  const written: number[] = [];
  const { journal, timers, failures } = journalOn((records) => {
    tries += 1;
    if (broken) throw new Error('away');
    written.push(...records.map((one) => Number('at' in one && one.at)));
  });
  for (let n = 0; n < 2_000; n++) {
    journal.append(record(n));
    if (n % 20 === 0) await timers.advanceBy(300);
  }
  assert.ok(journal.overloaded);
  assert.ok(tries < 15, `${tries} tries in 30 s`);
  assert.equal(failures.length, tries);
  await assert.rejects(journal.drain(), { code: 'database_unavailable' });
  broken = false;
  await timers.advanceBy(20_000);
  assert.equal(journal.overloaded, false);
  assert.deepEqual(written, [...written.keys()]);
  assert.equal(written.length, 2_000);
  await journal.drain();
});
