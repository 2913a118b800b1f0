import type { Instant } from '../clock/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { JobCounts, JobInfo, JobKind, JobProgress, JobType } from './queue.ts';

interface JobRow {
  type: string;
  id: string;
  payload: string;
  state: 'waiting' | 'active' | 'completed' | 'failed';
  run_at: number;
  created_at: number;
  finished_at: number | null;
  attempts_made: number;
  crashes: number;
  progress: string | null;
  failure: string | null;
}

export type ClaimedRow = Pick<JobRow, 'id' | 'payload' | 'attempts_made'>;

/** A job held under a lease: what a worker must name to change it. */
export interface Held {
  type: string;
  id: string;
  token: string;
}

/** Adds a row unless one with its id is there; forgets first a finished one whose time is over. */
export async function insertJob<Payload>(
  tx: Tx,
  type: JobType<Payload>,
  job: { id: string; payload: string; state: 'waiting' | 'intent'; runAt: Instant; now: Instant },
): Promise<void> {
  await tx.raw(
    `delete from jobs where type = ? and id = ? and ((state = 'completed' and finished_at <= ?)
      or (state = 'failed' and finished_at <= ?))`,
    [type.name, job.id, job.now - type.keepCompletedMs, job.now - type.keepFailedMs],
  );
  await tx.raw(
    `insert into jobs (type, id, payload, state, run_at, created_at, attempts_made, crashes)
      values (?, ?, ?, ?, ?, ?, 0, 0) on conflict (type, id) do nothing`,
    [type.name, job.id, job.payload, job.state, job.runAt, job.now],
  );
}

/**
 * Takes up to `limit` due jobs of one kind, by compare-and-set: each is taken by one worker only. The pick is
 * materialized because PostgreSQL may otherwise run a locking subquery once per row, and take far more.
 */
export function claimDue(
  tx: Tx,
  type: string,
  claim: { limit: number; token: string; now: Instant; leaseUntil: Instant },
): Promise<ClaimedRow[]> {
  return tx.raw<ClaimedRow>(
    `with due as materialized (select id from jobs
        where state = 'waiting' and type = ? and run_at <= ? order by run_at, id limit ?${tx.dialect.skipLocked})
      update jobs set state = 'active', lease_token = ?, lease_until = ?, progress = null
      where type = ? and state = 'waiting' and id in (select id from due)
      returning id, payload, attempts_made`,
    [type, claim.now, claim.limit, claim.token, claim.leaseUntil, type],
  );
}

/** Prolongs all leases of these tokens; answers which jobs still hold theirs. */
export function renewLeases(
  tx: Tx,
  tokens: string[],
  leaseUntil: Instant,
): Promise<{ type: string; id: string }[]> {
  const marks = tokens.map(() => '?').join(', ');
  return tx.raw(
    `update jobs set lease_until = ? where state = 'active' and lease_token in (${marks}) returning type, id`,
    [leaseUntil, ...tokens],
  );
}

/**
 * Ends a hold by compare-and-set on its token; false when the lease was lost meanwhile.
 * `waiting` runs again at `at`; `completed` and `failed` are finished at `at`.
 */
export async function release(
  tx: Tx,
  held: Held,
  to: { state: 'waiting' | 'completed' | 'failed'; at: Instant; countAttempt: boolean; failure?: string },
): Promise<boolean> {
  const time = to.state === 'waiting' ? 'run_at' : 'finished_at';
  const changed = await tx.raw(
    `update jobs set state = ?, ${time} = ?, lease_token = null, lease_until = null, failure = ?,
      attempts_made = attempts_made + ? where type = ? and id = ? and lease_token = ? returning id`,
    [to.state, to.at, to.failure ?? null, to.countAttempt ? 1 : 0, held.type, held.id, held.token],
  );
  return changed.length > 0;
}

/** Removes a completed job that need not be remembered. */
export async function forget(tx: Tx, held: Held): Promise<boolean> {
  const sql = 'delete from jobs where type = ? and id = ? and lease_token = ? returning id';
  return (await tx.raw(sql, [held.type, held.id, held.token])).length > 0;
}

export async function saveProgress(tx: Tx, held: Held, value: JobProgress): Promise<void> {
  const sql = 'update jobs set progress = ? where type = ? and id = ? and lease_token = ?';
  await tx.raw(sql, [JSON.stringify(value), held.type, held.id, held.token]);
}

