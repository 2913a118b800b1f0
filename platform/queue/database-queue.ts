import type { Timer, Timers } from '../clock/index.ts';
import type { Database } from '../db/index.ts';
import type { Ids } from '../ids/index.ts';
import type { Logger } from '../log/index.ts';
import { type AttemptEnd, type RegisteredJob, registerJob } from './job-runner.ts';
import * as store from './job-store.ts';
import {
  type AddOptions,
  backoffMs,
  checkJobId,
  encodePayload,
  type JobCounts,
  type JobHandler,
  type JobHealth,
  type JobInfo,
  type JobKind,
  type JobProgress,
  type JobType,
  type Queue,
} from './queue.ts';
import { RunningJobs } from './running-jobs.ts';
import { StuckWatch } from './stuck-watch.ts';

export interface DatabaseQueueOptions {
  db: Database;
  timers: Timers;
  ids: Ids;
  log: Logger;
  /** Nobody else works this database (SQLite): jobs left active by a killed process run again at once. */
  soleProcess?: boolean;
  /** How often to look for jobs that others added; our own wake us. */
  pollMs?: number;
  /** How long a job stays with a process that has died. Renewed every third of it. */
  leaseMs?: number;
  stuckAfterMs?: number;
}

/** How often finished jobs whose time is over are forgotten; ms. */
const PRUNE_EVERY_MS = 60_000;

/** The queue inside the database: no other service needed, jobs added in the caller's own unit of work. */
export class DatabaseQueue implements Queue {
  readonly #db: Database;
  readonly #timers: Timers;
  readonly #ids: Ids;
  readonly #log: Logger;
  readonly #soleProcess: boolean;
  readonly #pollMs: number;
  readonly #leaseMs: number;
  readonly #jobs = new Map<string, RegisteredJob>();
  readonly #held = new Map<string, store.Held>();
  readonly #running: RunningJobs;
  readonly #watch: StuckWatch;
  #state: 'new' | 'started' | 'draining' | 'stopped' = 'new';
  #pollTimer: Timer | undefined;
  #renewTimer: Timer | undefined;
  #round: Promise<void> | undefined;
  #wokenDuringRound = false;
  #pruneAt = 0;

  constructor(options: DatabaseQueueOptions) {
    this.#db = options.db;
    this.#timers = options.timers;
    this.#ids = options.ids;
    this.#log = options.log;
    this.#soleProcess = options.soleProcess ?? false;
    this.#pollMs = options.pollMs ?? 1_000;
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#running = new RunningJobs(options.timers);
    this.#watch = new StuckWatch(options.stuckAfterMs ?? 120_000);
  }

