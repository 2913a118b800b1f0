import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import express from 'express';
import request from 'supertest';
import { webFiles } from '../../server/http/web-files.ts';

describe('the built web application', { timeout: 20_000 }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialwright-web-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<title>page</title>');
    await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'code');
    await writeFile(join(folder, '.secret'), 'no');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const ask = (path: string) => request(express().use(webFiles(folder))).get(path);

  test('hashed assets are kept for ever, and a missing one is not answered with the page', async () => {
    const asset = await ask('/assets/app-1a2b.js').expect(200);
    assert.equal(asset.headers['cache-control'], 'public, max-age=31536000, immutable');
    const missing = await ask('/assets/app-0000.js').expect(404);
    assert.doesNotMatch(missing.text, /page/);
  });

  test('every address of the application is the page, asked for again each time', async () => {
    for (const path of ['/', '/campaigns/01hf3k9z8v0a2b4c6d8e']) {
      const page = await ask(path).expect(200);
      assert.match(page.text, /page/);
      assert.match(String(page.headers['cache-control']), /no-cache|max-age=0/);
    }
  });

  test('nothing outside the folder and nothing hidden is served', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/.secret', '/assets/%2e%2e/.secret']) {
      const answer = await ask(path);
      assert.doesNotMatch(answer.text, /dialwright|^no$/);
    }
  });

  test('before it is built it says how', async () => {
    const answer = await request(express().use(webFiles(join(folder, 'none')))).get('/');
    assert.equal(answer.status, 503);
    assert.match(answer.text, /npm run build/);
  });
});
