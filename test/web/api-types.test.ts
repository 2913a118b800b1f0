import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { API_TYPES_FILE, apiTypes } from './api-types.ts';

test("the page's types of the API are those of the server: npx tsx test/web/generate-api-types.ts", async () => {
  assert.equal(await readFile(API_TYPES_FILE, 'utf8'), await apiTypes());
});
