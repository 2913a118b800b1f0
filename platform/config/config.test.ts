import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDomainError } from '../errors/index.ts';
import { loadConfig } from './index.ts';

function mistakesOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    assert.ok(isDomainError(error, 'bad_configuration'));
    return error.issues.map((issue) => `${issue.path.slice(1)} ${issue.code}`).sort();
  }
  return [];
}

test('every mistake is named at once', () => {
  const env = {
    PORT: '70000',
    DATABASE_URL: 'mysql://u:p@h/db',
    REDIS_URL: 'nonsense',
    LOG_LEVEL: 'loud',
    ROLES: 'web,chef',
    MAX_UPLOAD_BYTES: '2GB',
    SECRET: 'short',
    TRUST_PROXY: 'yes',
    PUBLIC_URL: 'ftp://x',
    DIALWRIGHT_PORT: '1',
  };
  assert.deepEqual(mistakesOf(env), [
    'DATABASE_URL bad_url',
    'DIALWRIGHT_PORT unknown_setting',
    'LOG_LEVEL unknown_value',
    'MAX_UPLOAD_BYTES bad_integer',
    'PORT bad_integer',
    'PUBLIC_URL bad_url',
    'REDIS_URL bad_url',
    'ROLES unknown_value',
    'SECRET too_short',
    'TRUST_PROXY bad_proxy',
  ]);
});

test('a mistake never echoes what was given', () => {
  try {
    loadConfig({ DATABASE_URL: 'mysql://dialer:hunter2@db/x', SECRET: 'hunter2' });
    assert.fail('accepted');
  } catch (error) {
    assert.ok(isDomainError(error));
    assert.doesNotMatch(JSON.stringify([error.message, error.issues]), /hunter2/);
  }
});

test('the demo is refused in production and on a reachable address, and not loaded there by default', () => {
  const secret = 'x'.repeat(40);
  assert.deepEqual(mistakesOf({ NODE_ENV: 'production', SECRET: secret, DEMO: 'on' }), ['DEMO demo_refused']);
  assert.deepEqual(mistakesOf({ HOST: '0.0.0.0', DEMO: 'on' }), ['DEMO demo_refused']);
  assert.deepEqual(mistakesOf({ PUBLIC_URL: 'https://dial.example', DEMO: 'ifFresh' }), [
    'DEMO demo_refused',
  ]);
  assert.equal(loadConfig({ HOST: '0.0.0.0' }).demo, 'off');
  assert.equal(loadConfig({ PUBLIC_URL: 'https://dial.example' }).demo, 'off', 'a proxy brings others to us');
  assert.equal(loadConfig({ TRUST_PROXY: 'loopback' }).demo, 'off');
  assert.equal(loadConfig({ PUBLIC_URL: 'http://[::1]:3000' }).demo, 'ifFresh');
  assert.equal(loadConfig({ NODE_ENV: 'production', SECRET: secret }).demo, 'off');
  assert.equal(loadConfig({}).demo, 'ifFresh');
});

test('production demands a secret', () => {
  assert.deepEqual(mistakesOf({ NODE_ENV: 'production' }), ['SECRET missing']);
});

test('roles are split only on PostgreSQL', () => {
  assert.deepEqual(mistakesOf({ ROLES: 'web' }), ['ROLES roles_need_postgresql']);
  assert.deepEqual(loadConfig({ ROLES: ' worker, web', DATABASE_URL: 'postgres://h/d' }).roles, [
    'web',
    'worker',
  ]);
});

test('a session idles no longer than it lasts', () => {
  assert.deepEqual(mistakesOf({ SESSION_IDLE_MINUTES: '120', SESSION_MAX_HOURS: '1' }), [
    'SESSION_IDLE_MINUTES idle_over_max',
  ]);
});

test('nothing set gives a loopback SQLite system with all roles, frozen', () => {
  const config = loadConfig({});
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 3000);
  assert.equal(config.publicUrl, 'http://localhost:3000');
  assert.deepEqual(config.roles, ['web', 'dialer', 'worker', 'cron']);
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.trustProxy, false);
  assert.equal(config.maxUploadBytes, 2 * 1024 ** 3);
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.roles) && Object.isFrozen(config.session));
});

test('a public address over https makes the cookie secure', () => {
  const config = loadConfig({ PUBLIC_URL: 'https://dial.example/app/', TRUST_PROXY: '10.0.0.1, loopback' });
  assert.equal(config.session.secureCookie, true);
  assert.equal(config.publicUrl, 'https://dial.example/app');
  assert.deepEqual(config.trustProxy, ['10.0.0.1', 'loopback']);
});
