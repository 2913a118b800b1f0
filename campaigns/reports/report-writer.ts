import type { Instant } from '../../platform/clock/index.ts';
import { type ColumnType, insertRows, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { bucketOf, byBucket, MEASURES, type Measure, type Measures } from './measures.ts';

/** Something to be counted; everything of one call is counted at the instant its attempt was ordered. */
export interface ReportDelta {
  campaignId: Id;
  listId: Id;
  agentId: Id | null;
  scriptVersionId: Id | null;
  at: Instant;
  measures: Measures;
}

const KEY: Record<string, ColumnType> = {
  campaign_id: 'text',
  bucket_at: 'integer',
  list_id: 'text',
  agent_id: 'text',
  script_version_id: 'text',
};
/** What is added together: writing all columns for one of them costs more than the rest of the statement. */
const FAMILIES: readonly (readonly Measure[])[] = [
  ['wrap_up_ms'],
  ['right_person', 'sales', 'refusals', 'callbacks', 'do_not_calls'],
  MEASURES,
];

const TARGETS = FAMILIES.map((measures) => ({
  measures,
  target: {
    table: 'report_buckets',
    columns: { ...KEY, ...Object.fromEntries(measures.map((name) => [name, 'integer' as const])) },
    onConflict:
      `on conflict (${Object.keys(KEY).join(', ')}) do update set ` +
      measures.map((name) => `${name} = report_buckets.${name} + excluded.${name}`).join(', '),
  },
}));

type Row = Record<string, string | number>;

/** Adds to the report, in the unit of work of what is counted; one statement however many. */
export async function addToReport(tx: Tx, deltas: readonly ReportDelta[]): Promise<void> {
  const family = TARGETS.find(({ measures }) => deltas.every((delta) => isWithin(delta.measures, measures)));
  if (!family || deltas.length === 0) return;
  const zeros = Object.fromEntries(family.measures.map((measure) => [measure, 0]));
  const rows = new Map<string, Row>();
  for (const delta of deltas) {
    const key = keyOf(delta);
    const name = Object.values(key).join(' ');
    const row = rows.get(name) ?? { ...key, ...zeros };
    for (const measure of family.measures) {
      row[measure] = Number(row[measure]) + (delta.measures[measure] ?? 0);
    }
    rows.set(name, row);
  }
  await insertRows(tx, family.target, inKeyOrder(rows));
}

function isWithin(measures: Measures, family: readonly Measure[]): boolean {
  return Object.keys(measures).every((name) => family.includes(name as Measure));
}

function keyOf(delta: ReportDelta): Row {
  return {
    campaign_id: delta.campaignId,
    bucket_at: bucketOf(delta.at),
    list_id: delta.listId,
    agent_id: delta.agentId ?? '',
    script_version_id: delta.scriptVersionId ?? '',
  };
}

/** A stretch of an agent's time in one state. */
export interface AgentTime {
  campaignId: Id;
  agentId: Id;
  state: string;
  from: Instant;
  to: Instant;
}

const AGENT_TIME = {
  table: 'agent_time_buckets',
  columns: { campaign_id: 'text', bucket_at: 'integer', agent_id: 'text', state: 'text', ms: 'integer' },
  onConflict:
    'on conflict (campaign_id, bucket_at, agent_id, state) do update set ms = agent_time_buckets.ms + excluded.ms',
} as const;

/** Adds finished stretches of agents' time, cut at the quarters of an hour. */
export async function addAgentTime(tx: Tx, times: readonly AgentTime[]): Promise<void> {
  const rows = new Map<string, Row & { ms: number }>();
  for (const { campaignId, agentId, state, from, to } of times) {
    for (const { bucketAt, ms } of byBucket({ from, to })) {
      const name = `${campaignId} ${bucketAt} ${agentId} ${state}`;
      const row = rows.get(name);
      if (row) row.ms += ms;
      else rows.set(name, { campaign_id: campaignId, bucket_at: bucketAt, agent_id: agentId, state, ms });
    }
  }
  if (rows.size > 0) await insertRows(tx, AGENT_TIME, inKeyOrder(rows) as AgentTimeRow[]);
}

type AgentTimeRow = { [K in keyof typeof AGENT_TIME.columns]: string | number };

/** In one order everywhere, so that two processes never wait for each other in a circle. */
function inKeyOrder(rows: ReadonlyMap<string, Row>): Row[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
