import type { ClaimOrder } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { type ColumnType, packRows, type Queries, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Lead, LeadChange, LeadState } from './lead-states.ts';
import { addToTallies, tallyOf } from './lead-tallies.ts';

/**
 * The only place that changes the state of leads: every change moves `lead_tallies` in the same unit of work.
 * All statements take any number of leads.
 */

export interface LeadRow {
  id: string;
  list_id: string;
  customer_id: string;
  state: LeadState;
  reason: string;
  due_at: number | null;
  zone_id: number;
  number_ordinal: number;
  rank: number;
  attempts: number;
  dials: number;
  contacts: number;
  agent_id: string | null;
  ticket: string | null;
}

export const LEAD_COLUMNS =
  'l.id, l.list_id, l.customer_id, l.state, l.reason, l.due_at, l.zone_id, l.number_ordinal, l.rank, ' +
  'l.attempts, l.dials, l.contacts, l.agent_id, l.ticket';

/** Leads by id, locked until the unit of work ends; ids that do not exist are not in the answer. */
export async function readLeads(tx: Tx, ids: readonly Id[]): Promise<Map<Id, Lead>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)].sort();
  const rows = await tx.raw<LeadRow>(
    `select ${LEAD_COLUMNS} from leads l where l.id in ` +
      `(select v.lead_id from ${tx.dialect.rowsFrom({ lead_id: 'text' })} v) ` +
      `order by l.id${tx.dialect.lockRows('l')}`,
    [packRows(wanted.map((id) => [id]))],
  );
  return new Map(rows.map((row) => [row.id, leadOf(row)]));
}

export function leadOf(row: LeadRow): Lead {
  return {
    id: row.id,
    listId: row.list_id,
    customerId: row.customer_id,
    state: row.state,
    reason: row.reason,
    dueAt: row.due_at,
    zoneId: row.zone_id,
    numberOrdinal: row.number_ordinal,
    rank: row.rank,
    attempts: row.attempts,
    dials: row.dials,
    contacts: row.contacts,
    agentId: row.agent_id,
    ticket: row.ticket,
  };
}

const CHANGE: Record<string, ColumnType> = {
  lead_id: 'text',
  old_state: 'text',
  old_reason: 'text',
  old_zone_id: 'integer',
  new_state: 'text',
  new_reason: 'text',
  new_due_at: 'integer',
  new_zone_id: 'integer',
  new_ordinal: 'integer',
  new_rank: 'integer',
  new_attempts: 'integer',
  new_dials: 'integer',
  new_contacts: 'integer',
  new_agent_id: 'text',
  new_ticket: 'text',
};

/**
 * Puts leads from the state they were read in into another. One that changed since is left alone.
 * @returns the ids that were changed
 */
export async function changeLeads(tx: Tx, changes: readonly LeadChange[], now: Instant): Promise<Set<Id>> {
  if (changes.length === 0) return new Set();
  const rows = await tx.raw<{ id: string }>(
    `update leads as t set state = v.new_state, reason = v.new_reason, due_at = v.new_due_at,
       zone_id = v.new_zone_id, number_ordinal = v.new_ordinal, rank = v.new_rank,
       attempts = v.new_attempts, dials = v.new_dials, contacts = v.new_contacts, agent_id = v.new_agent_id, ticket = v.new_ticket, updated_at = ?
     from ${tx.dialect.rowsFrom(CHANGE)} v
     where t.id = v.lead_id and t.state = v.old_state and t.reason = v.old_reason
       and t.zone_id = v.old_zone_id
     returning id`,
    [now, packRows(changes.map(packChange))],
  );
  const changed = new Set(rows.map(({ id }) => id));
  const moved = changes.filter(({ before }) => changed.has(before.id));
  addToTallies(
    tx,
    moved.flatMap(({ before, after }) => [tallyOf(before, -1), tallyOf(after, 1)]),
  );
  return changed;
}

function packChange({ before, after }: LeadChange): unknown[] {
  return [
    before.id,
    before.state,
    before.reason,
    before.zoneId,
    after.state,
    after.reason,
    after.dueAt,
    after.zoneId,
    after.numberOrdinal,
    after.rank,
    after.attempts,
    after.dials,
    after.contacts,
    after.agentId,
    after.ticket,
  ];
}

const CLAIM: Record<string, ColumnType> = {
  lead_id: 'text',
  claim_list_id: 'text',
  ordinal: 'integer',
  claim_zone_id: 'integer',
  claim_ticket: 'text',
  expires_at: 'integer',
};

/**
 * From `ready` to `claimed` by compare-and-set, without reading first. The reason stays: it tells a claimed
 * callback from a claimed retry.
 * @returns the ids that were claimed
 */
export async function claimLeads(tx: Tx, orders: readonly ClaimOrder[], now: Instant): Promise<Set<Id>> {
  const packed = orders.map(({ lead, ticket, ticketExpiresAt }) => [
    lead.leadId,
    lead.listId,
    lead.numberOrdinal,
    lead.zoneId,
    ticket,
    ticketExpiresAt,
  ]);
  const rows = await tx.raw<{ id: string; list_id: string; reason: string; zone_id: number }>(
    `update leads as t set state = 'claimed', ticket = v.claim_ticket, due_at = v.expires_at, updated_at = ?
     from ${tx.dialect.rowsFrom(CLAIM)} v
     where t.id = v.lead_id and t.state = 'ready' and t.list_id = v.claim_list_id
       and t.number_ordinal = v.ordinal and t.zone_id = v.claim_zone_id
     returning id, list_id, reason, zone_id`,
    [now, packRows(packed)],
  );
  const deltas = rows.flatMap((row) => {
    const place = { listId: row.list_id, reason: row.reason, zoneId: row.zone_id };
    return [tallyOf({ ...place, state: 'ready' }, -1), tallyOf({ ...place, state: 'claimed' }, 1)];
  });
  addToTallies(tx, deltas);
  return new Set(rows.map(({ id }) => id));
}

/** Ids of the leads that have a live attempt, of those asked for. */
export async function leadsWithLiveAttempt(queries: Queries, ids: readonly Id[]): Promise<Set<Id>> {
  if (ids.length === 0) return new Set();
  const rows = await queries.raw<{ lead_id: string }>(
    `select a.lead_id from ${queries.dialect.rowsFrom({ wanted: 'text' })} v
     join attempts a on a.lead_id = v.wanted where a.ended_at is null`,
    [packRows(ids.map((id) => [id]))],
  );
  return new Set(rows.map((row) => row.lead_id));
}
