import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request, { type Test } from 'supertest';
import { builtInPresets, createPresetCatalogue } from '../../campaigns/compliance/index.ts';
import type { Role, Scope, Viewer } from '../../campaigns/scope/index.ts';
import { hashPassword } from '../../campaigns/users/index.ts';
import { VirtualTimers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { EventStream } from '../../platform/events/index.ts';
import { type FileStore, FolderFileStore } from '../../platform/files/index.ts';
import { createIds, type Id } from '../../platform/ids/index.ts';
import { createPino, silentLogger } from '../../platform/log/index.ts';
import { DatabaseQueue } from '../../platform/queue/index.ts';
import { seededRandom } from '../../platform/random/index.ts';
import { composeServices, type Services } from '../../server/compose/services.ts';
import { composeWeb, type Web, type WebSettings } from '../../server/compose/web.ts';
import type { TestEngine } from '../support/databases.ts';
import { FakeDialer } from './fake-dialer.ts';

export const PASSWORD = 'correct horse battery';
export const START = Date.UTC(2026, 10, 22, 9, 0);

/** Two vendors; at the first two teams. One user a role in the first team, and a manager of each other place. */
export interface Cast {
  vendor: Id;
  otherVendor: Id;
  team: Id;
  secondTeam: Id;
  otherTeam: Id;
}

export interface Lab {
  db: Database;
  timers: VirtualTimers;
  events: EventStream;
  dialer: FakeDialer;
  files: FileStore;
  /** Resolves when the next file begins to be stored, with the promise of its end. */
  storeBegun(): Promise<{ done: Promise<unknown> }>;
  web: Web;
  services: Services;
  url: string;
  cast: Cast;
  as(login: string): Promise<Client>;
  viewer(login: string): Promise<Viewer>;
  close(): Promise<void>;
}

/** A signed-in browser: keeps the cookie, sends the CSRF token. */
export interface Client {
  cookie: string;
  csrf: string;
  userId: Id;
  get(path: string): Test;
  send(method: 'post' | 'put' | 'patch' | 'delete', path: string, body?: unknown): Test;
}

export async function openLab(engine: TestEngine, settings: Partial<WebSettings> = {}): Promise<Lab> {
  const database = await engine.open();
  const { db } = database;
  const timers = new VirtualTimers(START);
  const ids = createIds(timers, seededRandom('lab'));
  const events = new EventStream({ db, timers, ids, log: silentLogger });
  const dialer = new FakeDialer(timers);
  const pino = createPino({ level: 'silent' });
  const presets = createPresetCatalogue(builtInPresets());
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-files-'));
  const files = new WatchedFiles(folder);
  const queue = new DatabaseQueue({ db, timers, ids, log: silentLogger });
  const ground = { files, queue, db, timers, ids, log: silentLogger, pino, events, dialer, presets };
  const all: WebSettings = {
    production: false,
    publicUrl: 'http://localhost:3000',
    trustProxy: false,
    secret: 'a secret of the laboratory, 32 and more',
    session: { idleMs: 3_600_000, maxMs: 86_400_000, secureCookie: false },
    signInLimits: { perAccount: 5, perAddress: 1_000, windowSeconds: 60 },
    version: '0.0.0',
    webFolder: join(import.meta.dirname, 'no-such-folder'),
    maxUploadBytes: 200_000,
    checkAnswers: true,
    ...settings,
  };
  const services = composeServices(ground, all);
  const web = composeWeb(ground, services, all);
  const server = createServer(web.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cast = await createCast(services, db);
  return {
    db,
    timers,
    events,
    dialer,
    files,
    storeBegun: () => files.next(),
    web,
    services,
    url,
    cast,
    as: (login) => signIn(url, login),
    viewer: async (login) => viewerOf(db, login),
    close: async () => {
      web.streams.close();
      server.closeAllConnections();
      await closed(server);
      await events.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder of files that tells when one begins. */
class WatchedFiles extends FolderFileStore {
  #begun: ((store: { done: Promise<unknown> }) => void) | undefined;

  next(): Promise<{ done: Promise<unknown> }> {
    return new Promise((resolve) => {
      this.#begun = resolve;
    });
  }

  override put(...args: Parameters<FolderFileStore['put']>): ReturnType<FolderFileStore['put']> {
    const done = super.put(...args);
    done.catch(() => {}); // who waits for it hears of it
    this.#begun?.({ done });
    return done;
  }
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

const PEOPLE: [login: string, role: Role, scope: Scope, team: 'team' | 'secondTeam' | 'otherTeam'][] = [
  ['admin', 'admin', 'all', 'team'],
  ['manager', 'manager', 'team', 'team'],
  ['marketer', 'marketer', 'team', 'team'],
  ['agent', 'agent', 'team', 'team'],
  ['agent2', 'agent', 'team', 'team'],
  ['vendor-manager', 'manager', 'vendor', 'team'],
  ['second-manager', 'manager', 'team', 'secondTeam'],
  ['other-admin', 'admin', 'vendor', 'otherTeam'],
  ['other-manager', 'manager', 'vendor', 'otherTeam'],
  ['other-marketer', 'marketer', 'vendor', 'otherTeam'],
  ['other-agent', 'agent', 'team', 'otherTeam'],
];

async function createCast({ users }: Services, db: Database): Promise<Cast> {
  const passwordHash = await hashPassword(PASSWORD);
  return db.transact(async (tx) => {
    const vendor = (await users.createVendor(tx, null, { name: 'House' })).id;
    const otherVendor = (await users.createVendor(tx, null, { name: 'Elsewhere' })).id;
    const team = (await users.createTeam(tx, null, { name: 'One', vendorId: vendor })).id;
    const secondTeam = (await users.createTeam(tx, null, { name: 'Two', vendorId: vendor })).id;
    const otherTeam = (await users.createTeam(tx, null, { name: 'Three', vendorId: otherVendor })).id;
    const cast = { vendor, otherVendor, team, secondTeam, otherTeam };
    for (const [login, role, scope, place] of PEOPLE) {
      const person = {
        login,
        name: login,
        role,
        scope,
        teamId: cast[place],
        locale: 'en' as const,
        passwordHash,
      };
      await users.createUser(tx, null, person);
    }
    return cast;
  });
}

async function viewerOf(db: Database, login: string): Promise<Viewer> {
  const row = await db.reader.knex('users').where({ login }).first();
  return { userId: row.id, vendorId: row.vendor_id, teamId: row.team_id, role: row.role, scope: row.scope };
}

async function signIn(url: string, login: string): Promise<Client> {
  const answer = await request(url).post('/api/v1/auth/sign-in').send({ login, password: PASSWORD });
  if (answer.status !== 200) throw new Error(`${login} cannot sign in: ${JSON.stringify(answer.body)}`);
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const csrf: string = answer.body.csrfToken;
  return {
    cookie,
    csrf,
    userId: answer.body.user.id,
    get: (path) => request(url).get(`/api/v1${path}`).set('Cookie', cookie),
    send: (method, path, body) => {
      const test = request(url)[method](`/api/v1${path}`).set('Cookie', cookie).set('X-CSRF-Token', csrf);
      return body === undefined ? test : test.send(body as object);
    },
  };
}
