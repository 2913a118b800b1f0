import type { Instant } from '../../../platform/clock/index.ts';
import { type Database, packRows, type Tx } from '../../../platform/db/index.ts';
import type { Id } from '../../../platform/ids/index.ts';
import { addToTallies, type Lead, readLeads } from '../../leads/index.ts';

const CHUNK = 500;
const WANTED = { wanted: 'text' } as const;

/**
 * Takes the leads of an import out again, but those that were dialed: what happened stays on record. Customers that
 * came with them and are nobody else's lead go too.
 * @returns how many leads stayed
 */
export async function rollBackLeads(
  db: Database,
  { importId, since, signal }: { importId: Id; since: Instant; signal: AbortSignal },
): Promise<number> {
  let after = '';
  let kept = 0;
  for (;;) {
    signal.throwIfAborted();
    const step = await db.transact((tx) => removeSome(tx, { importId, since, after }));
    if (step === undefined) return kept;
    after = step.last;
    kept += step.kept;
  }
}

async function removeSome(
  tx: Tx,
  { importId, since, after }: { importId: Id; since: Instant; after: Id },
): Promise<{ last: Id; kept: number } | undefined> {
  const rows = await tx.raw<{ id: Id }>(
    `select id from leads where import_id = ? and id > ? order by id limit ${CHUNK}`,
    [importId, after],
  );
  const last = rows.at(-1)?.id;
  if (last === undefined) return undefined;
  const ids = rows.map(({ id }) => id);
  const leads = await readLeads(tx, ids);
  const dialed = await readDialed(tx, ids);
  const gone = [...leads.values()].filter((lead) => !dialed.has(lead.id) && isIdle(lead));
  await remove(tx, gone, since);
  return { last, kept: leads.size - gone.length };
}

function isIdle({ state, attempts }: Lead): boolean {
  return attempts === 0 && state !== 'claimed' && state !== 'inCall';
}

async function readDialed(tx: Tx, ids: readonly Id[]): Promise<Set<Id>> {
  const rows = await tx.raw<{ lead_id: Id }>(
    `select distinct a.lead_id from ${tx.dialect.rowsFrom(WANTED)} v join attempts a on a.lead_id = v.wanted`,
    [packRows(ids.map((id) => [id]))],
  );
  return new Set(rows.map((row) => row.lead_id));
}

async function remove(tx: Tx, leads: readonly Lead[], since: Instant): Promise<void> {
  if (leads.length === 0) return;
  const wanted = `(select v.wanted from ${tx.dialect.rowsFrom(WANTED)} v)`;
  await tx.raw(`delete from leads where id in ${wanted}`, [packRows(leads.map(({ id }) => [id]))]);
  await tx.raw(
    `delete from customers where id in ${wanted} and created_at >= ?
       and not exists (select 1 from leads l where l.customer_id = customers.id)
       and not exists (select 1 from calls c where c.customer_id = customers.id)`,
    [packRows([...new Set(leads.map(({ customerId }) => customerId))].map((id) => [id])), since],
  );
  addToTallies(
    tx,
    leads.map(({ listId, state, reason, zoneId }) => ({ listId, state, reason, zoneId, n: -1 })),
  );
}
