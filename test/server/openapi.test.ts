import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import request from 'supertest';
import { testDatabases } from '../support/databases.ts';
import { type Lab, openLab } from './lab.ts';

const [engine] = testDatabases();

describe('the API document', { timeout: 60_000 }, () => {
  let lab: Lab;
  before(async () => {
    assert.ok(engine);
    lab = await openLab(engine);
  });
  after(() => lab.close());

  test('every route that is served is described, and every path parameter declared', async () => {
    const { body: document } = await request(lab.url).get('/api/openapi.json').expect(200);
    assert.equal(document.openapi, '3.1.0');
    for (const route of lab.web.routes) {
      const path = `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      const operation = document.paths[path]?.[route.method];
      assert.ok(operation, `${route.method} ${path} is missing`);
      const declared = (operation.parameters ?? []).filter((one: { in: string }) => one.in === 'path').length;
      assert.equal(declared, route.path.split(':').length - 1, `${route.method} ${path}`);
    }
  });

  test('operation ids are unique, and every reference leads somewhere', async () => {
    const { body: document } = await request(lab.url).get('/api/openapi.json');
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path as object));
    const ids = operations.map((operation) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name = ''] of references)
      assert.ok(document.components.schemas[name], `${name} is missing`);
  });

  test('the examples of bodies pass their own schemas', () => {
    for (const route of lab.web.routes) {
      if (route.body === undefined || ('consumes' in route && route.consumes)) continue;
      const parsed = route.body.safeParse(route.example);
      assert.ok(parsed.success, `${route.method} ${route.path}: ${parsed.error?.message}`);
    }
  });

  test('the page is readable without scripts and from our own host only', async () => {
    const page = await request(lab.url).get('/api/docs').expect(200);
    assert.match(page.text, /\/api\/v1\/campaigns\/\{campaignId\}/);
    assert.doesNotMatch(page.text, /<script|https?:\/\//);
  });

  test('probes answer, and metrics name routes by their pattern', async () => {
    await request(lab.url).get('/healthz').expect(200);
    const ready = await request(lab.url).get('/readyz').expect(200);
    assert.deepEqual(ready.body, { status: 'ready', checks: { database: 'ok' } });
    await request(lab.url).get('/api/v1/campaigns/01hf3k9z8v0a2b4c6d8e');
    const metrics = await request(lab.url).get('/metrics').expect(200);
    assert.match(metrics.text, /route="\/api\/v1\/campaigns\/:campaignId",status="401"/);
    assert.doesNotMatch(metrics.text, /01hf3k9z8v/);
  });

  test('pages carry a content security policy, and what is not there says so', async () => {
    const missing = await request(lab.url).get('/api/v1/nothing').expect(404);
    assert.equal(missing.body.code, 'no_such_route');
    assert.match(String(missing.headers['content-security-policy']), /default-src 'self'/);
    assert.equal(missing.headers['x-powered-by'], undefined);
    const method = await request(lab.url).put('/api/v1/campaigns').expect(405);
    assert.equal(method.body.code, 'method_not_allowed');
  });
});
