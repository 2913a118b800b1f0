import type { Timers } from '../clock/index.ts';
import { isDomainError } from '../errors/index.ts';
import { scrubErrorMessage } from '../log/index.ts';
import { type JobHandler, type JobProgress, type JobType, PermanentJobError } from './queue.ts';

/** A job as an adapter took it: what to run, and where to say how far it is. */
export interface TakenJob {
  id: string;
  payload: unknown;
  attempt: number;
  saveProgress(value: JobProgress): Promise<void>;
}

/** How one attempt ended. `interrupted`: we had to stop, so it counts for nothing and must run again. */
export type AttemptEnd =
  | { kind: 'completed' }
  | { kind: 'failed'; failure: string; permanent: boolean }
  | { kind: 'interrupted' };

export type AbortReason = 'stopping' | 'timed_out' | 'lease_lost';

/** An attempt under way. */
export interface RunningAttempt {
  readonly ended: Promise<AttemptEnd>;
  abort(reason: AbortReason): void;
}

/** A kind of job with its handler, the payload's type closed over. */
export interface RegisteredJob {
  readonly type: Omit<JobType<unknown>, 'schema'>;
  run(job: TakenJob, timers: Timers): RunningAttempt;
}

const MAX_FAILURE = 1_000;
const MAX_PROGRESS = 4_000;

export function registerJob<Payload>(type: JobType<Payload>, handler: JobHandler<Payload>): RegisteredJob {
  return {
    type,
    run(job, timers) {
      const controller = new AbortController();
      const abort = (reason: AbortReason) => controller.abort(reason);
      const timeout = timers.after(type.timeoutMs, () => abort('timed_out'));
      const ended = attempt(type, handler, { job, signal: controller.signal }).finally(() =>
        timeout.cancel(),
      );
      return { ended, abort };
    },
  };
}

async function attempt<Payload>(
  type: JobType<Payload>,
  handler: JobHandler<Payload>,
  { job, signal }: { job: TakenJob; signal: AbortSignal },
): Promise<AttemptEnd> {
  const parsed = type.schema.safeParse(job.payload);
  if (!parsed.success) {
    return { kind: 'failed', failure: 'bad_payload: it no longer fits the schema', permanent: true };
  }
  try {
    const progress = (value: JobProgress) => job.saveProgress(checkProgress(value));
    await handler({ id: job.id, payload: parsed.data, attempt: job.attempt, signal, progress });
    return { kind: 'completed' };
  } catch (error) {
    if (signal.aborted && signal.reason !== 'timed_out') return { kind: 'interrupted' };
    return {
      kind: 'failed',
      failure: failureOf(error, signal.aborted ? 'timed_out' : undefined),
      permanent: error instanceof PermanentJobError,
    };
  }
}

function checkProgress(value: JobProgress): JobProgress {
  if (JSON.stringify(value).length <= MAX_PROGRESS) return value;
  throw new RangeError(`A job's progress is over ${MAX_PROGRESS} characters`);
}

/** `code: message` without personal data, bounded. */
export function failureOf(error: unknown, code?: string): string {
  const message = scrubErrorMessage(error instanceof Error ? error.message : String(error));
  const ownCode = error instanceof PermanentJobError || isDomainError(error) ? error.code : 'error';
  return `${code ?? ownCode}: ${message}`.slice(0, MAX_FAILURE);
}
