import type { Instant } from '../../platform/clock/index.ts';
import { packRows, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { readNumberedLeads, writeNumbers } from './lead-numbers-store.ts';
import { type Lead, suppressed } from './lead-states.ts';
import { changeLeads } from './leads-store.ts';

export interface SuppressRequest {
  /** E.164, without extension. */
  numbers: readonly string[];
  /** Only leads of this vendor's lists; null: of all. */
  vendorId: Id | null;
  /** Code, at most 32 characters. */
  reason: string;
  now: Instant;
}

/**
 * Takes every lead with one of these numbers out for good: who asks not to be called is not called on another
 * number either. A lead that is being dialed or talked to keeps its state until that ends; its numbers are shut,
 * so that nothing follows.
 * @returns how many leads were found
 */
export async function suppressLeads(tx: Tx, request: SuppressRequest): Promise<number> {
  const { reason, now } = request;
  const ids = await leadsWithNumbers(tx, request);
  if (ids.length === 0) return 0;
  const found = [...(await readNumberedLeads(tx, ids)).values()];
  const shut = found
    .flatMap(({ numbers }) => numbers)
    .filter(({ state }) => state === 'active')
    .map((number) => ({ ...number, state: 'suppressed' as const, nextAt: null }));
  await writeNumbers(tx, shut);
  const leads = found.map(({ lead }) => lead);
  const changes = leads.filter(inQueue).map((before) => ({ before, after: suppressed(before, reason) }));
  await changeLeads(tx, changes, now);
  return leads.length;
}

function inQueue({ state }: Lead): boolean {
  return state === 'ready' || state === 'waiting' || state === 'held';
}

async function leadsWithNumbers(tx: Tx, { numbers, vendorId }: SuppressRequest): Promise<Id[]> {
  const scope = vendorId === null ? '' : 'and s.vendor_id = ?';
  const rows = await tx.raw<{ lead_id: string }>(
    `select distinct n.lead_id from ${tx.dialect.rowsFrom({ wanted: 'text' })} v
     join lead_numbers n on n.e164 = v.wanted join lists s on s.id = n.list_id where true ${scope}`,
    [packRows([...new Set(numbers)].map((e164) => [e164])), ...(vendorId === null ? [] : [vendorId])],
  );
  return rows.map((row) => row.lead_id);
}
