import type { CallRecord } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { insertRows, packRows, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { addAgentTime } from '../reports/index.ts';

/** Agents' sessions with every state they were in, half-open and without gaps. */

type RecordOf<T extends CallRecord['type']> = Extract<CallRecord, { type: T }>;

const SESSIONS = {
  table: 'agent_sessions',
  columns: {
    id: 'text',
    vendor_id: 'text',
    team_id: 'text',
    agent_id: 'text',
    campaign_id: 'text',
    started_at: 'integer',
  },
  // not for any conflict: an agent who has an open session must not get a second one in silence
  onConflict: 'on conflict (id) do nothing',
} as const;

/** @throws the database's unique violation when an agent has an open session already */
export async function startSessions(tx: Tx, records: readonly RecordOf<'sessionStarted'>[]): Promise<void> {
  const rows = records.map((record) => ({
    id: record.sessionId,
    vendor_id: record.vendorId,
    team_id: record.teamId,
    agent_id: record.agentId,
    campaign_id: record.campaignId,
    started_at: record.at,
  }));
  if (rows.length > 0) await insertRows(tx, SESSIONS, rows);
}

const INTERVALS = {
  table: 'agent_intervals',
  columns: {
    session_id: 'text',
    ordinal: 'integer',
    agent_id: 'text',
    campaign_id: 'text',
    state: 'text',
    reason: 'text',
    attempt_id: 'text',
    started_at: 'integer',
  },
  onConflict: 'on conflict do nothing',
} as const;

/** Ends the states that were left and begins the new ones; said twice it changes nothing. */
export async function changeStates(tx: Tx, records: readonly RecordOf<'agentStateChanged'>[]): Promise<void> {
  if (records.length === 0) return;
  await beginAtFirstState(
    tx,
    records.filter(({ previous }) => previous === null),
  );
  const rows = records.map((record) => ({
    session_id: record.sessionId,
    ordinal: record.ordinal,
    agent_id: record.agentId,
    campaign_id: record.campaignId,
    state: record.state,
    reason: record.reason.slice(0, 32),
    attempt_id: record.attemptId,
    started_at: record.at,
  }));
  await insertRows(tx, INTERVALS, rows);
  const ends = records.filter(({ previous }) => previous !== null);
  await endIntervals(
    tx,
    ends.map(({ sessionId, ordinal, at }) => ({ sessionId, ordinal: ordinal - 1, at })),
  );
}

/** The desk opens a moment after the session's row is on disk: staff time counts from the first state. */
async function beginAtFirstState(tx: Tx, firsts: readonly RecordOf<'agentStateChanged'>[]): Promise<void> {
  if (firsts.length === 0) return;
  await tx.raw(
    `update agent_sessions as t set started_at = v.from_at
     from ${tx.dialect.rowsFrom({ session: 'text', from_at: 'integer' })} v
     where t.id = v.session and t.ended_at is null
       and not exists (select 1 from agent_intervals i where i.session_id = v.session)`,
    [packRows(firsts.map(({ sessionId, at }) => [sessionId, at]))],
  );
}

interface IntervalRow {
  agent_id: string;
  campaign_id: string;
  state: string;
  started_at: number;
  ended_at: number;
}

const ENDED = 'returning agent_id, campaign_id, state, started_at, ended_at';
/** A clock that stepped back must not make negative time. */
const END_AT = 'case when v.to_at < t.started_at then t.started_at else v.to_at end';

async function endIntervals(
  tx: Tx,
  ends: readonly { sessionId: Id; ordinal: number; at: Instant }[],
): Promise<void> {
  if (ends.length === 0) return;
  const columns = { session: 'text', nth: 'integer', to_at: 'integer' } as const;
  const rows = await tx.raw<IntervalRow>(
    `update agent_intervals as t set ended_at = ${END_AT} from ${tx.dialect.rowsFrom(columns)} v
     where t.session_id = v.session and t.ordinal = v.nth and t.ended_at is null ${ENDED}`,
    [packRows(ends.map(({ sessionId, ordinal, at }) => [sessionId, ordinal, at]))],
  );
  countTime(tx, rows);
}

/** Ends sessions, and whatever state their agents are in. */
export async function endSessions(
  tx: Tx,
  ends: readonly { sessionId: Id; at: Instant; reason: string }[],
): Promise<void> {
  if (ends.length === 0) return;
  const columns = { session: 'text', to_at: 'integer', why: 'text' } as const;
  const values = tx.dialect.rowsFrom(columns);
  const packed = packRows(ends.map(({ sessionId, at, reason }) => [sessionId, at, reason.slice(0, 32)]));
  const rows = await tx.raw<IntervalRow>(
    `update agent_intervals as t set ended_at = ${END_AT} from ${values} v
     where t.session_id = v.session and t.ended_at is null ${ENDED}`,
    [packed],
  );
  countTime(tx, rows);
  // where its last state ended, so that the states always add up to the session
  await tx.raw(
    `update agent_sessions as t set end_reason = v.why, ended_at =
       coalesce((select max(i.ended_at) from agent_intervals i where i.session_id = t.id), t.started_at)
     from ${values} v where t.id = v.session and t.ended_at is null`,
    [packed],
  );
}

function countTime(tx: Tx, rows: readonly IntervalRow[]): void {
  const times = rows.map((row) => ({
    campaignId: row.campaign_id,
    agentId: row.agent_id,
    state: row.state,
    from: row.started_at,
    to: row.ended_at,
  }));
  addAgentTime(tx, times);
}

/** Ends sessions that an earlier life of the process left open, at its last sign of life. */
export async function closeStaleSessions(
  tx: Tx,
  { campaignId, at }: { campaignId: Id; at: Instant },
): Promise<void> {
  const rows = await tx.raw<{ id: string }>(
    `select s.id from agent_sessions s where s.campaign_id = ? and s.ended_at is null order by s.id${tx.dialect.lockRows('s')}`,
    [campaignId],
  );
  await endSessions(
    tx,
    rows.map(({ id }) => ({ sessionId: id, at, reason: 'process_ended' })),
  );
}
