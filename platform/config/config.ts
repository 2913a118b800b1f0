import { resolve } from 'node:path';
import { DomainError } from '../errors/index.ts';
import { type Env, EnvReader } from './env-reader.ts';

export const ROLES = ['web', 'dialer', 'worker', 'cron'] as const;
export type Role = (typeof ROLES)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const GIBIBYTE = 1024 ** 3;
const MINUTE_MS = 60_000;
const MIN_SECRET_LENGTH = 32;

/** `ifFresh`: load the demo into a data directory that holds nothing yet. */
export type DemoMode = 'on' | 'off' | 'ifFresh';

export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Where people reach the system, without a trailing slash. */
  readonly publicUrl: string;
  /** Express' `trust proxy`: no proxy, a number of hops, or the proxies' addresses. */
  readonly trustProxy: false | number | readonly string[];
  /** Absolute path of the SQLite file, uploads, recordings and the generated secret. */
  readonly dataDir: string;
  /** PostgreSQL; undefined runs on SQLite inside `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Bull's Redis; undefined runs jobs from the database. */
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  readonly roles: readonly Role[];
  readonly demo: DemoMode;
  readonly session: { readonly idleMs: number; readonly maxMs: number; readonly secureCookie: boolean };
  readonly maxUploadBytes: number;
  /** Undefined outside production when not set: {@link resolveSecret} makes and keeps one. */
  readonly secret: string | undefined;
}

/**
 * The configuration of one process from its environment, checked and frozen; `.env.example` documents every
 * setting.
 * @throws DomainError `bad_configuration` with one issue per mistake, all at once, none echoing a value
 */
export function loadConfig(env: Env): Config {
  const reader = new EnvReader(env);
  const production =
    reader.oneOf('NODE_ENV', ['production', 'development', 'test'], 'development') === 'production';
  const port = reader.integer('PORT', 3000, { min: 0, max: 65_535 });
  const publicUrl = readPublicUrl(reader, port);
  const host = reader.text('HOST') ?? '127.0.0.1';
  const trustProxy = readTrustProxy(reader);
  const reachable = !isLoopback(host) || !isLoopback(new URL(publicUrl).hostname) || trustProxy !== false;
  const databaseUrl = reader.url('DATABASE_URL', ['postgres:', 'postgresql:'])?.href;
  const config: Config = {
    production,
    port,
    host,
    publicUrl,
    trustProxy,
    dataDir: resolve(reader.text('DATA_DIR') ?? './data'),
    databaseUrl,
    redisUrl: reader.url('REDIS_URL', ['redis:', 'rediss:'])?.href,
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    roles: Object.freeze(readRoles(reader)),
    demo: readDemo(reader, production || reachable),
    session: Object.freeze(readSession(reader, publicUrl)),
    maxUploadBytes: reader.integer('MAX_UPLOAD_BYTES', 2 * GIBIBYTE, { min: 1024, max: 64 * GIBIBYTE }),
    secret: readSecret(reader, production),
  };
  reader.refuseUnknown('DIALWRIGHT_');
  if (reader.issues.length > 0) throw badConfiguration(reader);
  return Object.freeze(config);
}

function badConfiguration(reader: EnvReader): DomainError {
  const lines = reader.issues.map((issue) => issue.message).join('; ');
  return new DomainError('invalid', 'bad_configuration', `The configuration is wrong: ${lines}`, {
    issues: reader.issues,
  });
}

function readRoles(reader: EnvReader): Role[] {
  const roles = reader.setOf('ROLES', ROLES);
  if (reader.text('DATABASE_URL') === undefined && roles.length < ROLES.length) {
    reader.mistake(
      'ROLES',
      'roles_need_postgresql',
      'on SQLite one process has all roles; set DATABASE_URL to split them',
    );
  }
  return roles;
}

function readPublicUrl(reader: EnvReader, port: number): string {
  const url = reader.url('PUBLIC_URL', ['http:', 'https:']);
  if (!url) return `http://localhost:${port}`;
  if (url.search || url.hash || url.username || url.password) {
    reader.mistake('PUBLIC_URL', 'bad_url', 'leave out user, password, query and fragment');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Demo users have known passwords, so the demo runs neither in production nor where others reach it, by a proxy or not. */
function readDemo(reader: EnvReader, exposed: boolean): DemoMode {
  const demo = reader.oneOf<DemoMode>('DEMO', ['on', 'off', 'ifFresh'], exposed ? 'off' : 'ifFresh');
  if (exposed && demo !== 'off') {
    reader.mistake(
      'DEMO',
      'demo_refused',
      'the demo runs only outside production, on a loopback HOST and PUBLIC_URL, behind no proxy',
    );
  }
  return demo;
}

function readSession(reader: EnvReader, publicUrl: string): Config['session'] {
  const idleMinutes = reader.integer('SESSION_IDLE_MINUTES', 120, { min: 1, max: 24 * 60 });
  const maxHours = reader.integer('SESSION_MAX_HOURS', 24, { min: 1, max: 30 * 24 });
  if (idleMinutes > maxHours * 60) {
    reader.mistake('SESSION_IDLE_MINUTES', 'idle_over_max', 'give no more than SESSION_MAX_HOURS');
  }
  const secure = reader.oneOf(
    'SESSION_COOKIE_SECURE',
    ['on', 'off'],
    publicUrl.startsWith('https:') ? 'on' : 'off',
  );
  return { idleMs: idleMinutes * MINUTE_MS, maxMs: maxHours * 60 * MINUTE_MS, secureCookie: secure === 'on' };
}

function readSecret(reader: EnvReader, production: boolean): string | undefined {
  const secret = reader.text('SECRET');
  if (secret === undefined && production) {
    reader.mistake('SECRET', 'missing', `in production, give ${MIN_SECRET_LENGTH} random characters or more`);
  }
  if (secret !== undefined && secret.length < MIN_SECRET_LENGTH) {
    reader.mistake('SECRET', 'too_short', `give ${MIN_SECRET_LENGTH} characters or more`, {
      min: MIN_SECRET_LENGTH,
    });
  }
  return secret;
}

function readTrustProxy(reader: EnvReader): Config['trustProxy'] {
  const text = reader.text('TRUST_PROXY');
  if (text === undefined || text === 'off') return false;
  if (/^[1-9]$/.test(text)) return Number(text);
  const addresses = text.split(',').map((part) => part.trim());
  if (
    !addresses.every((address) => /^(loopback|linklocal|uniquelocal|[\da-f:.]+(\/\d{1,3})?)$/i.test(address))
  ) {
    reader.mistake(
      'TRUST_PROXY',
      'bad_proxy',
      'give off, a number of hops from 1 to 9, or addresses with commas',
    );
  }
  return Object.freeze(addresses);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
