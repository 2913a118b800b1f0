import type { Clock } from '../../platform/clock/index.ts';
import type { Queries, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { type AuditLog, changedFields } from '../audit/index.ts';
import { assertSees, SCOPES, type Scope, type Viewer } from '../scope/index.ts';
import { hashPassword } from './passwords.ts';
import { insertTeam, insertVendor, teamById } from './teams-store.ts';
import type { NewUser, Team, User, UserChange, Vendor } from './users-schema.ts';
import { countSystemAdmins, insertUser, toUser, type UserRow, updateUser, userRow } from './users-store.ts';

export interface UserService {
  createVendor(tx: Tx, viewer: Viewer | null, input: { name: string }): Promise<Vendor>;
  createTeam(
    tx: Tx,
    viewer: Viewer | null,
    input: { name: string; vendorId?: Id | undefined },
  ): Promise<Team>;
  /**
   * `viewer` null: the system itself, at its first start or from the command line.
   * @throws DomainError `login_taken`, `team_not_found`, `role_not_yours_to_give`
   */
  createUser(tx: Tx, viewer: Viewer | null, input: UserInput): Promise<User>;
  changeUser(tx: Tx, viewer: Viewer, change: { userId: Id; input: UserInputChange }): Promise<User>;
  user(queries: Queries, viewer: Viewer, userId: Id): Promise<User>;
}

/** Hashed before the unit of work begins: 60 ms are too long to hold the only writer. */
export interface Hashed {
  passwordHash?: string | undefined;
}

export type UserInput = Omit<NewUser, 'password'> & Hashed & { robot?: boolean };
export type UserInputChange = Omit<UserChange, 'password'> & Hashed;

interface Services {
  clock: Clock;
  ids: Ids;
  audit: AuditLog;
}

export function createUserService(services: Services): UserService {
  return {
    createVendor: (tx, viewer, input) => createVendor(services, tx, { viewer, input }),
    createTeam: (tx, viewer, input) => createTeam(services, tx, { viewer, input }),
    createUser: (tx, viewer, input) => createUser(services, tx, { viewer, input }),
    changeUser: (tx, viewer, change) => changeUser(services, tx, { viewer, ...change }),
    user: async (queries, viewer, userId) => toUser(await rowSeenBy(queries, viewer, userId)),
  };
}

/** Adds the hash of a password that is given, and takes the password itself away. */
export async function withHash<T extends { password?: string | undefined }>(
  input: T,
): Promise<Omit<T, 'password'> & Hashed> {
  const { password, ...rest } = input;
  return password === undefined ? rest : { ...rest, passwordHash: await hashPassword(password) };
}

async function createVendor(
  { clock, ids, audit }: Services,
  tx: Tx,
  { viewer, input }: { viewer: Viewer | null; input: { name: string } },
): Promise<Vendor> {
  if (viewer && viewer.scope !== 'all')
    throw forbidden('vendors_not_yours', 'Only who sees everything adds vendors');
  const vendor: Vendor = { id: ids.next(), name: input.name, createdAt: clock.now() };
  await unique(tx, 'vendor_name_taken', () => insertVendor(tx, vendor));
  const owner = { vendorId: vendor.id, teamId: null };
  await audit.record(tx, {
    viewer,
    action: 'vendor.created',
    entity: 'vendor',
    entityId: vendor.id,
    owner,
    after: vendor,
  });
  return vendor;
}

async function createTeam(
  { clock, ids, audit }: Services,
  tx: Tx,
  { viewer, input }: { viewer: Viewer | null; input: { name: string; vendorId?: Id | undefined } },
): Promise<Team> {
  const vendorId = input.vendorId ?? viewer?.vendorId;
  const seen =
    viewer === null || viewer.scope === 'all' || (viewer.scope === 'vendor' && vendorId === viewer.vendorId);
  const vendor =
    seen && vendorId ? await tx.knex('vendors').where('id', vendorId).first('id', 'name') : undefined;
  if (!vendor) throw new DomainError('notFound', 'vendor_not_found', 'There is no such vendor');
  const row = { id: ids.next(), vendorId: vendor.id as Id, name: input.name, createdAt: clock.now() };
  await unique(tx, 'team_name_taken', () => insertTeam(tx, row));
  const owner = { vendorId: row.vendorId, teamId: row.id };
  await audit.record(tx, {
    viewer,
    action: 'team.created',
    entity: 'team',
    entityId: row.id,
    owner,
    after: row,
  });
  return { ...row, vendorName: vendor.name as string };
}

async function createUser(
  { clock, ids, audit }: Services,
  tx: Tx,
  { viewer, input }: { viewer: Viewer | null; input: UserInput },
): Promise<User> {
  const team = await teamSeenBy(tx, viewer, input.teamId);
  if (viewer) assertMayGive(viewer, input);
  if (!input.passwordHash) throw new Error('createUser needs the hash of a password');
  const now = clock.now();
  const row: UserRow = {
    id: ids.next(),
    vendor_id: team.vendorId,
    team_id: team.id,
    login: input.login,
    name: input.name,
    role: input.role,
    scope: input.scope,
    state: 'active',
    password_hash: input.passwordHash,
    locale: input.locale,
    agent_number: input.agentNumber ?? null,
    robot: input.robot ? 1 : 0,
    created_at: now,
    updated_at: now,
  };
  await unique(tx, 'login_taken', () => insertUser(tx, row));
  const owner = { vendorId: row.vendor_id, teamId: row.team_id };
  await audit.record(tx, {
    viewer,
    action: 'user.created',
    entity: 'user',
    entityId: row.id,
    owner,
    after: rights(row),
  });
  return toUser(row);
}

async function changeUser(
  { clock, audit }: Services,
  tx: Tx,
  { viewer, userId, input }: { viewer: Viewer; userId: Id; input: UserInputChange },
): Promise<User> {
  const old = await rowSeenBy(tx, viewer, userId);
  assertMayGive(viewer, old);
  const team = input.teamId ? await teamSeenBy(tx, viewer, input.teamId) : undefined;
  const row: UserRow = {
    ...old,
    ...(team && { team_id: team.id, vendor_id: team.vendorId }),
    name: input.name ?? old.name,
    role: input.role ?? old.role,
    scope: input.scope ?? old.scope,
    state: input.state ?? old.state,
    locale: input.locale ?? old.locale,
    agent_number: input.agentNumber === undefined ? old.agent_number : input.agentNumber,
    password_hash: input.passwordHash ?? old.password_hash,
    updated_at: clock.now(),
  };
  assertMayGive(viewer, row);
  await assertAdminStays(tx, old, row);
  await updateUser(tx, userId, row);
  // Whoever knew the old password, or had the old rights, signs in anew.
  if (input.passwordHash || changesRights(old, row))
    await tx.knex('user_sessions').where('user_id', userId).del();
  const changed = changedFields(rights(old), rights(row));
  const after = input.passwordHash ? { ...changed.after, password: 'changed' } : changed.after;
  const owner = { vendorId: row.vendor_id, teamId: row.team_id };
  await audit.record(tx, {
    viewer,
    action: 'user.changed',
    entity: 'user',
    entityId: userId,
    owner,
    ...changed,
    after,
  });
  return toUser(row);
}

/** Nobody gives more than they have: a wider scope, or a role of those who give roles. */
function assertMayGive(viewer: Viewer, given: { role: string; scope: Scope }): void {
  const wider = SCOPES.indexOf(given.scope) < SCOPES.indexOf(viewer.scope);
  const higher = viewer.role !== 'admin' && (given.role === 'admin' || given.role === 'manager');
  if (wider || higher)
    throw forbidden('role_not_yours_to_give', 'Give a role and a scope no wider than your own');
}

async function assertAdminStays(tx: Tx, old: UserRow, row: UserRow): Promise<void> {
  const was = isSystemAdmin(old);
  if (!was || isSystemAdmin(row) || (await countSystemAdmins(tx, old.id)) > 0) return;
  throw new DomainError(
    'conflict',
    'last_admin',
    'One active admin who sees everything must stay: make another first',
  );
}

function isSystemAdmin(row: UserRow): boolean {
  return row.role === 'admin' && row.scope === 'all' && row.state === 'active';
}

function changesRights(old: UserRow, row: UserRow): boolean {
  const names = ['role', 'scope', 'state', 'team_id'] as const;
  return names.some((name) => old[name] !== row[name]);
}

/** What an audit entry holds of a user: no name, no login. */
function rights(row: UserRow): Record<string, unknown> {
  return { role: row.role, scope: row.scope, state: row.state, teamId: row.team_id };
}

async function rowSeenBy(queries: Queries, viewer: Viewer, userId: Id): Promise<UserRow> {
  const row = await userRow(queries, userId);
  assertSees(viewer, row && { vendorId: row.vendor_id, teamId: row.team_id }, 'user');
  return row as UserRow;
}

async function teamSeenBy(queries: Queries, viewer: Viewer | null, teamId: Id): Promise<Team> {
  const team = await teamById(queries, teamId);
  const owner = team && { ...team, teamId: team.id };
  if (viewer) return assertSees(viewer, owner, 'team');
  if (!team) throw new DomainError('notFound', 'team_not_found', 'There is no such team');
  return team;
}

/** Turns the breach of a unique index into a conflict with a code of its own. */
async function unique(tx: Tx, code: string, insert: () => Promise<void>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (!tx.dialect.isUniqueViolation(error)) throw error;
    throw new DomainError('conflict', code, 'That name is taken: choose another', { cause: error });
  }
}

function forbidden(code: string, message: string): DomainError {
  return new DomainError('forbidden', code, message);
}
