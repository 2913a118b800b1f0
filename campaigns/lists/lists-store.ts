import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import { scoped, type Viewer } from '../scope/index.ts';
import type { List } from './lists-schema.ts';

interface ListRow {
  id: Id;
  vendor_id: Id;
  team_id: Id;
  campaign_id: Id | null;
  name: string;
  country: string;
  state: List['state'];
  position: number;
  created_at: number;
  leads: number | null;
}

export async function insertList(tx: Tx, list: List): Promise<void> {
  await tx.knex('lists').insert(toRow(list));
}

export async function updateList(tx: Tx, list: List): Promise<void> {
  const { id, ...columns } = toRow(list);
  await tx.knex('lists').where({ id }).update(columns);
}

export async function listById(queries: Queries, id: Id): Promise<List | undefined> {
  const row = (await lists(queries).where('l.id', id).first()) as ListRow | undefined;
  return row && toList(row);
}

/** Newest first. */
export async function listLists(
  queries: Queries,
  viewer: Viewer,
  filter: PageRequest & { campaignId?: Id | undefined },
): Promise<Page<List>> {
  const query = lists(queries)
    .orderBy('l.id', 'desc')
    .limit(filter.limit + 1);
  scoped(query, viewer, 'l');
  if (filter.campaignId) query.where('l.campaign_id', filter.campaignId);
  const before = cursorKey(filter.cursor);
  if (before) query.where('l.id', '<', before);
  return keyPage(((await query) as ListRow[]).map(toList), filter.limit, (list) => list.id);
}

/** Leads are counted by the tallies: a list of millions answers as fast as an empty one. */
function lists(queries: Queries) {
  const leads = queries.knex('lead_tallies as t').whereRaw('t.list_id = l.id').sum('t.n').as('leads');
  return queries.knex('lists as l').select('l.*', leads);
}

function toRow(list: List): Omit<ListRow, 'leads'> {
  return {
    id: list.id,
    vendor_id: list.vendorId,
    team_id: list.teamId,
    campaign_id: list.campaignId,
    name: list.name,
    country: list.country,
    state: list.state,
    position: list.position,
    created_at: list.createdAt,
  };
}

function toList(row: ListRow): List {
  return {
    id: row.id,
    vendorId: row.vendor_id,
    teamId: row.team_id,
    campaignId: row.campaign_id,
    name: row.name,
    country: row.country,
    state: row.state,
    position: row.position,
    leads: Number(row.leads ?? 0),
    createdAt: row.created_at,
  };
}
