import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUCKET_MS, byBucket } from './measures.ts';

test('a stretch without a length lies in no bucket', () => {
  assert.deepEqual(byBucket({ from: 5, to: 5 }), []);
  assert.deepEqual(byBucket({ from: 5, to: 4 }), []);
});

test('a stretch that ends on an edge has nothing in the bucket after it', () => {
  assert.deepEqual(byBucket({ from: 0, to: BUCKET_MS }), [{ bucketAt: 0, ms: BUCKET_MS }]);
});

test('the parts of a long stretch add up to it', () => {
  const parts = byBucket({ from: 100, to: 100 + 10 * BUCKET_MS });
  assert.equal(parts.length, 11);
  assert.equal(
    parts.reduce((sum, { ms }) => sum + ms, 0),
    10 * BUCKET_MS,
  );
});
