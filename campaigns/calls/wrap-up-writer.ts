import type { CallRecord } from '../../dialer/ports.ts';
import { packRows, type Tx } from '../../platform/db/index.ts';
import { addToReport } from '../reports/index.ts';
import { readCallKeys } from './call-keys.ts';

type WrapUpEnded = Extract<CallRecord, { type: 'wrapUpEnded' }>;

/** Writes when the agents' work after their calls ended, once for each. */
export async function writeWrapUps(tx: Tx, records: readonly WrapUpEnded[]): Promise<void> {
  if (records.length === 0) return;
  const columns = { call: 'text', agent: 'text', to_at: 'integer', work_ms: 'integer' } as const;
  const rows = await tx.raw<{ call_id: string; agent_id: string }>(
    `update segments as t set wrap_up_ended_at = v.to_at, wrap_up_ms = v.work_ms
     from ${tx.dialect.rowsFrom(columns)} v
     where t.call_id = v.call and t.agent_id = v.agent and t.wrap_up_ended_at is null
     returning call_id, agent_id`,
    [packRows(records.map(({ callId, agentId, at, wrapUpMs }) => [callId, agentId, at, wrapUpMs]))],
  );
  const keys = await readCallKeys(
    tx,
    rows.map((row) => row.call_id),
  );
  const deltas = rows.flatMap((row) => {
    const key = keys.get(row.call_id);
    const record = records.find(({ callId, agentId }) => callId === row.call_id && agentId === row.agent_id);
    if (!key || !record) return [];
    return [{ ...key, agentId: row.agent_id, measures: { wrap_up_ms: record.wrapUpMs } }];
  });
  addToReport(tx, deltas);
}
