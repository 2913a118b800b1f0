import type Bull from 'bull';
import type { Timers } from '../clock/index.ts';
import type { Database } from '../db/index.ts';
import type { Ids } from '../ids/index.ts';
import type { Logger } from '../log/index.ts';
import { BullConnections, queueUnavailable } from './bull-connections.ts';
import { BACKOFF_NAME, startBullWorker } from './bull-worker.ts';
import { type Intent, IntentRelay } from './intent-relay.ts';
import { type RegisteredJob, registerJob } from './job-runner.ts';
import { insertJob } from './job-store.ts';
import {
  type AddOptions,
  checkJobId,
  encodePayload,
  type JobCounts,
  type JobHandler,
  type JobHealth,
  type JobInfo,
  type JobKind,
  type JobProgress,
  type JobState,
  type JobType,
  type Queue,
} from './queue.ts';
import { RunningJobs } from './running-jobs.ts';
import { StuckWatch } from './stuck-watch.ts';

export interface BullQueueOptions {
  redisUrl: string;
  /** Before every key in Redis; two installations on one Redis need two. */
  prefix?: string;
  /** Where jobs added inside a unit of work wait for its commit. */
  db: Database;
  timers: Timers;
  ids: Ids;
  log: Logger;
  lockMs?: number;
  stalledCheckMs?: number;
  /** How often to look for jobs left by a process that died between commit and Redis. */
  relayPollMs?: number;
  stuckAfterMs?: number;
}

/** How often one job may be handed over, its first attempt included: that many attempts are Bull's to count. */
type Settings = Pick<JobType<unknown>, 'name' | 'attempts' | 'keepCompletedMs' | 'keepFailedMs'>;

/**
 * The queue on Bull and Redis. One Bull queue per kind of job: a kind nobody handles yet waits instead of
 * failing, a slow kind does not hold up another, and each has its own limits.
 */
export class BullQueue implements Queue {
  readonly #options: BullQueueOptions;
  readonly #connections: BullConnections;
  readonly #producers = new Map<string, Bull.Queue>();
  readonly #workers: Bull.Queue[] = [];
  readonly #jobs = new Map<string, RegisteredJob>();
  readonly #running: RunningJobs;
  readonly #relay: IntentRelay;
  readonly #watch: StuckWatch;
  #started = false;

  constructor(options: BullQueueOptions) {
    this.#options = options;
    const { redisUrl, prefix = 'dialwright', log, db, timers } = options;
    this.#connections = new BullConnections({ redisUrl, prefix, log });
    this.#running = new RunningJobs(timers);
    this.#watch = new StuckWatch(options.stuckAfterMs ?? 120_000);
    const deliver = (intent: Intent) => this.#deliver(intent);
    this.#relay = new IntentRelay({ db, timers, log, deliver, pollMs: options.relayPollMs ?? 1_000 });
  }

