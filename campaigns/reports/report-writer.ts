import type { Instant } from '../../platform/clock/index.ts';
import type { SumTarget, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { bucketOf, byBucket, MEASURES, type Measures } from './measures.ts';

/** Something to be counted; everything of one call is counted at the instant its attempt was ordered. */
export interface ReportDelta {
  campaignId: Id;
  listId: Id;
  agentId: Id | null;
  scriptVersionId: Id | null;
  at: Instant;
  measures: Measures;
}

const BUCKETS: SumTarget = {
  table: 'report_buckets',
  key: {
    campaign_id: 'text',
    bucket_at: 'integer',
    list_id: 'text',
    agent_id: 'text',
    script_version_id: 'text',
  },
  sums: MEASURES,
  families: [['wrap_up_ms'], ['right_person', 'sales', 'refusals', 'callbacks', 'do_not_calls']],
};

/** Adds to the report, in the unit of work of what is counted. */
export function addToReport(tx: Tx, deltas: readonly ReportDelta[]): void {
  const rows = deltas.map((delta) => ({
    campaign_id: delta.campaignId,
    bucket_at: bucketOf(delta.at),
    list_id: delta.listId,
    agent_id: delta.agentId ?? '',
    script_version_id: delta.scriptVersionId ?? '',
    ...delta.measures,
  }));
  tx.sums.add(BUCKETS, rows);
}

/** A stretch of an agent's time in one state. */
export interface AgentTime {
  campaignId: Id;
  agentId: Id;
  state: string;
  from: Instant;
  to: Instant;
}

const AGENT_TIME: SumTarget = {
  table: 'agent_time_buckets',
  key: { campaign_id: 'text', bucket_at: 'integer', agent_id: 'text', state: 'text' },
  sums: ['ms'],
};

/** Adds finished stretches of agents' time, cut at the quarters of an hour. */
export function addAgentTime(tx: Tx, times: readonly AgentTime[]): void {
  const rows = times.flatMap(({ campaignId, agentId, state, from, to }) =>
    byBucket({ from, to }).map(({ bucketAt, ms }) => ({
      campaign_id: campaignId,
      bucket_at: bucketAt,
      agent_id: agentId,
      state,
      ms,
    })),
  );
  tx.sums.add(AGENT_TIME, rows);
}