export async function hasLost(db: Database, leaseEndedBy: Instant): Promise<boolean> {
  const sql = "select 1 as lost from jobs where state = 'active' and lease_until <= ? limit 1";
  return (await db.reader.raw(sql, [leaseEndedBy])).length > 0;
}

/** Jobs whose process died (their lease ended by then) wait again, or fail when that happens too often. */
export async function recoverLost(
  tx: Tx,
  type: string,
  { now, leaseEndedBy, maxCrashes }: { now: Instant; leaseEndedBy: Instant; maxCrashes: number },
): Promise<number> {
  const lost = await tx.raw(
    `update jobs set crashes = crashes + 1, lease_token = null, lease_until = null,
      state = case when crashes < ? then 'waiting' else 'failed' end,
      finished_at = case when crashes < ? then null else cast(? as bigint) end,
      failure = 'process_lost: the process running it died'
      where type = ? and state = 'active' and lease_until <= ? returning id`,
    [maxCrashes, maxCrashes, now, type, leaseEndedBy],
  );
  return lost.length;
}

/** Forgets finished jobs whose time is over. */
export async function prune(tx: Tx, type: Omit<JobType<unknown>, 'schema'>, now: Instant): Promise<void> {
  await tx.raw(
    `delete from jobs where type = ? and ((state = 'completed' and finished_at <= ?)
      or (state = 'failed' and finished_at <= ?))`,
    [type.name, now - type.keepCompletedMs, now - type.keepFailedMs],
  );
}

/** When the next job of each kind is due; kinds with none are absent. */
export async function nextDue(db: Database, types: readonly string[]): Promise<Map<string, Instant>> {
  if (types.length === 0) return new Map();
  const one =
    "select cast(? as text) as type, (select min(run_at) from jobs where state = 'waiting' and type = ?) as at";
  const sql = types.map(() => one).join(' union all ');
  const rows = await db.reader.raw<{ type: string; at: number | null }>(
    sql,
    types.flatMap((type) => [type, type]),
  );
  return new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.type, row.at] as const])));
}

export async function countJobs(db: Database, kind: JobKind, now: Instant): Promise<JobCounts> {
  const rows = await db.reader.raw<{ state: keyof JobCounts; n: number }>(
    `select case when state = 'waiting' and run_at > ? then 'delayed' else state end as state, count(*) as n
      from jobs where type = ? and state <> 'intent' group by 1`,
    [now, kind.name],
  );
  const counts: JobCounts = { waiting: 0, delayed: 0, active: 0, completed: 0, failed: 0 };
  for (const row of rows) counts[row.state] = row.n;
  return counts;
}

export async function findJob(
  db: Database,
  kind: JobKind,
  wanted: { id: string; now: Instant },
): Promise<JobInfo | undefined> {
  const sql = "select * from jobs where type = ? and id = ? and state <> 'intent'";
  const [row] = await db.reader.raw<JobRow>(sql, [kind.name, wanted.id]);
  return row && toInfo(row, wanted.now);
}

export async function failedJobs(
  db: Database,
  kind: JobKind,
  { limit, now }: { limit: number; now: Instant },
): Promise<JobInfo[]> {
  const sql =
    "select * from jobs where type = ? and state = 'failed' order by finished_at desc, id desc limit ?";
  return (await db.reader.raw<JobRow>(sql, [kind.name, limit])).map((row) => toInfo(row, now));
}

/** Puts a failed job back with all its attempts; false when it is not failed. */
export async function retryFailed(
  tx: Tx,
  kind: JobKind,
  { id, now }: { id: string; now: Instant },
): Promise<boolean> {
  const changed = await tx.raw(
    `update jobs set state = 'waiting', run_at = ?, finished_at = null, attempts_made = 0, crashes = 0
      where type = ? and id = ? and state = 'failed' returning id`,
    [now, kind.name, id],
  );
  return changed.length > 0;
}

function toInfo(row: JobRow, now: Instant): JobInfo {
  return {
    id: row.id,
    type: row.type,
    state: row.state === 'waiting' && row.run_at > now ? 'delayed' : row.state,
    attemptsMade: row.attempts_made,
    progress: row.progress === null ? undefined : (JSON.parse(row.progress) as JobProgress),
    failure: row.failure ?? undefined,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
  };
}
