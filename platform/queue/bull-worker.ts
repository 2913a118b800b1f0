import type Bull from 'bull';
import type { Timers } from '../clock/index.ts';
import type { Logger } from '../log/index.ts';
import type { BullConnections } from './bull-connections.ts';
import type { AttemptEnd, RegisteredJob } from './job-runner.ts';
import { backoffMs } from './queue.ts';
import type { RunningJobs } from './running-jobs.ts';

export interface BullWorkerContext {
  connections: BullConnections;
  timers: Timers;
  log: Logger;
  running: RunningJobs;
  /** A job is the worker's for this long at a time; a process that dies or blocks longer loses it. */
  lockMs: number;
  /** How often jobs of dead processes are looked for. */
  stalledCheckMs: number;
  ended(type: string): void;
}

export const BACKOFF_NAME = 'by-type';

/** Starts working one kind of job on a Bull queue of its own; answers that queue. */
export function startBullWorker(job: RegisteredJob, context: BullWorkerContext): Bull.Queue {
  const { type } = job;
  const { log } = context;
  const queue = context.connections.worker(type.name, {
    lockDuration: context.lockMs,
    stalledInterval: context.stalledCheckMs,
    maxStalledCount: type.maxCrashes,
    retryProcessDelay: 1_000,
    backoffStrategies: { [BACKOFF_NAME]: (attemptsMade: number) => backoffMs(type.backoff, attemptsMade) },
  });
  queue.on('stalled', (stalled: Bull.Job) => {
    log.warn({ job: type.name, jobId: String(stalled.id) }, 'a job lost its lock and runs again');
  });
  const process = (bullJob: Bull.Job) => runBullJob(job, bullJob, context);
  queue.process(type.concurrency, process).catch((error: unknown) => {
    log.error({ err: error, job: type.name }, 'a Bull worker has ended');
  });
  return queue;
}

async function runBullJob(job: RegisteredJob, bullJob: Bull.Job, context: BullWorkerContext): Promise<void> {
  const id = String(bullJob.id);
  const attempt = bullJob.attemptsMade + 1;
  const taken = {
    id,
    payload: bullJob.data,
    attempt,
    saveProgress: (value: unknown) => bullJob.progress(value),
  };
  const running = job.run(taken, context.timers);
  const settled = running.ended.then((end) => settle(end, { job, bullJob, attempt, log: context.log }));
  const done = settled
    .catch(() => {}) // Bull is told of it below
    .then(() => context.ended(job.type.name));
  context.running.track(`${job.type.name}:${id}`, running, done);
  return settled;
}

async function settle(
  end: AttemptEnd,
  { job, bullJob, attempt, log }: { job: RegisteredJob; bullJob: Bull.Job; attempt: number; log: Logger },
): Promise<void> {
  if (end.kind === 'completed') return;
  // Left under its lock, which runs out after we are gone: Bull would count a rejection as an attempt.
  if (end.kind === 'interrupted') return new Promise(() => {});
  log.warn({ job: job.type.name, jobId: String(bullJob.id), attempt, failure: end.failure }, 'a job failed');
  if (end.permanent) await bullJob.discard();
  throw new Error(end.failure);
}
