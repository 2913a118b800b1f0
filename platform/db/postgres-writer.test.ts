import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbered } from './postgres-writer.ts';

test('question marks become numbered parameters, but for those inside quotes', () => {
  assert.equal(
    numbered("select '?', 'it''s ?' from t where a = ? and b in (?, ?)"),
    "select '?', 'it''s ?' from t where a = $1 and b in ($2, $3)",
  );
});
