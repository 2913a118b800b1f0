import assert from 'node:assert/strict';
import test from 'node:test';
import { routeUrl } from './route-url.ts';

test('an id cannot leave its place in the path', () => {
  const { url } = routeUrl('GET /lists/{listId}/imports', { listId: '../users?x=1' }, {});
  assert.equal(url, '/api/v1/lists/..%2Fusers%3Fx%3D1/imports');
});

test('what is undefined is left out of the query, and zero and false are not', () => {
  const { method, url } = routeUrl('GET /reports', {}, { from: 0, to: undefined, open: false });
  assert.equal(method, 'GET');
  assert.equal(url, '/api/v1/reports?from=0&open=false');
});
