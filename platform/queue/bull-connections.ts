import Bull from 'bull';
import type { Timers } from '../clock/index.ts';
import { DomainError } from '../errors/index.ts';
import type { Logger } from '../log/index.ts';

export type RedisClient = Bull.Queue['client'];

/** How long a request may wait for Redis when the connection breaks under it; ms. */
const COMMAND_LIMIT_MS = 3_000;
/** How long the first connection may take; ms. */
const CONNECT_LIMIT_MS = 10_000;

/**
 * The connections of all Bull queues of a process, of two tempers:
 * - a producer fails at once, or in three seconds when the connection breaks under it (Bull's own default never
 *   settles), so that a request can answer; what it had sent may still arrive;
 * - a worker waits for Redis to come back, so that the end of a job is not lost in a short outage. Its blocking
 *   client is one per queue, the rest is shared.
 *
 * Each temper's connections are made by a queue of Bull's that holds no jobs: Bull then applies the options
 * that its subscriber and blocking clients must have.
 */
export class BullConnections {
  readonly #prefix: string;
  readonly #log: Logger;
  readonly #producer: Bull.Queue;
  readonly #worker: Bull.Queue;
  readonly #blocking: RedisClient[] = [];

  constructor({ redisUrl, prefix, log }: { redisUrl: string; prefix: string; log: Logger }) {
    this.#prefix = prefix;
    this.#log = log;
    const redis = { ...redisOptions(redisUrl), retryStrategy: reconnectDelayMs };
    // No finite maxRetriesPerRequest: with it ioredis 5 can stop reconnecting for good (ioredis#2099).
    const failFast = {
      maxRetriesPerRequest: null,
      enableOfflineQueue: false,
      commandTimeout: COMMAND_LIMIT_MS,
    };
    this.#producer = this.#connectionsOnly({ ...redis, ...failFast });
    this.#worker = this.#connectionsOnly({ ...redis, maxRetriesPerRequest: null });
  }

  /** @throws DomainError `queue_unavailable` when Redis does not answer in time */
  async connect(timers: Timers): Promise<void> {
    // Bull's own isReady resolves before the connection stands
    const ready = Promise.all([connected(this.#producer.client), connected(this.#worker.client)]);
    await new Promise<void>((resolve, reject) => {
      const timer = timers.after(CONNECT_LIMIT_MS, () => reject(queueUnavailable(undefined)));
      void ready.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  /** A queue to add to and to look at. */
  producer(name: string): Bull.Queue {
    return this.#queue(name, {
      createClient: (kind) => (kind === 'client' ? this.#producer.client : this.#worker.client),
    });
  }

  /** A queue to work on. */
  worker(name: string, settings: Bull.AdvancedSettings): Bull.Queue {
    return this.#queue(name, { settings, createClient: (kind) => this.#workerClient(kind) });
  }

  async close(): Promise<void> {
    for (const client of this.#blocking) client.disconnect();
    await Promise.all([this.#producer.close(true), this.#worker.close(true)]);
  }

  #workerClient(kind: 'client' | 'subscriber' | 'bclient'): RedisClient {
    if (kind === 'client') return this.#worker.client;
    if (kind === 'subscriber') return subscriberOf(this.#worker);
    const client = this.#worker.client.duplicate({ maxRetriesPerRequest: null, enableReadyCheck: false });
    this.#blocking.push(client);
    return client;
  }

  #connectionsOnly(redis: NonNullable<Exclude<Bull.QueueOptions['redis'], string>>): Bull.Queue {
    return this.#watched(new Bull('connections', { redis, prefix: this.#prefix, ...SKIP_VERSION_CHECK }));
  }

  #queue(name: string, options: Bull.QueueOptions): Bull.Queue {
    return this.#watched(new Bull(name, { ...options, prefix: this.#prefix, ...SKIP_VERSION_CHECK }));
  }

  #watched(queue: Bull.Queue): Bull.Queue {
    // every queue on a shared connection may have a listener on it
    return queue.on('error', (error) =>
      this.#log.warn({ err: error, queue: queue.name }, 'Redis connection'),
    );
  }
}

/** Bull reads it, its types do not know it: the check asks a client that may not be connected yet. */
const SKIP_VERSION_CHECK = { skipVersionCheck: true } as const;

/** Bull's own default leaves up to twenty seconds between attempts. */
function reconnectDelayMs(attempt: number): number {
  return Math.min(attempt * 200, 2_000);
}

function connected(client: RedisClient): Promise<void> {
  if (client.status === 'ready') return Promise.resolve();
  return new Promise((resolve) => client.once('ready', () => resolve()));
}

/** The subscriber Bull made for this queue; a property its types leave out. */
function subscriberOf(queue: Bull.Queue): RedisClient {
  return (queue as unknown as { eclient: RedisClient }).eclient;
}

function redisOptions(redisUrl: string) {
  const url = new URL(redisUrl);
  const db = Number(url.pathname.slice(1) || '0');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || '6379'),
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    ...(Number.isInteger(db) ? { db } : {}),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

export function queueUnavailable(cause: unknown): DomainError {
  const message = 'The job queue cannot reach Redis (REDIS_URL): try again';
  return new DomainError('unavailable', 'queue_unavailable', message, { cause });
}
