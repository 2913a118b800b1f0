import type { Instant } from '../../../platform/clock/index.ts';
import { packRows, type Queries, type Tx } from '../../../platform/db/index.ts';
import type { Id } from '../../../platform/ids/index.ts';
import { numberKey } from './lead-draft.ts';

/** What the database knows of the numbers of a chunk: one statement each, however many numbers. */

export interface NumberPair {
  e164: string;
  extension: string;
}

const PAIR = { wanted: 'text', wanted_extension: 'text' } as const;

export function packPairs(pairs: readonly NumberPair[]): string {
  return packRows(pairs.map(({ e164, extension }) => [e164, extension]));
}

/** Numbers that may not be called for this vendor: on everybody's list or its own. */
export async function readDoNotCall(
  tx: Tx,
  packed: string,
  { vendorId, now }: { vendorId: Id; now: Instant },
): Promise<Set<string>> {
  const rows = await tx.raw<{ e164: string }>(
    `select d.e164 from ${tx.dialect.rowsFrom(PAIR)} v join do_not_call d on d.e164 = v.wanted
     where d.released_at is null and (d.expires_at is null or d.expires_at > ?) and d.scope in ('all', ?)`,
    [packed, now, vendorId],
  );
  return new Set(rows.map((row) => row.e164));
}

/** Leads of the list, and of its campaign's other lists, by their numbers; of several the oldest. */
export async function readKnownLeads(tx: Tx, packed: string, listId: Id): Promise<Map<string, Id>> {
  const rows = await tx.raw<{ e164: string; extension: string; lead_id: Id }>(
    `select n.e164, n.extension, n.lead_id from ${tx.dialect.rowsFrom(PAIR)} v
     join lead_numbers n on n.e164 = v.wanted and n.extension = v.wanted_extension
     join lists s on s.id = n.list_id
     where s.id = ? or s.campaign_id = (select campaign_id from lists where id = ?)`,
    [packed, listId, listId],
  );
  const known = new Map<string, Id>();
  for (const row of rows) {
    const key = numberKey(row);
    const other = known.get(key);
    if (other === undefined || row.lead_id < other) known.set(key, row.lead_id);
  }
  return known;
}

export interface KnownCustomer {
  id: Id;
  name: string | null;
  /** Confirmed by the person. */
  zones: string | null;
}

/** Customers over all campaigns and vendors by their numbers, oldest first. */
export async function readKnownCustomers(
  queries: Queries,
  packed: string,
): Promise<Map<string, KnownCustomer[]>> {
  const rows = await queries.raw<KnownCustomer & NumberPair>(
    `select cn.e164, cn.extension, coalesce(c.merged_into, c.id) as id, c.name, c.zones
     from ${queries.dialect.rowsFrom(PAIR)} v
     join customer_numbers cn on cn.e164 = v.wanted and cn.extension = v.wanted_extension
     join customers c on c.id = cn.customer_id`,
    [packed],
  );
  const known = new Map<string, KnownCustomer[]>();
  for (const row of rows) {
    const key = numberKey(row);
    const customers = known.get(key);
    if (customers) customers.push(row);
    else known.set(key, [row]);
  }
  for (const customers of known.values()) customers.sort((a, b) => (a.id < b.id ? -1 : 1));
  return known;
}
