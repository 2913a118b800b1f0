import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import { type Role, type Scope, scoped, type Viewer } from '../scope/index.ts';
import type { Locale, User } from './users-schema.ts';

export interface UserRow {
  id: Id;
  vendor_id: Id;
  team_id: Id;
  login: string;
  name: string;
  role: Role;
  scope: Scope;
  state: 'active' | 'disabled';
  password_hash: string;
  locale: Locale;
  agent_number: string | null;
  robot: number;
  created_at: number;
  updated_at: number;
}

export async function insertUser(tx: Tx, row: UserRow): Promise<void> {
  await tx.knex('users').insert(row);
}

export async function updateUser(tx: Tx, id: Id, changes: Partial<UserRow>): Promise<void> {
  await tx.knex('users').where({ id }).update(changes);
}

export function userRow(queries: Queries, id: Id): Promise<UserRow | undefined> {
  return queries.knex<UserRow>('users').where({ id }).first();
}

export function userRowByLogin(queries: Queries, login: string): Promise<UserRow | undefined> {
  return queries.knex<UserRow>('users').where({ login }).first();
}

export async function listUsers(
  queries: Queries,
  viewer: Viewer,
  filter: PageRequest & { teamId?: Id | undefined; role?: Role | undefined },
): Promise<Page<User>> {
  const query = queries
    .knex<UserRow>('users')
    .orderBy('id')
    .limit(filter.limit + 1);
  scoped(query, viewer);
  if (filter.teamId) query.where('team_id', filter.teamId);
  if (filter.role) query.where('role', filter.role);
  const after = cursorKey(filter.cursor);
  if (after) query.where('id', '>', after);
  const rows = (await query) as UserRow[];
  return keyPage(rows.map(toUser), filter.limit, (user) => user.id);
}

/** Active admins who see everything: the system must keep one. */
export async function countSystemAdmins(queries: Queries, except: Id): Promise<number> {
  const rows: { n: number }[] = await queries
    .knex('users')
    .where({ role: 'admin', scope: 'all', state: 'active' })
    .whereNot('id', except)
    .count({ n: '*' });
  return Number(rows[0]?.n ?? 0);
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    vendorId: row.vendor_id,
    teamId: row.team_id,
    login: row.login,
    name: row.name,
    role: row.role,
    scope: row.scope,
    state: row.state,
    locale: row.locale,
    agentNumber: row.agent_number,
    robot: row.robot === 1,
    createdAt: row.created_at,
  };
}
