import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import { randomToken } from '../../platform/random/index.ts';
import type { Viewer } from '../scope/index.ts';
import { passwordMatches, toUser, type User, type UserRow, userRow, userRowByLogin } from '../users/index.ts';
import {
  deleteExpired,
  deleteSession,
  insertSession,
  keepNewest,
  type SessionRow,
  sessionRow,
  touchSession,
} from './sessions-store.ts';

/** Who is signed in, and what proves that a request was meant by them. */
export interface SignedIn {
  viewer: Viewer;
  user: User;
  csrfToken: string;
  /** Stands for the session where the token must not. */
  tokenHash: string;
}

export interface SessionService {
  /**
   * The secret token goes into a cookie; the database holds its SHA-256 only.
   * @throws DomainError `wrong_credentials`: unknown login, wrong password and disabled user sound the same
   */
  signIn(credentials: { login: string; password: string }): Promise<SignedIn & { token: string }>;
  /** Undefined for a token that is unknown, expired, or of a user who was disabled. Slides the expiry. */
  resolve(token: string): Promise<SignedIn | undefined>;
  /** Whether the session still stands; does not prolong it. */
  lives(tokenHash: string): Promise<boolean>;
  signOut(token: string): Promise<void>;
  /** Deletes expired sessions; answers how many. */
  purge(): Promise<number>;
}

export interface SessionLimits {
  /** A session unused for so long ends. */
  idleMs: number;
  /** No session lasts longer, however busy. */
  maxMs: number;
}

interface Services {
  db: Database;
  clock: Clock;
  limits: SessionLimits;
}

const MOST_PER_USER = 20;
/** The expiry is moved at most so often: not every request is a write. */
const TOUCH_EVERY_MS = 60_000;

export function createSessionService(services: Services): SessionService {
  const { db, clock } = services;
  return {
    signIn: (credentials) => signIn(services, credentials),
    resolve: (token) => resolve(services, token),
    lives: async (tokenHash) => (await standing(services, tokenHash)) !== undefined,
    signOut: (token) => db.transact((tx) => deleteSession(tx, hashToken(token))),
    purge: () => db.transact((tx) => deleteExpired(tx, clock.now())),
  };
}

async function signIn(
  { db, clock, limits }: Services,
  { login, password }: { login: string; password: string },
): Promise<SignedIn & { token: string }> {
  const row = await userRowByLogin(db.reader, login);
  const matches = await passwordMatches(row?.password_hash, password);
  if (!row || !matches || row.state !== 'active') {
    throw new DomainError('unauthenticated', 'wrong_credentials', 'The login or the password is wrong');
  }
  const token = randomToken();
  const now = clock.now();
  const session: SessionRow = {
    token_hash: hashToken(token),
    user_id: row.id,
    csrf_token: randomToken(),
    created_at: now,
    last_seen_at: now,
    expires_at: now + Math.min(limits.idleMs, limits.maxMs),
  };
  await db.transact(async (tx) => {
    await insertSession(tx, session);
    await keepNewest(tx, row.id, MOST_PER_USER);
  });
  return { ...signedIn(row, session), token };
}

async function resolve(services: Services, token: string): Promise<SignedIn | undefined> {
  const { db, clock, limits } = services;
  const found = await standing(services, hashToken(token));
  if (!found) return undefined;
  const { session, row } = found;
  const now = clock.now();
  if (now - session.last_seen_at >= Math.min(TOUCH_EVERY_MS, limits.idleMs / 2)) {
    const expires_at = Math.min(now + limits.idleMs, session.created_at + limits.maxMs);
    await db.grouped((tx) => touchSession(tx, { ...session, last_seen_at: now, expires_at }));
  }
  return signedIn(row, session);
}

/** A session that has not expired, of a user who may sign in. */
async function standing(
  { db, clock }: Services,
  tokenHash: string,
): Promise<{ session: SessionRow; row: UserRow } | undefined> {
  const session = await sessionRow(db.reader, tokenHash);
  if (!session || session.expires_at <= clock.now()) return undefined;
  const row = await userRow(db.reader, session.user_id);
  return row?.state === 'active' ? { session, row } : undefined;
}

function signedIn(row: UserRow, session: SessionRow): SignedIn {
  const user = toUser(row);
  const { id: userId, vendorId, teamId, role, scope } = user;
  return {
    viewer: { userId, vendorId, teamId, role, scope },
    user,
    csrfToken: session.csrf_token,
    tokenHash: session.token_hash,
  };
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
