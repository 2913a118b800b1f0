import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import { scoped, type Viewer } from '../scope/index.ts';
import type { Script, ScriptVersionRecord, ScriptVersionSummary } from './scripts-schema.ts';

interface ScriptRow {
  id: Id;
  vendor_id: Id;
  team_id: Id;
  name: string;
  created_at: number;
  approved_version: number | null;
}

interface VersionRow {
  id: Id;
  script_id: Id;
  number: number;
  locale: string;
  state: 'draft' | 'approved' | 'retired';
  document: string;
  content_hash: string;
  created_by: Id | null;
  created_at: number;
  approved_by: Id | null;
  approved_at: number | null;
}

/** Versions of one script that are listed, newest first. */
const MOST_LISTED = 200;

export async function insertScript(tx: Tx, script: Script): Promise<void> {
  const { id, vendorId, teamId, name, createdAt } = script;
  await tx.knex('scripts').insert({ id, vendor_id: vendorId, team_id: teamId, name, created_at: createdAt });
}

export async function insertVersion(tx: Tx, version: ScriptVersionRecord): Promise<void> {
  await tx.knex('script_versions').insert({
    id: version.id,
    script_id: version.scriptId,
    number: version.number,
    locale: version.locale,
    state: version.state,
    document: JSON.stringify(version.document),
    content_hash: version.contentHash,
    created_by: version.createdBy,
    created_at: version.createdAt,
    approved_by: version.approvedBy,
    approved_at: version.approvedAt,
  });
}

/** Approves a draft and retires the version approved before; false when it is a draft no more. */
export async function approve(
  tx: Tx,
  version: { id: Id; scriptId: Id; approvedBy: Id; approvedAt: number },
): Promise<boolean> {
  const versions = () => tx.knex('script_versions').where('script_id', version.scriptId);
  const changed = await versions()
    .where({ id: version.id, state: 'draft' })
    .update({ state: 'approved', approved_by: version.approvedBy, approved_at: version.approvedAt });
  if (changed === 0) return false;
  await versions().where('state', 'approved').whereNot('id', version.id).update({ state: 'retired' });
  return true;
}

export async function scriptById(queries: Queries, id: Id): Promise<Script | undefined> {
  const row = (await scripts(queries).where('s.id', id).first()) as ScriptRow | undefined;
  return row && toScript(row);
}

export async function listScripts(
  queries: Queries,
  viewer: Viewer,
  page: PageRequest,
): Promise<Page<Script>> {
  const query = scripts(queries)
    .orderBy('s.id', 'desc')
    .limit(page.limit + 1);
  scoped(query, viewer, 's');
  const before = cursorKey(page.cursor);
  if (before) query.where('s.id', '<', before);
  const rows = (await query) as ScriptRow[];
  return keyPage(rows.map(toScript), page.limit, (script) => script.id);
}

export async function listVersions(queries: Queries, scriptId: Id): Promise<ScriptVersionSummary[]> {
  const rows = await queries
    .knex<VersionRow>('script_versions')
    .where('script_id', scriptId)
    .orderBy('number', 'desc')
    .limit(MOST_LISTED);
  return rows.map((row) => {
    const { document: _document, ...summary } = toVersion(row);
    return summary;
  });
}

export async function versionByNumber(
  queries: Queries,
  scriptId: Id,
  number: number,
): Promise<ScriptVersionRecord | undefined> {
  const row = await queries
    .knex<VersionRow>('script_versions')
    .where({ script_id: scriptId, number })
    .first();
  return row && toVersion(row);
}

/** For showing a call's script, whose right to be seen is the call's. */
export async function versionById(queries: Queries, id: Id): Promise<ScriptVersionRecord | undefined> {
  const row = await queries.knex<VersionRow>('script_versions').where({ id }).first();
  return row && toVersion(row);
}

export async function lastNumber(queries: Queries, scriptId: Id): Promise<number> {
  const row: { last?: number | null } | undefined = await queries
    .knex('script_versions')
    .where('script_id', scriptId)
    .max({ last: 'number' })
    .first();
  return row?.last ?? 0;
}

function scripts(queries: Queries) {
  const approved = queries
    .knex('script_versions as v')
    .whereRaw("v.script_id = s.id and v.state = 'approved'")
    .max('v.number')
    .as('approved_version');
  return queries.knex('scripts as s').select('s.*', approved);
}

function toScript(row: ScriptRow): Script {
  return {
    id: row.id,
    vendorId: row.vendor_id,
    teamId: row.team_id,
    name: row.name,
    createdAt: row.created_at,
    approvedVersion: row.approved_version,
  };
}

function toVersion(row: VersionRow): ScriptVersionRecord {
  return {
    id: row.id,
    scriptId: row.script_id,
    number: row.number,
    locale: row.locale,
    state: row.state,
    document: JSON.parse(row.document),
    contentHash: row.content_hash,
    createdBy: row.created_by,
    createdAt: row.created_at,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
  };
}
