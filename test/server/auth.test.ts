import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import request from 'supertest';
import { testDatabases } from '../support/databases.ts';
import { type Lab, openLab, PASSWORD } from './lab.ts';

for (const engine of testDatabases()) {
  describe(`signing in: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    before(async () => {
      lab = await openLab(engine);
    });
    after(() => lab.close());

    const signIn = (body: object) => request(lab.url).post('/api/v1/auth/sign-in').send(body);

    test('a wrong password, an unknown login and a disabled user sound the same', async () => {
      const admin = await lab.as('admin');
      const made = await admin.send('post', '/users', {
        login: 'gone',
        name: 'Gone',
        password: PASSWORD,
        role: 'agent',
        teamId: lab.cast.team,
      });
      assert.equal(made.status, 201);
      await admin.send('patch', `/users/${made.body.id}`, { state: 'disabled' });
      const answers = await Promise.all([
        signIn({ login: 'manager', password: 'something else' }),
        signIn({ login: 'nobody', password: 'something else' }),
        signIn({ login: 'gone', password: PASSWORD }),
      ]);
      for (const answer of answers) {
        assert.equal(answer.status, 401);
        assert.equal(answer.body.code, 'wrong_credentials');
        assert.equal(answer.headers['set-cookie'], undefined);
      }
    });

    test('the cookie is http-only and lax, and its token is not in the database', async () => {
      const answer = await signIn({ login: 'manager', password: PASSWORD });
      const cookie = String(answer.headers['set-cookie']);
      assert.match(cookie, /HttpOnly/);
      assert.match(cookie, /SameSite=Lax/);
      const token = /dialwright=([^;]+)/.exec(cookie)?.[1];
      const rows = await lab.db.reader.knex('user_sessions').select('token_hash');
      assert.ok(token && rows.length > 0 && rows.every((row) => row.token_hash !== token));
    });

    test('after five wrong passwords the account is closed for a while, and says for how long', async () => {
      const wrong = { login: 'second-manager', password: 'something else' };
      for (let n = 0; n < 5; n++) assert.equal((await signIn(wrong)).status, 401);
      const answer = await signIn({ ...wrong, password: PASSWORD });
      assert.equal(answer.status, 429);
      assert.equal(answer.body.code, 'too_many_sign_ins');
      assert.ok(Number(answer.headers['retry-after']) > 0);
    });

    test('a request that changes needs the CSRF token of its own session, and our origin', async () => {
      const manager = await lab.as('manager');
      const other = await lab.as('marketer');
      const change = () => request(lab.url).put('/api/v1/auth/locale').set('Cookie', manager.cookie);
      const without = await change().send({ locale: 'zh-CN' });
      const foreign = await change().set('X-CSRF-Token', other.csrf).send({ locale: 'zh-CN' });
      const elsewhere = await change()
        .set('X-CSRF-Token', manager.csrf)
        .set('Origin', 'http://evil.example')
        .send({ locale: 'zh-CN' });
      assert.deepEqual(
        [without, foreign, elsewhere].map((answer) => [answer.status, answer.body.code]),
        [
          [403, 'csrf_token_wrong'],
          [403, 'csrf_token_wrong'],
          [403, 'foreign_origin'],
        ],
      );
      assert.equal((await manager.get('/auth/me')).body.user.locale, 'en');
      const right = await change()
        .set('X-CSRF-Token', manager.csrf)
        .set('Origin', lab.url)
        .send({ locale: 'zh-CN' });
      assert.equal(right.status, 204);
      assert.equal((await manager.get('/auth/me')).body.user.locale, 'zh-CN');
    });

    test('a session that is used goes on, one that idles ends, and none outlives its maximum', async () => {
      const busy = await lab.as('manager');
      const idle = await lab.as('marketer');
      for (let hours = 0; hours < 24; hours += 0.5) {
        assert.equal((await busy.get('/auth/me')).status, 200);
        await lab.timers.advanceBy(30 * 60_000);
      }
      assert.equal((await busy.get('/auth/me')).status, 401);
      assert.equal((await idle.get('/auth/me')).status, 401);
      assert.ok((await lab.services.sessions.purge()) >= 2);
    });

    test('signing out ends the session, and a new password ends all of them', async () => {
      const first = await lab.as('agent');
      assert.equal((await first.send('post', '/auth/sign-out')).status, 204);
      assert.equal((await first.get('/auth/me')).status, 401);
      const second = await lab.as('agent');
      const manager = await lab.as('manager');
      const changed = await manager.send('patch', `/users/${second.userId}`, {
        password: 'another good one',
      });
      assert.equal(changed.status, 200);
      assert.equal((await second.get('/auth/me')).status, 401);
      assert.equal((await signIn({ login: 'agent', password: 'another good one' })).status, 200);
    });

    test('a manager makes agents but no managers, and nobody gives a scope wider than their own', async () => {
      const manager = await lab.as('manager');
      const person = {
        login: 'new.one',
        name: 'New',
        password: PASSWORD,
        role: 'agent',
        teamId: lab.cast.team,
      };
      const asManager = await manager.send('post', '/users', { ...person, role: 'manager' });
      const wider = await manager.send('post', '/users', { ...person, scope: 'vendor' });
      const elsewhere = await manager.send('post', '/users', { ...person, teamId: lab.cast.otherTeam });
      const fine = await manager.send('post', '/users', person);
      const twice = await manager.send('post', '/users', person);
      assert.deepEqual(
        [asManager, wider, elsewhere, fine, twice].map((answer) => [answer.status, answer.body.code]),
        [
          [403, 'role_not_yours_to_give'],
          [403, 'role_not_yours_to_give'],
          [404, 'team_not_found'],
          [201, undefined],
          [409, 'login_taken'],
        ],
      );
    });

    test('the last admin who sees everything can neither be disabled nor demoted', async () => {
      const admin = await lab.as('admin');
      const answer = await admin.send('patch', `/users/${admin.userId}`, { role: 'manager' });
      assert.deepEqual([answer.status, answer.body.code], [409, 'last_admin']);
      assert.equal((await admin.get('/auth/me')).body.user.role, 'admin');
    });
  });
}
