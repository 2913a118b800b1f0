import type { Queries, Tx } from '../../platform/db/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import { scoped, type Viewer } from '../scope/index.ts';
import type { AuditEntry } from './audit-schema.ts';

export interface AuditRow {
  id: string;
  at: number;
  actor_id: string | null;
  vendor_id: string | null;
  team_id: string | null;
  action: string;
  entity: string;
  entity_id: string;
  before: string | null;
  after: string | null;
  reason: string | null;
}

export async function insertEntry(tx: Tx, row: AuditRow): Promise<void> {
  await tx.knex('audit_entries').insert(row);
}

/** Newest first. */
export async function listEntries(
  queries: Queries,
  viewer: Viewer,
  filter: PageRequest & { entity?: string | undefined; entityId?: string | undefined },
): Promise<Page<AuditEntry>> {
  const query = queries
    .knex('audit_entries as a')
    .leftJoin('users as u', 'u.id', 'a.actor_id')
    .select('a.*', 'u.name as actor_name')
    .orderBy('a.id', 'desc')
    .limit(filter.limit + 1);
  scoped(query, viewer, 'a');
  if (filter.entity) query.where('a.entity', filter.entity);
  if (filter.entityId) query.where('a.entity_id', filter.entityId);
  const before = cursorKey(filter.cursor);
  if (before) query.where('a.id', '<', before);
  const rows: (AuditRow & { actor_name: string | null })[] = await query;
  return keyPage(rows.map(toEntry), filter.limit, (entry) => entry.id);
}

function toEntry(row: AuditRow & { actor_name: string | null }): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
    reason: row.reason,
  };
}
