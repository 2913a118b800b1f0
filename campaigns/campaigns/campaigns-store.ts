import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import { scoped, type Viewer } from '../scope/index.ts';
import type { CallerId, Campaign, CampaignState, CampaignSummary } from './campaigns-schema.ts';
import { settingsSchema } from './settings-schema.ts';

interface CampaignRow {
  id: Id;
  vendor_id: Id;
  team_id: Id;
  name: string;
  state: CampaignState;
  dial_mode: Campaign['dialMode'];
  time_zone: string;
  script_id: Id | null;
  settings: string;
  version: number;
  started_at: number | null;
  finished_at: number | null;
  created_at: number;
  updated_at: number;
}

export async function insertCampaign(tx: Tx, campaign: Campaign, ids: Ids): Promise<void> {
  await tx.knex('campaigns').insert(toRow(campaign));
  await writeCallerIds(tx, campaign, ids);
}

/** Compare-and-set on the version; false when somebody was faster. */
export async function replaceCampaign(
  tx: Tx,
  change: { before: Campaign; after: Campaign; ids: Ids },
): Promise<boolean> {
  const { before, after, ids } = change;
  const { id, ...columns } = toRow(after);
  const changed = await tx.knex('campaigns').where({ id, version: before.version }).update(columns);
  if (changed === 0) return false;
  const sameNumbers = JSON.stringify(before.callerIds) === JSON.stringify(after.callerIds);
  if (!sameNumbers) await writeCallerIds(tx, after, ids);
  return true;
}

export async function campaignById(queries: Queries, id: Id): Promise<Campaign | undefined> {
  const row = await queries.knex<CampaignRow>('campaigns').where({ id }).first();
  return row && toCampaign(row, (await callerIdsOf(queries, [id])).get(id));
}

/** Campaigns that the engine runs or lets finish. */
export async function activeCampaignIds(queries: Queries): Promise<Id[]> {
  const rows = await queries.raw<{ id: Id }>(
    "select id from campaigns where state in ('running', 'paused') order by id",
  );
  return rows.map((row) => row.id);
}

/** Newest first. */
export async function listCampaigns(
  queries: Queries,
  viewer: Viewer,
  filter: PageRequest & { state?: CampaignState | undefined; teamId?: Id | undefined },
): Promise<Page<CampaignSummary>> {
  const query = queries
    .knex<CampaignRow>('campaigns')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  scoped(query, viewer);
  if (filter.state) query.where('state', filter.state);
  if (filter.teamId) query.where('team_id', filter.teamId);
  const before = cursorKey(filter.cursor);
  if (before) query.where('id', '<', before);
  const rows = (await query) as CampaignRow[];
  return keyPage(rows.map(toSummary), filter.limit, (item) => item.id);
}

/** Gives the campaigns a new version, so that the engine reads them again. */
export async function touchCampaignsOfScript(tx: Tx, scriptId: Id): Promise<void> {
  await tx.knex('campaigns').where('script_id', scriptId).increment('version', 1);
}

async function writeCallerIds(tx: Tx, campaign: Campaign, ids: Ids): Promise<void> {
  await tx.knex('caller_ids').where('campaign_id', campaign.id).del();
  const rows = campaign.callerIds.map((item, position) => ({
    id: ids.next(),
    campaign_id: campaign.id,
    e164: item.e164,
    daily_cap: item.dailyCap,
    position,
  }));
  if (rows.length > 0) await tx.knex('caller_ids').insert(rows);
}

async function callerIdsOf(queries: Queries, campaignIds: readonly Id[]): Promise<Map<Id, CallerId[]>> {
  const rows: { campaign_id: Id; e164: string; daily_cap: number | null }[] = await queries
    .knex('caller_ids')
    .whereIn('campaign_id', campaignIds)
    .orderBy(['campaign_id', 'position']);
  const found = new Map<Id, CallerId[]>();
  for (const row of rows) {
    found.set(row.campaign_id, [
      ...(found.get(row.campaign_id) ?? []),
      { e164: row.e164, dailyCap: row.daily_cap },
    ]);
  }
  return found;
}

function toRow(campaign: Campaign): CampaignRow {
  return {
    id: campaign.id,
    vendor_id: campaign.vendorId,
    team_id: campaign.teamId,
    name: campaign.name,
    state: campaign.state,
    dial_mode: campaign.dialMode,
    time_zone: campaign.timeZone,
    script_id: campaign.scriptId,
    settings: JSON.stringify(campaign.settings),
    version: campaign.version,
    started_at: campaign.startedAt,
    finished_at: campaign.finishedAt,
    created_at: campaign.createdAt,
    updated_at: campaign.updatedAt,
  };
}

function toSummary(row: CampaignRow): CampaignSummary {
  return {
    id: row.id,
    vendorId: row.vendor_id,
    teamId: row.team_id,
    name: row.name,
    state: row.state,
    dialMode: row.dial_mode,
    timeZone: row.time_zone,
    scriptId: row.script_id,
    version: row.version,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Settings are read through their schema: those written before a setting existed get its default. */
function toCampaign(row: CampaignRow, callerIds: CallerId[] = []): Campaign {
  return { ...toSummary(row), settings: settingsSchema.parse(JSON.parse(row.settings)), callerIds };
}
