import type { AttemptFacts } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { type ColumnType, packRows, type Tx } from '../../platform/db/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { EndedAttempt } from './attempts-writer.ts';

export interface CallsOfBatch {
  facts: readonly AttemptFacts[];
  /** Those of the facts whose attempts ended with this batch. */
  ended: readonly EndedAttempt[];
  ids: Ids;
}

/** Writes the calls of connected attempts with their legs and segments: begins them, ends them, or both at once. */
export async function writeCalls(tx: Tx, { facts, ended, ids }: CallsOfBatch): Promise<void> {
  const closed = await closeCalls(tx, ended);
  const ends = new Map(ended.map((one) => [one.id, one]));
  const joined = facts
    .map((one) => joinedOf(one, ends.get(one.attemptId)))
    .filter((one) => one !== undefined)
    .filter(({ callId }) => !closed.has(callId));
  if (joined.length === 0) return;
  const created = await insertCalls(tx, joined);
  const own = joined.filter(({ callId }) => created.has(callId));
  await insertLegs(tx, own, ids);
  await insertSegments(tx, joined);
}

/** Facts of a customer and an agent who were joined. */
interface Joined {
  attemptId: Id;
  callId: Id;
  agentId: Id;
  sessionId: Id;
  orderedAt: Instant;
  answeredAt: Instant;
  connectedAt: Instant;
  endedAt: Instant | null;
  talkMs: number | null;
}

/** Undefined while nobody was joined, and for an end that was written before. */
function joinedOf(facts: AttemptFacts, end: EndedAttempt | undefined): Joined | undefined {
  const { attemptId, callId, agentId, sessionId, orderedAt, connectedAt } = facts;
  if (callId === undefined || agentId === undefined || connectedAt === undefined) return undefined;
  if (facts.endedAt !== undefined && !end) return undefined;
  return {
    attemptId,
    callId,
    agentId,
    sessionId: sessionId ?? '',
    orderedAt,
    answeredAt: facts.answeredAt ?? connectedAt,
    connectedAt,
    endedAt: end?.talkEndedAt ?? null,
    talkMs: end?.talkMs ?? null,
  };
}

const CALL: Record<string, ColumnType> = {
  attempt: 'text',
  call: 'text',
  agent: 'text',
  from_at: 'integer',
  to_at: 'integer',
  new_talk_ms: 'integer',
};

/** The scope and the lead come from the attempt's row. */
async function insertCalls(tx: Tx, joined: readonly Joined[]): Promise<Set<Id>> {
  const packed = joined.map((one) => [
    one.attemptId,
    one.callId,
    one.agentId,
    one.connectedAt,
    one.endedAt,
    one.talkMs,
  ]);
  const rows = await tx.raw<{ id: string }>(
    `insert into calls (id, vendor_id, team_id, campaign_id, list_id, lead_id, customer_id, attempt_id,
       direction, started_at, ended_at, talk_ms, agent_id, script_version_id)
     select v.call, a.vendor_id, a.team_id, a.campaign_id, a.list_id, a.lead_id, a.customer_id, a.id,
       'outbound', v.from_at, v.to_at, v.new_talk_ms, v.agent, a.script_version_id
     from ${tx.dialect.rowsFrom(CALL)} v join attempts a on a.id = v.attempt
     where true on conflict do nothing returning id`,
    [packRows(packed)],
  );
  return new Set(rows.map(({ id }) => id));
}

const LEG: Record<string, ColumnType> = {
  id: 'text',
  call_id: 'text',
  party: 'text',
  started_at: 'integer',
  answered_at: 'integer',
  ended_at: 'integer',
};

async function insertLegs(tx: Tx, joined: readonly Joined[], ids: Ids): Promise<void> {
  if (joined.length === 0) return;
  const names = Object.keys(LEG).join(', ');
  const rows = joined.flatMap((one) => [
    [ids.next(), one.callId, 'customer', one.orderedAt, one.answeredAt, one.endedAt],
    [ids.next(), one.callId, 'agent', one.answeredAt, one.connectedAt, one.endedAt],
  ]);
  await tx.raw(`insert into legs (${names}) select ${names} from ${tx.dialect.rowsFrom(LEG)} v`, [
    packRows(rows),
  ]);
}

const SEGMENT: Record<string, ColumnType> = {
  call: 'text',
  agent: 'text',
  session: 'text',
  from_at: 'integer',
  to_at: 'integer',
};

/** One segment for each agent who was joined; the next of the call's own ordinals. */
async function insertSegments(tx: Tx, joined: readonly Joined[]): Promise<void> {
  const packed = joined.map((one) => [one.callId, one.agentId, one.sessionId, one.connectedAt, one.endedAt]);
  await tx.raw(
    `insert into segments (call_id, ordinal, agent_id, session_id, started_at, ended_at)
     select v.call, (select count(*) from segments s where s.call_id = v.call), v.agent, v.session,
       v.from_at, v.to_at
     from ${tx.dialect.rowsFrom(SEGMENT)} v
     where exists (select 1 from calls c where c.id = v.call)
       and not exists (select 1 from segments s where s.call_id = v.call and s.started_at = v.from_at)
     on conflict do nothing`,
    [packRows(packed)],
  );
}

const END: Record<string, ColumnType> = { call: 'text', to_at: 'integer', new_talk_ms: 'integer' };

/** Ends those calls that are written already, with their legs and segments; answers their ids. */
async function closeCalls(tx: Tx, ended: readonly EndedAttempt[]): Promise<Set<Id>> {
  const calls = ended.filter(({ callId }) => callId !== null);
  if (calls.length === 0) return new Set();
  const values = tx.dialect.rowsFrom(END);
  const packed = packRows(calls.map((one) => [one.callId, one.talkEndedAt, one.talkMs]));
  const rows = await tx.raw<{ id: string }>(
    `update calls as t set ended_at = v.to_at, talk_ms = v.new_talk_ms from ${values} v
     where t.id = v.call and t.ended_at is null returning id`,
    [packed],
  );
  if (rows.length === 0) return new Set();
  for (const table of ['legs', 'segments']) {
    await tx.raw(
      `update ${table} as t set ended_at = v.to_at from ${values} v
       where t.call_id = v.call and t.ended_at is null`,
      [packed],
    );
  }
  return new Set(rows.map(({ id }) => id));
}
