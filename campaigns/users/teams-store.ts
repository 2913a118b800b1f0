import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Viewer } from '../scope/index.ts';
import type { Team, Vendor } from './users-schema.ts';

interface TeamRow {
  id: Id;
  vendor_id: Id;
  vendor_name: string;
  name: string;
  created_at: number;
}

/** Far more than any centre has; a list that grows past it needs pages. */
const MOST = 1_000;

export async function insertVendor(tx: Tx, vendor: Vendor): Promise<void> {
  await tx.knex('vendors').insert({ id: vendor.id, name: vendor.name, created_at: vendor.createdAt });
}

export async function insertTeam(tx: Tx, team: Omit<Team, 'vendorName'>): Promise<void> {
  await tx
    .knex('teams')
    .insert({ id: team.id, vendor_id: team.vendorId, name: team.name, created_at: team.createdAt });
}

export async function listVendors(queries: Queries, viewer: Viewer): Promise<Vendor[]> {
  const query = queries.knex('vendors').orderBy('name').limit(MOST);
  if (viewer.scope !== 'all') query.where('id', viewer.vendorId);
  const rows: { id: Id; name: string; created_at: number }[] = await query;
  return rows.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at }));
}

export async function listTeams(queries: Queries, viewer: Viewer): Promise<Team[]> {
  const query = teams(queries).orderBy(['v.name', 't.name']).limit(MOST);
  if (viewer.scope !== 'all') query.where('t.vendor_id', viewer.vendorId);
  if (viewer.scope === 'team') query.where('t.id', viewer.teamId);
  return ((await query) as TeamRow[]).map(toTeam);
}

export async function teamById(queries: Queries, id: Id): Promise<Team | undefined> {
  const row = (await teams(queries).where('t.id', id).first()) as TeamRow | undefined;
  return row && toTeam(row);
}

function teams(queries: Queries) {
  return queries
    .knex('teams as t')
    .join('vendors as v', 'v.id', 't.vendor_id')
    .select('t.*', 'v.name as vendor_name');
}

function toTeam(row: TeamRow): Team {
  return {
    id: row.id,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    name: row.name,
    createdAt: row.created_at,
  };
}
