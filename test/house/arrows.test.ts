import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { findBreaches } from './arrows.ts';
import { parseSource, readSourceTree } from './source-tree.ts';

const messagesOf = (path: string, text: string): string[] =>
  findBreaches([parseSource(path, text)]).map(({ message }) => message);

describe('the rules see', () => {
  const breaches: [string, string, string, RegExp][] = [
    [
      'the platform importing ours',
      'platform/db/x.ts',
      "import { a } from '../../campaigns/leads/index.ts';",
      /must not import campaigns/,
    ],
    [
      'the dialer importing the business',
      'dialer/engine/x.ts',
      "import type { A } from '../../campaigns/leads/index.ts';",
      /must not import campaigns/,
    ],
    [
      'the dialer importing scripts',
      'dialer/engine/x.ts',
      "export { a } from '../../scripts-templates/index.ts';",
      /must not import scripts-templates/,
    ],
    [
      'the business importing the engine',
      'campaigns/calls/x.ts',
      "const a = await import('../../dialer/engine/index.ts');",
      /must not import dialer\/engine/,
    ],
    [
      'the core importing the engine',
      'dialer/core/x.ts',
      "import type { A } from '../engine/index.ts';",
      /must not import dialer\/engine/,
    ],
    [
      'the web importing the server',
      'web/src/x.tsx',
      "import type { A } from '../../server/http/index.ts';",
      /must not import server/,
    ],
    [
      'a product importing a test',
      'server/http/x.ts',
      "import { a } from '../../test/support/signals.ts';",
      /must not import test/,
    ],
    [
      'a migration importing the business',
      'migrations/x.ts',
      "import { a } from '../campaigns/leads/index.ts';",
      /must not import campaigns/,
    ],
    [
      'a feature past its door',
      'campaigns/calls/x.ts',
      "import { a } from '../leads/leads-store.ts';",
      /past its index/,
    ],
    [
      'a part of the platform past its door',
      'server/http/x.ts',
      "import {\n  a,\n} from '../../platform/db/bulk.ts';",
      /past its index/,
    ],
    ['input and output in a pure part', 'dialer/pacing/x.ts', "import { readFile } from 'node:fs';", /pure/],
    [
      'a library that reaches out in a pure part',
      'scripts-templates/x.ts',
      "import knex from 'knex';",
      /pure/,
    ],
    [
      "the platform's code in a pure part",
      'dialer/core/x.ts',
      "import { a, type B } from '../../platform/clock/index.ts';",
      /pure/,
    ],
    ['the process in a pure part', 'dialer/core/x.ts', 'process.exit(1);', /pure/],
    ['the clock', 'campaigns/calls/x.ts', 'const now = Date.now();', /reads the clock/],
    ['a date of now', 'dialer/engine/x.ts', 'new Date()', /reads the clock/],
    ['a timer inside the platform', 'platform/queue/x.ts', 'setTimeout(() => {}, 1);', /waits/],
    ['chance', 'server/demo/x.ts', 'crypto.randomUUID()', /draws chance/],
    ['the clock of the database', 'campaigns/users/x.ts', 'knex.fn.now()', /clock/],
    [
      'a service built outside composition',
      'server/http/x.ts',
      "import { LeadsService } from '../../campaigns/leads/index.ts';\nnew LeadsService(db);",
      /builds LeadsService/,
    ],
    [
      'a service made outside composition',
      'campaigns/calls/x.ts',
      "import { createLeadsStore } from '../leads/index.ts';\ncreateLeadsStore();",
      /builds createLeadsStore/,
    ],
    ['a file in no part', 'helpers/x.ts', '', /no part/],
  ];
  for (const [what, path, text, message] of breaches) {
    test(what, () => assert.match(messagesOf(path, text).join('; '), message));
  }
});

describe('the rules allow', () => {
  const fine: [string, string, string][] = [
    [
      'types of the platform in a pure part',
      'dialer/core/x.ts',
      "import type { Instant } from '../../platform/clock/index.ts';",
    ],
    [
      'errors in a pure part',
      'scripts-templates/x.ts',
      "import { DomainError } from '../platform/errors/index.ts';",
    ],
    ['a hash in a pure part', 'scripts-templates/x.ts', "import { createHash } from 'node:crypto';"],
    [
      'the core and the ports in the business',
      'campaigns/calls/x.ts',
      "import { a } from '../../dialer/core/outcomes.ts';\nimport type { B } from '../../dialer/ports.ts';",
    ],
    [
      'composition building services',
      'server/compose.ts',
      "import { LeadsService } from '../campaigns/leads/index.ts';\nnew LeadsService(db);",
    ],
    [
      'a feature building its own',
      'campaigns/leads/index.ts',
      "import { LeadsStore } from './leads-store.ts';\nnew LeadsStore();",
    ],
    ['a word in a comment', 'dialer/core/x.ts', '// never Date.now()\n/* import { a } from "node:fs" */'],
    ['a date of a given instant', 'campaigns/calls/x.ts', 'new Date(instant)'],
    [
      'tests reaching everywhere',
      'dialer/core/x.test.ts',
      "import { test } from 'node:test';\nimport '../../campaigns/leads/leads-store.ts';",
    ],
  ];
  for (const [what, path, text] of fine) test(what, () => assert.deepEqual(messagesOf(path, text), []));
});

test('the tree keeps the arrows of the design', async () => {
  const files = await readSourceTree(join(import.meta.dirname, '../..'));
  assert.ok(
    files.some(({ path }) => path === 'platform/db/index.ts'),
    'the tree was read',
  );
  assert.deepEqual(findBreaches(files), []);
});
