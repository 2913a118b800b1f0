import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import request from 'supertest';
import { ROLES } from '../../campaigns/scope/index.ts';
import type { ServedRoute } from '../../server/http/index.ts';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab } from './lab.ts';
import { buildWorld, type World } from './world.ts';

/** Walks every route of the table: a new one is covered by being there. */
for (const engine of testDatabases()) {
  describe(`every route: ${engine.name}`, { timeout: 120_000 }, () => {
    let lab: Lab;
    let mine: World;
    const clients = new Map<string, Client>();
    const as = (login: string): Client => {
      const client = clients.get(login);
      assert.ok(client);
      return client;
    };

    before(async () => {
      lab = await openLab(engine);
      for (const login of ['admin', 'manager', 'marketer', 'agent']) clients.set(login, await lab.as(login));
      for (const role of ROLES) clients.set(`other-${role}`, await lab.as(`other-${role}`));
      clients.set('second-manager', await lab.as('second-manager'));
      mine = await buildWorld(lab, {
        manager: as('manager'),
        marketer: as('marketer'),
        number: '+12025550111',
      });
    });
    after(() => lab.close());

    const ids = (): Record<string, string> => ({
      ...mine,
      number: '1',
      presetId: 'demo-open',
      fileId: mine.listId,
      importId: mine.listId, // refused at the list already
      versionId: mine.scriptId,
    });
    const pathOf = (route: ServedRoute) =>
      route.path.replaceAll(/:(\w+)/g, (_, name: string) => ids()[name] ?? assert.fail(`no id for :${name}`));
    const call = (client: Client, route: ServedRoute) =>
      route.method === 'get'
        ? client.get(pathOf(route) + queryOf(route, ids()))
        : client.send(
            route.method,
            pathOf(route) + queryOf(route, ids()),
            route.example as object | undefined,
          );

    test('nobody who is not signed in gets past it', async () => {
      for (const route of lab.web.routes) {
        if (route.roles === 'public') continue;
        const answer = await request(lab.url)[route.method](`/api/v1${pathOf(route)}`);
        assert.equal(answer.status, 401, `${route.method} ${route.path}`);
        assert.equal(answer.body.code, 'not_signed_in');
      }
    });

    test('only what a sign-in page needs is public', () => {
      const open = lab.web.routes.filter((route) => route.roles === 'public').map((route) => route.path);
      assert.deepEqual(open, ['/auth/sign-in', '/demo/people']);
    });

    test('every role that is not named is refused', async () => {
      for (const route of lab.web.routes) {
        if (route.roles === 'public') continue;
        for (const role of ROLES.filter((one) => !route.roles.includes(one))) {
          const answer = await call(as(role), route);
          assert.equal(answer.status, 403, `${role}: ${route.method} ${route.path}`);
          assert.equal(answer.body.code, 'role_forbidden');
        }
      }
    });

    test("another vendor's ids are not there, whoever asks and whatever for", async () => {
      const before = await snapshot(lab);
      for (const route of lab.web.routes) {
        if (route.roles === 'public' || !pointsAtBusiness(route)) continue;
        for (const role of route.roles) {
          const answer = await call(as(`other-${role}`), route);
          assert.equal(answer.status, 404, `other ${role}: ${route.method} ${route.path} ${answer.text}`);
          assert.match(answer.body.code, /_not_found$/);
        }
      }
      assert.deepEqual(await snapshot(lab), before);
    });

    test("another team's ids are not there for who sees one team", async () => {
      for (const route of lab.web.routes) {
        if (route.roles === 'public' || !route.roles.includes('manager') || !pointsAtBusiness(route))
          continue;
        if (/products|do-not-call/.test(route.path)) continue; // these belong to the whole vendor
        const answer = await call(as('second-manager'), route);
        assert.equal(answer.status, 404, `${route.method} ${route.path} ${answer.text}`);
      }
    });

    test("nothing of another vendor's is in any list", async () => {
      const secrets = [mine.number, ...Object.values(mine)];
      for (const route of lab.web.routes) {
        if (route.method !== 'get' || route.roles === 'public' || route.path.includes(':')) continue;
        if (route.path === '/events' || pointsAtBusiness(route)) continue;
        const role = route.roles[0] ?? 'admin';
        const answer = await call(as(`other-${role}`), route);
        assert.equal(answer.status, 200, `${route.path}: ${answer.text}`);
        for (const secret of secrets)
          assert.ok(!answer.text.includes(secret), `${route.path} tells ${secret}`);
      }
    });

    test('every request that changes is refused without its CSRF token', async () => {
      for (const route of lab.web.routes) {
        if (route.roles === 'public' || route.method === 'get') continue;
        const client = as(route.roles[0] ?? 'admin');
        const answer = await request(lab.url)
          [route.method](`/api/v1${pathOf(route)}`)
          .set('Cookie', client.cookie)
          .send(route.example as object | undefined);
        assert.deepEqual([answer.status, answer.body.code], [403, 'csrf_token_wrong'], route.path);
      }
    });
  });
}

/** Ids that name somebody's: in the path, or asked for in the query. */
function pointsAtBusiness(route: ServedRoute): boolean {
  return /:(?!presetId)/.test(route.path) || route.path === '/leads';
}

function queryOf(route: ServedRoute, ids: Record<string, string>): string {
  if (route.path === '/leads') return `?listId=${ids.listId}`;
  return /^\/reports|abandon-windows/.test(route.path) ? '?from=0&to=900000' : '';
}

/** Everything an outsider could have changed. */
async function snapshot({ db }: Lab): Promise<unknown> {
  const tables = [
    'campaigns',
    'lists',
    'scripts',
    'script_versions',
    'products',
    'users',
    'do_not_call',
    'leads',
  ];
  const rows: Record<string, unknown> = {};
  for (const table of tables) rows[table] = await db.reader.knex(table).orderBy('id');
  return rows;
}