  async add<Payload>(type: JobType<Payload>, payload: Payload, options: AddOptions = {}): Promise<string> {
    const now = this.#timers.now();
    const id = options.id === undefined ? this.#ids.next() : checkJobId(options.id);
    const runAt = now + Math.max(0, Math.ceil(options.delayMs ?? 0));
    const job = { id, payload: encodePayload(type, payload), state: 'waiting' as const, runAt, now };
    const insert = async (tx: NonNullable<AddOptions['tx']>) => {
      await store.insertJob(tx, type, job);
      tx.onCommit(() => this.#wake());
    };
    await (options.tx ? insert(options.tx) : this.#db.grouped(insert));
    return id;
  }

  handle<Payload>(type: JobType<Payload>, handler: JobHandler<Payload>): void {
    if (this.#state !== 'new') throw new Error('Handlers are named before the queue starts');
    if (this.#jobs.has(type.name)) throw new Error(`${type.name} has a handler already`);
    this.#jobs.set(type.name, registerJob(type, handler));
  }

  async start(): Promise<void> {
    if (this.#state !== 'new') throw new Error('A queue is started once');
    if (this.#soleProcess) await this.#recover(Number.MAX_SAFE_INTEGER);
    this.#state = 'started';
    this.#scheduleRenewal();
    this.#wake();
  }

  async stop({ drainMs = 10_000 }: { drainMs?: number } = {}): Promise<void> {
    this.#state = 'draining';
    this.#pollTimer?.cancel();
    await this.#round;
    const left = await this.#running.drain(drainMs);
    if (left > 0) this.#log.warn({ jobs: left }, 'jobs did not end in time and will run again');
    this.#state = 'stopped';
    this.#renewTimer?.cancel();
  }

  counts(type: JobKind): Promise<JobCounts> {
    return store.countJobs(this.#db, type, this.#timers.now());
  }

  find(type: JobKind, id: string): Promise<JobInfo | undefined> {
    return store.findJob(this.#db, type, { id, now: this.#timers.now() });
  }

  failed(type: JobKind, limit: number): Promise<JobInfo[]> {
    return store.failedJobs(this.#db, type, { limit, now: this.#timers.now() });
  }

  async retry(type: JobKind, id: string): Promise<boolean> {
    const found = await this.#db.grouped((tx) =>
      store.retryFailed(tx, type, { id, now: this.#timers.now() }),
    );
    this.#wake();
    return found;
  }

  async health(): Promise<JobHealth[]> {
    const types = [...this.#jobs.values()].map(({ type }) => type);
    return Promise.all(
      types.map(async (type) => {
        const counts = await this.counts(type);
        const stuck = this.#watch.isStuck(type.name, counts, this.#timers.now());
        return { type: type.name, counts, lastEndedAt: this.#watch.lastEndedAt(type.name), stuck };
      }),
    );
  }

  /** Looks for due jobs now, or once more when a look is under way. */
  #wake(): void {
    if (this.#state !== 'started') return;
    if (this.#round) {
      this.#wokenDuringRound = true;
      return;
    }
    this.#pollTimer?.cancel();
    this.#pollTimer = this.#timers.after(0, () => this.#startRound());
  }

  #startRound(): void {
    if (this.#state !== 'started' || this.#round) return;
    this.#wokenDuringRound = false;
    this.#round = this.#claimRound().then(
      (waitMs) => this.#endRound(waitMs),
      (error: unknown) => {
        this.#log.error({ err: error }, 'the job queue cannot reach its database');
        this.#endRound(this.#pollMs);
      },
    );
  }

  #endRound(waitMs: number): void {
    this.#round = undefined;
    if (this.#state !== 'started') return;
    const delayMs = this.#wokenDuringRound ? 0 : Math.min(this.#pollMs, Math.max(0, waitMs));
    this.#pollTimer = this.#timers.after(delayMs, () => this.#startRound());
  }

  /** Takes what is due and can be run; answers how long nothing more is due. */
  async #claimRound(): Promise<number> {
    await this.#recover(this.#timers.now());
    const open = [...this.#jobs.values()].filter((job) => this.#freeSlots(job) > 0);
    const due = await store.nextDue(
      this.#db,
      open.map(({ type }) => type.name),
    );
    let next = Number.POSITIVE_INFINITY;
    for (const job of open) {
      const at = due.get(job.type.name) ?? Number.POSITIVE_INFINITY;
      if (at > this.#timers.now()) next = Math.min(next, at);
      else if ((await this.#claim(job)) > 0 && this.#freeSlots(job) > 0) next = 0;
    }
    return next - this.#timers.now();
  }

  #freeSlots(job: RegisteredJob): number {
    let taken = 0;
    for (const held of this.#held.values()) if (held.type === job.type.name) taken++;
    return job.type.concurrency - taken;
  }

  async #claim(job: RegisteredJob): Promise<number> {
    const token = this.#ids.next();
    const now = this.#timers.now();
    const claim = { limit: this.#freeSlots(job), token, now, leaseUntil: now + this.#leaseMs };
    const rows = await this.#db.grouped((tx) => store.claimDue(tx, job.type.name, claim));
    for (const row of rows) this.#run(job, row, { type: job.type.name, id: row.id, token });
    return rows.length;
  }

  #run(job: RegisteredJob, row: store.ClaimedRow, held: store.Held): void {
    const key = `${held.type}:${held.id}`;
    const attempt = row.attempts_made + 1;
    const saveProgress = (value: JobProgress) =>
      this.#db.grouped((tx) => store.saveProgress(tx, held, value));
    const taken = { id: row.id, payload: JSON.parse(row.payload) as unknown, attempt, saveProgress };
    const running = job.run(taken, this.#timers);
    const done = running.ended
      .then((end) => this.#settle(job, { held, attempt, end }))
      .catch((error: unknown) => {
        // its lease runs out and it runs again
        this.#log.error(
          { err: error, job: held.type, jobId: held.id },
          'the end of a job could not be written',
        );
      })
      .then(() => {
        if (this.#held.get(key) === held) this.#held.delete(key);
        this.#watch.ended(held.type, this.#timers.now());
        this.#wake();
      });
    this.#held.set(key, held);
    this.#running.track(key, running, done);
  }

  async #settle(
    { type }: RegisteredJob,
    { held, attempt, end }: { held: store.Held; attempt: number; end: AttemptEnd },
  ): Promise<void> {
    const fields = { job: held.type, jobId: held.id, attempt };
    const at = this.#timers.now();
    const kept = await this.#db.grouped((tx) => {
      if (end.kind === 'interrupted')
        return store.release(tx, held, { state: 'waiting', at, countAttempt: false });
      if (end.kind === 'completed') {
        if (type.keepCompletedMs === 0) return store.forget(tx, held);
        return store.release(tx, held, { state: 'completed', at, countAttempt: true });
      }
      const { failure } = end;
      if (end.permanent || attempt >= type.attempts) {
        return store.release(tx, held, { state: 'failed', at, countAttempt: true, failure });
      }
      const again = at + backoffMs(type.backoff, attempt);
      return store.release(tx, held, { state: 'waiting', at: again, countAttempt: true, failure });
    });
    if (!kept) this.#log.warn(fields, 'a job ended after its lease was lost; it may have run twice');
    else if (end.kind === 'failed') this.#log.warn({ ...fields, failure: end.failure }, 'a job failed');
  }

  /** Puts jobs of dead processes back, and forgets old ones now and then. */
  async #recover(before: number): Promise<void> {
    const now = this.#timers.now();
    const pruning = now >= this.#pruneAt;
    if (pruning) this.#pruneAt = now + PRUNE_EVERY_MS;
    if (!pruning && !(await store.hasLost(this.#db, before))) return;
    await this.#db.transact(async (tx) => {
      for (const { type } of this.#jobs.values()) {
        if (pruning) await store.prune(tx, type, now);
        const limits = { now, leaseEndedBy: before, maxCrashes: type.maxCrashes };
        const lost = await store.recoverLost(tx, type.name, limits);
        if (lost > 0) this.#log.warn({ job: type.name, jobs: lost }, 'jobs of a dead process run again');
      }
    });
  }

  #scheduleRenewal(): void {
    if (this.#state === 'stopped') return;
    this.#renewTimer = this.#timers.after(this.#leaseMs / 3, () => {
      void this.#renew()
        .catch((error: unknown) =>
          this.#log.error({ err: error }, 'leases of running jobs could not be renewed'),
        )
        .finally(() => this.#scheduleRenewal());
    });
  }

  async #renew(): Promise<void> {
    const before = [...this.#held.entries()];
    if (before.length === 0) return;
    const tokens = [...new Set(before.map(([, held]) => held.token))];
    const leaseUntil = this.#timers.now() + this.#leaseMs;
    const rows = await this.#db.grouped((tx) => store.renewLeases(tx, tokens, leaseUntil));
    const kept = new Set(rows.map((row) => `${row.type}:${row.id}`));
    for (const [key, held] of before) {
      if (!kept.has(key) && this.#held.get(key) === held) this.#running.abort(key, 'lease_lost');
    }
  }
}
