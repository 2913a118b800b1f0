import type { AttemptFacts } from '../../dialer/ports.ts';
import { type ColumnType, packRows, type Tx } from '../../platform/db/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { EndedAttempt } from './attempts-writer.ts';

/** Facts of a customer and an agent who were joined. */
interface Joined {
  attemptId: Id;
  callId: Id;
  agentId: Id;
  sessionId: Id;
  orderedAt: number;
  answeredAt: number;
  connectedAt: number;
}

function joinedOf(facts: AttemptFacts): Joined | undefined {
  const { attemptId, callId, agentId, sessionId, orderedAt, connectedAt } = facts;
  if (callId === undefined || agentId === undefined || connectedAt === undefined) return undefined;
  const answeredAt = facts.answeredAt ?? connectedAt;
  return { attemptId, callId, agentId, sessionId: sessionId ?? '', orderedAt, answeredAt, connectedAt };
}

/** Writes the calls of connected attempts with their legs and segments, where they are not written yet. */
export async function openCalls(
  tx: Tx,
  { facts, ids }: { facts: readonly AttemptFacts[]; ids: Ids },
): Promise<void> {
  const joined = facts.map(joinedOf).filter((one) => one !== undefined);
  if (joined.length === 0) return;
  const created = await insertCalls(tx, joined);
  await insertLegs(
    tx,
    joined.filter(({ callId }) => created.has(callId)),
    ids,
  );
  await insertSegments(tx, joined);
}

/** The scope and the lead come from the attempt's row. A call that has its result keeps its agent. */
async function insertCalls(tx: Tx, joined: readonly Joined[]): Promise<Set<Id>> {
  const columns: Record<string, ColumnType> = {
    attempt: 'text',
    call: 'text',
    agent: 'text',
    connected_at: 'integer',
  };
  const rows = await tx.raw<{ id: string }>(
    `insert into calls (id, vendor_id, team_id, campaign_id, list_id, lead_id, customer_id, attempt_id,
       direction, started_at, agent_id, script_version_id)
     select v.call, a.vendor_id, a.team_id, a.campaign_id, a.list_id, a.lead_id, a.customer_id, a.id,
       'outbound', v.connected_at, v.agent, a.script_version_id
     from ${tx.dialect.rowsFrom(columns)} v join attempts a on a.id = v.attempt
     where true on conflict do nothing returning id`,
    [packRows(joined.map((one) => [one.attemptId, one.callId, one.agentId, one.connectedAt]))],
  );
  return new Set(rows.map(({ id }) => id));
}

async function insertLegs(tx: Tx, joined: readonly Joined[], ids: Ids): Promise<void> {
  if (joined.length === 0) return;
  const columns: Record<string, ColumnType> = {
    id: 'text',
    call_id: 'text',
    party: 'text',
    started_at: 'integer',
    answered_at: 'integer',
  };
  const names = Object.keys(columns).join(', ');
  const rows = joined.flatMap((one) => [
    [ids.next(), one.callId, 'customer', one.orderedAt, one.answeredAt],
    [ids.next(), one.callId, 'agent', one.answeredAt, one.connectedAt],
  ]);
  await tx.raw(`insert into legs (${names}) select ${names} from ${tx.dialect.rowsFrom(columns)} v`, [
    packRows(rows),
  ]);
}

/** One segment for each agent who was joined; the next of the call's own ordinals. */
async function insertSegments(tx: Tx, joined: readonly Joined[]): Promise<void> {
  const columns: Record<string, ColumnType> = {
    call: 'text',
    agent: 'text',
    session: 'text',
    from_at: 'integer',
  };
  await tx.raw(
    `insert into segments (call_id, ordinal, agent_id, session_id, started_at)
     select v.call, (select count(*) from segments s where s.call_id = v.call), v.agent, v.session, v.from_at
     from ${tx.dialect.rowsFrom(columns)} v
     where exists (select 1 from calls c where c.id = v.call)
       and not exists (select 1 from segments s where s.call_id = v.call and s.started_at = v.from_at)
     on conflict do nothing`,
    [packRows(joined.map((one) => [one.callId, one.agentId, one.sessionId, one.connectedAt]))],
  );
}

/** Ends the calls of attempts that have just ended, their legs and segments. */
export async function closeCalls(tx: Tx, ended: readonly EndedAttempt[]): Promise<void> {
  const calls = ended.filter(({ callId }) => callId !== null);
  if (calls.length === 0) return;
  const columns: Record<string, ColumnType> = { call: 'text', to_at: 'integer', new_talk_ms: 'integer' };
  const values = tx.dialect.rowsFrom(columns);
  const packed = packRows(calls.map((one) => [one.callId, one.talkEndedAt, one.talkMs]));
  await tx.raw(
    `update calls as t set ended_at = v.to_at, talk_ms = v.new_talk_ms from ${values} v
     where t.id = v.call and t.ended_at is null`,
    [packed],
  );
  for (const table of ['legs', 'segments']) {
    await tx.raw(
      `update ${table} as t set ended_at = v.to_at from ${values} v
       where t.call_id = v.call and t.ended_at is null`,
      [packed],
    );
  }
}
