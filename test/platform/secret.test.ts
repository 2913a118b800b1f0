import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { resolveSecret } from '../../platform/config/index.ts';

test('a generated secret is kept, long, and readable by its owner only', async (t) => {
  const dataDir = join(await mkdtemp(join(tmpdir(), 'dialwright-')), 'data');
  t.after(() => rm(join(dataDir, '..'), { recursive: true }));
  const first = await resolveSecret({ secret: undefined, dataDir });
  assert.ok(first.length >= 32);
  assert.equal(await resolveSecret({ secret: undefined, dataDir }), first);
  assert.equal((await stat(join(dataDir, 'secret'))).mode & 0o777, 0o600);
});

test('a configured secret leaves no file', async () => {
  assert.equal(await resolveSecret({ secret: 's'.repeat(32), dataDir: '/nonexistent/x' }), 's'.repeat(32));
});

test('processes that start at once agree on one secret', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'dialwright-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const secrets = await Promise.all(
    Array.from({ length: 8 }, () => resolveSecret({ secret: undefined, dataDir })),
  );
  assert.equal(new Set(secrets).size, 1);
});
