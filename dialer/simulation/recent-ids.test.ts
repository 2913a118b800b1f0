import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentIds } from './recent-ids.ts';

test('an id is known for at least as many further ids as promised, and memory stays bounded', () => {
  const ids = new RecentIds(10);
  for (let i = 0; i < 1_000; i++) {
    assert.ok(ids.add(`id${i}`));
    for (let back = 0; back < Math.min(10, i); back++) assert.ok(!ids.add(`id${i - back}`));
  }
  assert.ok(ids.add('id0'), 'long forgotten');
});
