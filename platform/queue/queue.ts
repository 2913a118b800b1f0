import type { z } from 'zod';
import type { Instant } from '../clock/index.ts';
import type { Tx } from '../db/index.ts';
import { DomainError } from '../errors/index.ts';

/** How long a failed job waits: `base`, or `base · 2^(attempt−1)`, never over `max`. Milliseconds. */
export interface Backoff {
  kind: 'fixed' | 'exponential';
  baseMs: number;
  maxMs: number;
}

/**
 * A kind of job: named once, typed, and small (ids and instants, no personal data: payloads are seen by
 * whoever may look at the queue).
 */
export interface JobType<Payload> {
  readonly name: string;
  /** Checks the payload when added and again when run, so its output must be its own valid input. */
  readonly schema: z.ZodType<Payload>;
  /** How often it is tried before it is kept as failed. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** How often it may be cut off by a dying process before it is kept as failed (`process_lost`). */
  readonly maxCrashes: number;
  /** After this long its `signal` is aborted; an attempt that then rejects has failed with `timed_out`. */
  readonly timeoutMs: number;
  /** How many at once in one process. */
  readonly concurrency: number;
  /** How long a completed one is remembered, and its id refused again; 0 forgets it at once. */
  readonly keepCompletedMs: number;
  readonly keepFailedMs: number;
}

/** A kind of job where only its name matters. */
export type JobKind = { readonly name: string };

export type JobOptions<Payload> = { schema: z.ZodType<Payload> } & Partial<
  Omit<JobType<Payload>, 'name' | 'schema'>
>;

const DAY_MS = 24 * 3_600_000;
const JOB_NAME = /^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)+$/;

/** Names a kind of job, `noun.verb`. Unset options get cautious defaults: 5 attempts, 10 minutes, one at once. */
export function defineJob<Payload>(name: string, options: JobOptions<Payload>): JobType<Payload> {
  if (!JOB_NAME.test(name)) throw new Error(`A job is named noun.verb, not '${name}'`);
  return Object.freeze({
    attempts: 5,
    backoff: { kind: 'exponential', baseMs: 1_000, maxMs: 10 * 60_000 } as const,
    maxCrashes: 3,
    timeoutMs: 10 * 60_000,
    concurrency: 1,
    keepCompletedMs: DAY_MS,
    keepFailedMs: 14 * DAY_MS,
    ...options,
    name,
  });
}

export interface AddOptions {
  /**
   * The job's own id among its kind: while one with it is waiting, running or remembered, adding it again
   * changes nothing. Letters, digits and `._@-`, no `:`; up to 100 characters.
   */
  id?: string;
  /** Not before this long from now. */
  delayMs?: number;
  /** Adds the job with the caller's unit of work: it exists if and only if that commits. */
  tx?: Tx;
}

/** What a handler is given. Handlers run at least once: they must be safe to run again. */
export interface JobRun<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborted when the job took too long, lost its lease, or the process must stop. */
  readonly signal: AbortSignal;
  /** Notes how far it is, for whoever watches; small (4 kB of JSON). */
  readonly progress: (value: JobProgress) => Promise<void>;
}

export type JobProgress = number | Readonly<Record<string, string | number | boolean | null>>;
export type JobHandler<Payload> = (run: JobRun<Payload>) => Promise<void>;
export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';

export interface JobInfo {
  id: string;
  type: string;
  state: JobState;
  attemptsMade: number;
  progress: JobProgress | undefined;
  /** `code: message` of the last failure, without personal data. */
  failure: string | undefined;
  createdAt: Instant;
  finishedAt: Instant | undefined;
}

export type JobCounts = Record<JobState, number>;

/** What a watchdog asks of one kind of job; `stuck`: work is due and none has ended for too long. */
export interface JobHealth {
  type: string;
  counts: JobCounts;
  lastEndedAt: Instant | undefined;
  stuck: boolean;
}

/** Jobs that survive the process: at least once each, by whichever adapter. */
export interface Queue {
  /** @returns the job's id; @throws DomainError `bad_job` (payload or id), `queue_unavailable` */
  add<Payload>(type: JobType<Payload>, payload: Payload, options?: AddOptions): Promise<string>;
  /** Names who does the work; before {@link start}, once a kind. */
  handle<Payload>(type: JobType<Payload>, handler: JobHandler<Payload>): void;
  start(): Promise<void>;
  /**
   * Takes no more, waits for what runs up to `drainMs`, then aborts it and gives it a second; what is still
   * not done is run again after the next start. The queue cannot be started again.
   */
  stop(options?: { drainMs?: number }): Promise<void>;
  counts(type: JobKind): Promise<JobCounts>;
  find(type: JobKind, id: string): Promise<JobInfo | undefined>;
  /** The latest failed ones of a kind, newest first. */
  failed(type: JobKind, limit: number): Promise<JobInfo[]>;
  /** Puts a failed job back, with all its attempts; false when it is not there or not failed. */
  retry(type: JobKind, id: string): Promise<boolean>;
  health(): Promise<JobHealth[]>;
}

/** Thrown by a handler when trying again is of no use: the job fails at once, with this reason. */
export class PermanentJobError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PermanentJobError';
    this.code = code;
  }
}

/** How long attempt number `attempt` (from 1), having failed, makes the next one wait. */
export function backoffMs(backoff: Backoff, attempt: number): number {
  const factor = backoff.kind === 'fixed' ? 1 : 2 ** Math.min(attempt - 1, 40);
  return Math.min(backoff.baseMs * factor, backoff.maxMs);
}

const MAX_PAYLOAD_CHARACTERS = 64_000;
const JOB_ID = /^[A-Za-z0-9._@-]{1,100}$/;

/** The JSON of a payload, checked against its type. @throws DomainError `bad_job` */
export function encodePayload<Payload>(type: JobType<Payload>, payload: Payload): string {
  const parsed = type.schema.safeParse(payload);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({
      path: `/${issue.path.join('/')}`,
      code: issue.code,
      message: 'does not fit the schema of the job',
    }));
    throw new DomainError('invalid', 'bad_job', `The payload of ${type.name} does not fit its schema`, {
      issues,
    });
  }
  const text = JSON.stringify(parsed.data);
  if (text.length <= MAX_PAYLOAD_CHARACTERS) return text;
  const limit = `${MAX_PAYLOAD_CHARACTERS} characters`;
  throw new DomainError('tooLarge', 'bad_job', `The payload of ${type.name} is over ${limit}: hand over ids`);
}

/** @throws DomainError `bad_job` */
export function checkJobId(id: string): string {
  if (JOB_ID.test(id)) return id;
  throw new DomainError('invalid', 'bad_job', 'A job id has 1 to 100 letters, digits and ._@-');
}
