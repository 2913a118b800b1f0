import { createTask, type ScheduledTask, type TaskContext, validateDetailed } from 'node-cron';
import { z } from 'zod';
import type { Clock, Instant } from '../clock/index.ts';
import type { Database } from '../db/index.ts';
import { DomainError } from '../errors/index.ts';
import type { Logger } from '../log/index.ts';
import type { JobType, Queue } from '../queue/index.ts';

/** The payload of every scheduled job: which firing it is. Its work is what should have happened by then. */
export const firingSchema = z.strictObject({ scheduledAt: z.int() });
export type Firing = z.infer<typeof firingSchema>;

export interface ScheduleEntry {
  /** Unique, kebab-case; part of the job's id. */
  name: string;
  /** A cron expression in UTC. Work in local time computes per zone what is due when it runs. */
  cron: string;
  job: JobType<Firing>;
}

export interface ScheduleOptions {
  db: Database;
  queue: Queue;
  clock: Clock;
  log: Logger;
}

/** Firings are remembered this long, so that a process with a late clock cannot fire one again; ms. */
const KEEP_FIRINGS_MS = 7 * 24 * 3_600_000;

/**
 * Turns instants into jobs, each instant once in the whole cluster: the firing's row and its job are one unit of
 * work. A firing missed while no process ran is not made up for: the next one does what should have happened by
 * then. Never for pacing.
 */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #entries = new Map<string, ScheduleEntry>();
  #tasks: ScheduledTask[] = [];
  readonly #firing = new Set<Promise<void>>();

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  /** @throws DomainError `bad_schedule` when the expression or the name is wrong */
  add(entry: ScheduleEntry): void {
    const { valid, errors } = validateDetailed(entry.cron);
    const issues = errors.map(({ field, message }) => ({ path: `/${field}`, code: 'bad_cron', message }));
    if (!valid || !/^[a-z][a-z0-9-]{0,49}$/.test(entry.name) || this.#entries.has(entry.name)) {
      throw new DomainError(
        'invalid',
        'bad_schedule',
        `The schedule ${entry.name} (${entry.cron}) is wrong`,
        { issues },
      );
    }
    this.#entries.set(entry.name, entry);
  }

  /** Begins to fire. @throws when the process does not live in UTC: see `platform/clock/utc-process.ts` */
  async start(): Promise<void> {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!['UTC', 'Etc/UTC'].includes(zone))
      throw new Error(`The schedule needs TZ=UTC, this process has ${zone}`);
    this.#tasks = [...this.#entries.values()].map((entry) => this.#createTask(entry));
    for (const task of this.#tasks) await task.start();
  }

  /** Fires no more, and waits for firings under way to be written. */
  async stop(): Promise<void> {
    for (const task of this.#tasks) await task.destroy();
    this.#tasks = [];
    await Promise.all(this.#firing);
  }

  /**
   * Fires a schedule for an instant, unless any process has done so.
   * @returns true when this call did
   */
  async fire(name: string, scheduledAt: Instant): Promise<boolean> {
    const entry = this.#entries.get(name);
    if (!entry) throw new DomainError('notFound', 'no_such_schedule', `There is no schedule ${name}`);
    const { db, queue, clock } = this.#options;
    const now = clock.now();
    return db.transact(async (tx) => {
      const won = await tx.raw(
        `insert into schedule_firings (schedule, scheduled_at, fired_at) values (?, ?, ?)
          on conflict do nothing returning schedule`,
        [name, scheduledAt, now],
      );
      if (won.length === 0) return false;
      await queue.add(entry.job, { scheduledAt }, { id: `${name}@${scheduledAt}`, tx });
      const old = Math.min(now, scheduledAt) - KEEP_FIRINGS_MS;
      await tx.raw('delete from schedule_firings where schedule = ? and scheduled_at < ?', [name, old]);
      return true;
    });
  }

  #createTask(entry: ScheduleEntry): ScheduledTask {
    const { log } = this.#options;
    const run = (context: TaskContext) => this.#track(entry.name, context.date.getTime());
    const logger = {
      info: (message: string) => log.info({ schedule: entry.name }, message),
      warn: (message: string) => log.warn({ schedule: entry.name }, message),
      error: (error: string | Error) => log.error({ schedule: entry.name, err: error }, 'node-cron failed'),
      debug: (message: string | Error) => log.debug({ schedule: entry.name }, String(message)),
    };
    return createTask(entry.cron, run, { name: entry.name, timezone: 'UTC', unref: true, logger });
  }

  /** The instant as every process computes it: the whole second the expression names. */
  async #track(name: string, at: Instant): Promise<void> {
    const scheduledAt = Math.floor(at / 1_000) * 1_000;
    const firing = this.fire(name, scheduledAt).then(
      () => {},
      (error: unknown) =>
        this.#options.log.error({ err: error, schedule: name, scheduledAt }, 'a firing was lost'),
    );
    this.#firing.add(firing);
    await firing.finally(() => this.#firing.delete(firing));
  }
}
