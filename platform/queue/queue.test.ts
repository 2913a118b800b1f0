import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { DomainError, isDomainError } from '../errors/index.ts';
import { backoffMs, defineJob, PermanentJobError } from './index.ts';
import { failureOf } from './job-runner.ts';
import { checkJobId, encodePayload } from './queue.ts';
import { StuckWatch } from './stuck-watch.ts';

const counts = { waiting: 1, delayed: 0, active: 0, completed: 0, failed: 0 };

test('a job is named noun.verb', () => {
  for (const name of ['import', 'Import.run', 'import.run now', 'import:run', '']) {
    assert.throws(() => defineJob(name, { schema: z.unknown() }), /noun\.verb/, name);
  }
});

test('backoff doubles up to its bound and never overflows', () => {
  const backoff = { kind: 'exponential', baseMs: 1_000, maxMs: 60_000 } as const;
  assert.deepEqual(
    [1, 2, 3, 7, 5_000].map((attempt) => backoffMs(backoff, attempt)),
    [1_000, 2_000, 4_000, 60_000, 60_000],
  );
  assert.equal(backoffMs({ kind: 'fixed', baseMs: 50, maxMs: 100 }, 9), 50);
});

test('a payload that is too long is refused', () => {
  const type = defineJob('lab.long', { schema: z.string() });
  assert.throws(
    () => encodePayload(type, 'x'.repeat(64_000)),
    (error) => isDomainError(error, 'bad_job'),
  );
});

test('an id that could not be a key in Redis is refused', () => {
  for (const id of ['', 'a:b', 'a b', 'x'.repeat(101)]) {
    assert.throws(
      () => checkJobId(id),
      (error) => isDomainError(error, 'bad_job'),
      id,
    );
  }
});

test('the reason of a failure has a code, no personal data, and an end', () => {
  assert.equal(
    failureOf(new DomainError('conflict', 'list_busy', 'list is busy')),
    'list_busy: list is busy',
  );
  assert.equal(failureOf(new PermanentJobError('gone', 'no +86 138 0013 8000')), 'gone: no [redacted]');
  assert.equal(failureOf('just text', 'timed_out'), 'timed_out: just text');
  assert.equal(failureOf(new Error('y'.repeat(9_999))).length, 1_000);
});

test('a queue is stuck when due work is left untouched at every look, not when it is new, running or idle', () => {
  const watch = new StuckWatch(1_000);
  assert.equal(watch.isStuck('a.b', counts, 0), false, 'first seen');
  assert.equal(watch.isStuck('a.b', counts, 999), false);
  assert.equal(watch.isStuck('a.b', counts, 1_000), true);
  assert.equal(watch.isStuck('a.b', { ...counts, active: 1 }, 1_001), false, 'one runs');
  assert.equal(watch.isStuck('a.b', counts, 1_500), false, 'counted anew');
  assert.equal(watch.isStuck('a.b', counts, 2_500), true);
  watch.ended('a.b', 2_600);
  assert.equal(watch.isStuck('a.b', counts, 2_700), false, 'one has ended');
  assert.equal(watch.isStuck('a.b', { ...counts, waiting: 0, delayed: 5 }, 9_000), false, 'nothing is due');
});
