import type { ClaimOrder } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { type ColumnType, packRows, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { heldUntil, NUMBER_IN_USE } from './lead-states.ts';
import { changeLeads, claimLeads, readLeads } from './leads-store.ts';

/** How long a lead rests whose number another attempt has on the line. */
const NUMBER_IN_USE_MS = 60_000;

export interface ClaimRequest {
  campaignId: Id;
  orders: readonly ClaimOrder[];
  now: Instant;
}

/**
 * Claims leads and writes their attempts: three statements however many, five when a number was in use.
 * @returns the ids of the attempts that were won
 */
export async function claim(tx: Tx, { campaignId, orders, now }: ClaimRequest): Promise<Set<Id>> {
  if (orders.length === 0) return new Set();
  // in one order everywhere, so that two processes never wait for each other in a circle
  const sorted = [...orders].sort((a, b) => (a.lead.leadId < b.lead.leadId ? -1 : 1));
  const claimed = await claimLeads(tx, sorted, now);
  const winners = sorted.filter(({ lead }) => claimed.has(lead.leadId));
  const attempts = await insertAttempts(tx, { campaignId, orders: winners, now });
  const losers = winners.filter(({ attemptId }) => !attempts.has(attemptId));
  await rest(tx, { leadIds: losers.map(({ lead }) => lead.leadId), now });
  return attempts;
}

const ATTEMPT: Record<string, ColumnType> = {
  id: 'text',
  list_id: 'text',
  lead_id: 'text',
  number_ordinal: 'integer',
  customer_id: 'text',
  e164: 'text',
  extension: 'text',
  mode: 'text',
  caller_id: 'text',
  trunk_id: 'text',
  ticket: 'text',
  gate: 'text',
  script_version_id: 'text',
  agent_id: 'text',
  ordered_at: 'integer',
};

/** The index on live numbers decides who of several has a number; the others are not in the answer. */
async function insertAttempts(tx: Tx, { campaignId, orders, now }: ClaimRequest): Promise<Set<Id>> {
  if (orders.length === 0) return new Set();
  const names = Object.keys(ATTEMPT);
  const rows = await tx.raw<{ id: string }>(
    `insert into attempts (campaign_id, vendor_id, team_id, ${names.join(', ')})
     select c.id, c.vendor_id, c.team_id, ${names.map((name) => `v.${name}`).join(', ')}
     from ${tx.dialect.rowsFrom(ATTEMPT)} v join campaigns c on c.id = ?
     where true on conflict do nothing returning id`,
    [packRows(orders.map((order) => packAttempt(order, now))), campaignId],
  );
  return new Set(rows.map(({ id }) => id));
}

function packAttempt(order: ClaimOrder, now: Instant): unknown[] {
  const { lead } = order;
  return [
    order.attemptId,
    lead.listId,
    lead.leadId,
    lead.numberOrdinal,
    lead.customerId,
    lead.e164,
    lead.extension,
    order.mode,
    order.callerId,
    order.trunkId,
    order.ticket,
    order.basis,
    order.scriptVersionId,
    order.agentId,
    now,
  ];
}

async function rest(tx: Tx, { leadIds, now }: { leadIds: Id[]; now: Instant }): Promise<void> {
  const leads = await readLeads(tx, leadIds);
  const changes = [...leads.values()].map((before) => ({
    before,
    after: heldUntil(before, { reason: NUMBER_IN_USE, until: now + NUMBER_IN_USE_MS }),
  }));
  await changeLeads(tx, changes, now);
}
