import type { AttemptFacts, OutcomeName } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { type ColumnType, packRows, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** An attempt whose end was just written: what the database holds of it. */
export interface EndedAttempt {
  id: Id;
  campaignId: Id;
  vendorId: Id;
  listId: Id;
  leadId: Id;
  numberOrdinal: number;
  customerId: Id;
  e164: string;
  ticket: Id;
  scriptVersionId: Id | null;
  agentId: Id | null;
  callId: Id | null;
  orderedAt: Instant;
  ringingAt: Instant | null;
  answeredAt: Instant | null;
  connectedAt: Instant | null;
  /** Connected after the legal limit: the law counts it as abandoned all the same. */
  connectedLate: boolean;
  endedAt: Instant;
  outcome: OutcomeName;
  /** Of the facts, not of the row: the agent's part may end before the attempt. */
  talkEndedAt: Instant;
  talkMs: number;
}

const FACTS: Record<string, ColumnType> = {
  attempt_id: 'text',
  new_ringing_at: 'integer',
  new_answered_at: 'integer',
  new_answered_by: 'text',
  new_connected_at: 'integer',
  new_ended_at: 'integer',
  new_outcome: 'text',
  new_cause: 'text',
  new_agent_id: 'text',
  new_call_id: 'text',
  new_message: 'integer',
  new_opted_out: 'integer',
  new_late: 'integer',
};

interface AttemptRow {
  id: string;
  campaign_id: string;
  vendor_id: string;
  list_id: string;
  lead_id: string;
  number_ordinal: number;
  customer_id: string;
  e164: string;
  ticket: string;
  script_version_id: string | null;
  agent_id: string | null;
  call_id: string | null;
  ordered_at: number;
  ringing_at: number | null;
  answered_at: number | null;
  connected_at: number | null;
  connected_late: number;
  ended_at: number | null;
  outcome: OutcomeName | null;
}

/** The columns of an attempt that follow-up work reads; without a table's name, as RETURNING wants them. */
const COLUMNS =
  'id, campaign_id, vendor_id, list_id, lead_id, number_ordinal, customer_id, e164, ticket, ' +
  'script_version_id, agent_id, call_id, ordered_at, ringing_at, answered_at, connected_at, connected_late, ended_at, outcome';

/**
 * Writes what is known of live attempts; what was known before stays where the facts are silent. An attempt that
 * has ended is left alone, so that a record said twice changes nothing.
 * @returns those that ended with this
 */
export async function writeAttempts(tx: Tx, facts: readonly AttemptFacts[]): Promise<EndedAttempt[]> {
  if (facts.length === 0) return [];
  const sorted = [...facts].sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1));
  const rows = await tx.raw<AttemptRow>(
    `update attempts as t set
       ringing_at = coalesce(v.new_ringing_at, t.ringing_at),
       answered_at = coalesce(v.new_answered_at, t.answered_at),
       answered_by = coalesce(v.new_answered_by, t.answered_by),
       connected_at = coalesce(v.new_connected_at, t.connected_at),
       ended_at = v.new_ended_at,
       outcome = v.new_outcome,
       cause = coalesce(v.new_cause, t.cause),
       agent_id = coalesce(v.new_agent_id, t.agent_id),
       call_id = coalesce(v.new_call_id, t.call_id),
       message_played = case when v.new_message = 1 then 1 else t.message_played end,
       opted_out = case when v.new_opted_out = 1 then 1 else t.opted_out end,
       connected_late = case when v.new_late = 1 then 1 else t.connected_late end
     from ${tx.dialect.rowsFrom(FACTS)} v
     where t.id = v.attempt_id and t.ended_at is null
     returning ${COLUMNS}`,
    [packRows(sorted.map(packFacts))],
  );
  const byId = new Map(facts.map((one) => [one.attemptId, one]));
  return rows.flatMap((row) => endedOf(row, byId.get(row.id)) ?? []);
}

function packFacts(facts: AttemptFacts): unknown[] {
  const ended = facts.endedAt !== undefined;
  return [
    facts.attemptId,
    facts.ringingAt ?? null,
    facts.answeredAt ?? null,
    facts.answeredBy ?? null,
    facts.connectedAt ?? null,
    facts.endedAt ?? null,
    ended ? (facts.outcome ?? 'unknown') : null,
    facts.cause?.slice(0, 32) ?? null,
    facts.agentId ?? null,
    facts.callId ?? null,
    Number(facts.messagePlayed ?? false),
    Number(facts.optedOut ?? false),
    Number(facts.connectedLate ?? false),
  ];
}

function endedOf(row: AttemptRow, facts: AttemptFacts | undefined): EndedAttempt | undefined {
  if (row.ended_at === null || row.outcome === null) return undefined;
  const talkEndedAt = Math.max(facts?.talkEndedAt ?? row.ended_at, row.connected_at ?? 0);
  return {
    id: row.id,
    campaignId: row.campaign_id,
    vendorId: row.vendor_id,
    listId: row.list_id,
    leadId: row.lead_id,
    numberOrdinal: row.number_ordinal,
    customerId: row.customer_id,
    e164: row.e164,
    ticket: row.ticket,
    scriptVersionId: row.script_version_id,
    agentId: row.agent_id,
    callId: row.call_id,
    orderedAt: row.ordered_at,
    ringingAt: row.ringing_at,
    answeredAt: row.answered_at,
    connectedAt: row.connected_at,
    connectedLate: row.connected_late === 1,
    endedAt: row.ended_at,
    outcome: row.outcome,
    talkEndedAt,
    talkMs: row.connected_at === null ? 0 : talkEndedAt - row.connected_at,
  };
}
