import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absentServices, summaryLines } from '../support/run-report.ts';

test('suites whose service is away are named, with the setting that brings it', () => {
  const sources = [
    {
      file: 'test/a.test.ts',
      text: "import { test } from 'node:test';\nimport { connectTo, testDatabases } from 'x';",
    },
    { file: 'test/b.test.ts', text: "import { testRedis } from 'x';" },
    { file: 'c.test.ts', text: '' },
  ];
  assert.deepEqual(absentServices(sources, { REDIS_URL: 'redis://x' }), [
    'PostgreSQL: not run (set DATABASE_URL) in 1 suites:',
    '  test/a.test.ts',
  ]);
  assert.equal(absentServices(sources, {}).length, 4);
  assert.deepEqual(absentServices(sources, { REDIS_URL: 'x', DATABASE_URL: 'x' }), []);
});

test('the totals are the last ones of the report', () => {
  const tap = 'TAP version 13\n# tests 1\nok 1 - x\n1..1\n# tests 12\n# pass 11\n# fail 1\n';
  assert.deepEqual(summaryLines(tap), ['# tests 12', '# pass 11', '# fail 1']);
  assert.deepEqual(summaryLines('crashed'), []);
});