  async add<Payload>(type: JobType<Payload>, payload: Payload, options: AddOptions = {}): Promise<string> {
    const id = options.id === undefined ? this.#options.ids.next() : checkJobId(options.id);
    const now = this.#options.timers.now();
    const runAt = now + Math.max(0, Math.ceil(options.delayMs ?? 0));
    const text = encodePayload(type, payload);
    if (options.tx) {
      const settings = settingsOf(type);
      await insertJob(options.tx, type, {
        id,
        payload: JSON.stringify({ settings, data: JSON.parse(text) }),
        state: 'intent',
        runAt,
        now,
      });
      options.tx.onCommit(() => this.#relay.wake());
    } else {
      await this.#send(settingsOf(type), { id, data: JSON.parse(text), runAt });
    }
    return id;
  }

  handle<Payload>(type: JobType<Payload>, handler: JobHandler<Payload>): void {
    if (this.#started) throw new Error('Handlers are named before the queue starts');
    if (this.#jobs.has(type.name)) throw new Error(`${type.name} has a handler already`);
    this.#jobs.set(type.name, registerJob(type, handler));
  }

  async start(): Promise<void> {
    if (this.#started) throw new Error('A queue is started once');
    this.#started = true;
    const { timers, log, lockMs = 30_000, stalledCheckMs = 30_000 } = this.#options;
    await this.#connections.connect(timers);
    const ended = (type: string) => this.#watch.ended(type, timers.now());
    const context = {
      connections: this.#connections,
      timers,
      log,
      running: this.#running,
      lockMs,
      stalledCheckMs,
      ended,
    };
    for (const job of this.#jobs.values()) this.#workers.push(startBullWorker(job, context));
    this.#relay.start();
  }

  async stop({ drainMs = 10_000 }: { drainMs?: number } = {}): Promise<void> {
    await this.#relay.stop();
    // this process takes no more; others go on
    await Promise.all(this.#workers.map((worker) => worker.pause(true, true)));
    const left = await this.#running.drain(drainMs);
    if (left > 0) this.#options.log.warn({ jobs: left }, 'jobs did not end in time and will run again');
    await Promise.all([...this.#workers, ...this.#producers.values()].map((queue) => queue.close(true)));
    await this.#connections.close();
  }

  async counts(type: JobKind): Promise<JobCounts> {
    const counts = await this.#ask(() => this.#producer(type.name).getJobCounts());
    const { waiting, delayed, active, completed, failed } = counts;
    return { waiting, delayed, active, completed, failed };
  }

  async find(type: JobKind, id: string): Promise<JobInfo | undefined> {
    return this.#ask(async () => {
      const queue = this.#producer(type.name);
      const state = await (await queue.getJob(id))?.getState();
      const job = await queue.getJob(id); // read after its state, so that it is not older
      return job && state ? toInfo(type, job, state) : undefined;
    });
  }

  async failed(type: JobKind, limit: number): Promise<JobInfo[]> {
    const jobs = await this.#ask(() => this.#producer(type.name).getFailed(0, limit - 1));
    return jobs.map((job) => toInfo(type, job, 'failed'));
  }

  async retry(type: JobKind, id: string): Promise<boolean> {
    return this.#ask(async () => {
      const queue = this.#producer(type.name);
      const job = await queue.getJob(id);
      if (!job || !(await job.isFailed())) return false;
      const { data, opts } = job;
      await job.remove(); // its attempts are used up: it comes back as a new one
      await queue.add(data, { ...opts, delay: 0 });
      return true;
    });
  }

  async health(): Promise<JobHealth[]> {
    return Promise.all(
      [...this.#jobs.keys()].map(async (type) => {
        const counts = await this.counts({ name: type });
        const stuck = this.#watch.isStuck(type, counts, this.#options.timers.now());
        return { type, counts, lastEndedAt: this.#watch.lastEndedAt(type), stuck };
      }),
    );
  }

  #deliver(intent: Intent): Promise<void> {
    const { settings, data } = JSON.parse(intent.payload) as { settings: Settings; data: unknown };
    return this.#send(settings, { id: intent.id, data, runAt: intent.run_at });
  }

  /** Hands a job to Redis; adding it twice under one id is adding it once. */
  async #send(
    settings: Settings,
    { id, data, runAt }: { id: string; data: unknown; runAt: number },
  ): Promise<void> {
    const now = this.#options.timers.now();
    await this.#ask(async () => {
      const queue = this.#producer(settings.name);
      await forgetExpired(queue, { id, now, settings });
      await queue.add(data, {
        jobId: id,
        delay: Math.max(0, runAt - now),
        attempts: settings.attempts,
        backoff: { type: BACKOFF_NAME },
        removeOnComplete:
          settings.keepCompletedMs === 0 ? true : { age: Math.ceil(settings.keepCompletedMs / 1_000) },
        removeOnFail: settings.keepFailedMs === 0 ? true : { age: Math.ceil(settings.keepFailedMs / 1_000) },
        stackTraceLimit: 1,
      });
    });
  }

  #producer(name: string): Bull.Queue {
    const known = this.#producers.get(name);
    if (known) return known;
    const queue = this.#connections.producer(name);
    this.#producers.set(name, queue);
    return queue;
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw queueUnavailable(error);
    }
  }
}

function settingsOf({ name, attempts, keepCompletedMs, keepFailedMs }: Settings): Settings {
  return { name, attempts, keepCompletedMs, keepFailedMs };
}

/** Bull forgets old jobs only when another of their kind ends; until then their ids would be refused. */
async function forgetExpired(
  queue: Bull.Queue,
  { id, now, settings }: { id: string; now: number; settings: Settings },
): Promise<void> {
  const job = await queue.getJob(id);
  if (!job?.finishedOn) return;
  const keepMs = job.failedReason === undefined ? settings.keepCompletedMs : settings.keepFailedMs;
  if (job.finishedOn + keepMs <= now) await job.remove();
}

const STATES: Record<string, JobState> = {
  delayed: 'delayed',
  active: 'active',
  completed: 'completed',
  failed: 'failed',
};

function toInfo(type: JobKind, job: Bull.Job, state: string): JobInfo {
  const progress = job.progress() as JobProgress;
  const reason = job.failedReason;
  return {
    id: String(job.id),
    type: type.name,
    state: STATES[state] ?? 'waiting',
    attemptsMade: job.attemptsMade,
    progress: progress === 0 ? undefined : progress,
    failure: reason?.startsWith('job stalled') ? 'process_lost: the process running it died' : reason,
    createdAt: job.timestamp,
    finishedAt: job.finishedOn ?? undefined,
  };
}
