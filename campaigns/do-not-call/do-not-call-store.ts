import type { Instant } from '../../platform/clock/index.ts';
import { insertRows, type Tx } from '../../platform/db/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { DO_NOT_CALL, suppressLeads } from '../leads/index.ts';

export interface DoNotCallEntry {
  /** E.164, without extension. */
  e164: string;
  /** Whose list; null: everybody's. */
  vendorId: Id | null;
  customerId: Id | null;
  /** Codes, at most 64 characters: `asked`, `optOutKey`, `complaint` … */
  reason: string;
  /** Where it comes from: `disposition`, `message`, `import`, `user`. */
  source: string;
  note: string | null;
  createdBy: Id | null;
}

const TABLE = {
  table: 'do_not_call',
  columns: {
    id: 'text',
    scope: 'text',
    e164: 'text',
    customer_id: 'text',
    reason: 'text',
    source: 'text',
    note: 'text',
    created_by: 'text',
    created_at: 'integer',
  },
  onConflict: 'on conflict do nothing',
} as const;

/** The scope of an entry that holds for every vendor. */
const EVERYBODY = 'all';

/**
 * Puts numbers on do-not-call and takes every lead that has one of them out, in one unit of work. A number that is
 * on the list already stays as it is.
 */
export async function putOnDoNotCall(
  tx: Tx,
  { entries, ids, now }: { entries: readonly DoNotCallEntry[]; ids: Ids; now: Instant },
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    id: ids.next(),
    scope: entry.vendorId ?? EVERYBODY,
    e164: entry.e164,
    customer_id: entry.customerId,
    reason: entry.reason,
    source: entry.source,
    note: entry.note?.slice(0, 500) ?? null,
    created_by: entry.createdBy,
    created_at: now,
  }));
  await insertRows(tx, TABLE, rows);
  for (const vendorId of new Set(entries.map((entry) => entry.vendorId))) {
    const numbers = entries.filter((entry) => entry.vendorId === vendorId).map(({ e164 }) => e164);
    await suppressLeads(tx, { numbers, vendorId, reason: DO_NOT_CALL, now });
  }
}
