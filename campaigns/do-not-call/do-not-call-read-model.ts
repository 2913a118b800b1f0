import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import type { Viewer } from '../scope/index.ts';
import type { EntryView } from './do-not-call-schema.ts';

/** The scope of an entry that holds for every vendor. */
const EVERYBODY = 'all';
const MOST_FOUND = 50;

interface EntryRow {
  id: Id;
  scope: string;
  e164: string;
  reason: string;
  source: string;
  note: string | null;
  created_by: Id | null;
  created_at: number;
  expires_at: number | null;
  released_at: number | null;
  released_reason: string | null;
}

/** Entries that stand, newest first. */
export async function listEntries(
  queries: Queries,
  viewer: Viewer,
  page: PageRequest,
): Promise<Page<EntryView>> {
  const query = entries(queries, viewer)
    .whereNull('released_at')
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  const before = cursorKey(page.cursor);
  if (before) query.where('id', '<', before);
  const rows: EntryRow[] = await query;
  return keyPage(rows.map(toEntry), page.limit, (entry) => entry.id);
}

/** Everything known of one number, what was released too, newest first. */
export async function findEntries(queries: Queries, viewer: Viewer, e164: string): Promise<EntryView[]> {
  const rows: EntryRow[] = await entries(queries, viewer)
    .where({ e164 })
    .orderBy('id', 'desc')
    .limit(MOST_FOUND);
  return rows.map(toEntry);
}

export async function entryById(queries: Queries, viewer: Viewer, id: Id): Promise<EntryView | undefined> {
  const row: EntryRow | undefined = await entries(queries, viewer).where({ id }).first();
  return row && toEntry(row);
}

/** The entry that keeps the number from being called by this vendor (null: by everybody), if one stands. */
export async function standingEntry(
  queries: Queries,
  { e164, vendorId }: { e164: string; vendorId: Id | null },
): Promise<EntryView | undefined> {
  const row: EntryRow | undefined = await queries
    .knex('do_not_call')
    .where({ e164, scope: vendorId ?? EVERYBODY })
    .whereNull('released_at')
    .first();
  return row && toEntry(row);
}

/** A vendor sees its own entries and everybody's, never another's. */
function entries(queries: Queries, viewer: Viewer) {
  const query = queries.knex('do_not_call');
  return viewer.scope === 'all' ? query : query.whereIn('scope', [EVERYBODY, viewer.vendorId]);
}

function toEntry(row: EntryRow): EntryView {
  return {
    id: row.id,
    range: row.scope === EVERYBODY ? 'all' : 'vendor',
    e164: row.e164,
    reason: row.reason,
    source: row.source,
    note: row.note,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    releasedAt: row.released_at,
    releasedReason: row.released_reason,
  };
}
