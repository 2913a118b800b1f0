import type { BrowserClock } from '../clock/browser-clock.ts';
import {
  type Connection,
  type ConnectionEvent,
  longestSilence,
  newConnection,
  retryDelay,
  stepConnection,
} from './connection.ts';

/** The part of EventSource that is used, so that tests can do without a browser. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: { data?: unknown; lastEventId?: string }) => void): void;
  close(): void;
}

export type StreamKind = 'event' | 'sample' | 'live' | 'agent' | 'reset';
export type StreamListener = (kind: StreamKind | 'reopened', data: unknown) => void;

export interface LiveStream {
  connection(): Connection;
  /** Also send live numbers of this campaign; undefined: of none. Opens the stream. */
  watch(campaignId: string | undefined): void;
  /** Tries at once: the network is back, or the page is looked at again. */
  retryNow(): void;
  /** The network is known to be away. */
  networkLost(): void;
  onMessage(listener: StreamListener): () => void;
  onConnection(listener: () => void): () => void;
  close(): void;
}

const KINDS: readonly StreamKind[] = ['event', 'sample', 'live', 'agent', 'reset'];

interface Services {
  clock: BrowserClock;
  open(url: string): EventSourceLike;
}

/**
 * One stream of server-sent events that heals itself. EventSource reconnects only after some failures and never
 * notices a dead line, so every failure closes it and opens a new one, from the last id that was heard.
 */
export function createLiveStream(services: Services): LiveStream {
  return new HealingStream(services);
}

class HealingStream implements LiveStream {
  readonly #services: Services;
  readonly #messages = new Set<StreamListener>();
  readonly #connections = new Set<() => void>();
  #connection: Connection;
  #source: EventSourceLike | undefined;
  #campaignId: string | undefined;
  #cancelRetry: (() => void) | undefined;
  #cancelSilence: (() => void) | undefined;
  #opened = false;

  constructor(services: Services) {
    this.#services = services;
    this.#connection = newConnection(services.clock.now());
  }

  connection(): Connection {
    return this.#connection;
  }

  watch(campaignId: string | undefined): void {
    if (this.#source && campaignId === this.#campaignId) return;
    this.#campaignId = campaignId;
    this.#connect();
  }

  retryNow(): void {
    if (this.#connection.status === 'lost') this.#connect();
  }

  networkLost(): void {
    if (this.#connection.status !== 'lost') this.#fail();
  }

  onMessage(listener: StreamListener): () => void {
    this.#messages.add(listener);
    return () => this.#messages.delete(listener);
  }

  onConnection(listener: () => void): () => void {
    this.#connections.add(listener);
    return () => this.#connections.delete(listener);
  }

  close(): void {
    this.#release();
    this.#opened = false;
    this.#connection = newConnection(this.#services.clock.now());
  }

  #connect(): void {
    this.#release();
    this.#step({ type: 'opening', at: this.#services.clock.now() });
    const source = this.#services.open(this.#url());
    this.#source = source;
    source.addEventListener('open', () => this.#standing(source));
    source.addEventListener('error', () => source === this.#source && this.#fail());
    for (const kind of [...KINDS, 'hello', 'beat'] as const) {
      source.addEventListener(kind, ({ data, lastEventId }) => {
        if (source !== this.#source) return;
        this.#heard(lastEventId, kind === 'beat');
        if (kind !== 'hello' && kind !== 'beat') this.#tell(kind, parsed(data));
      });
    }
  }

  #url(): string {
    const query = new URLSearchParams();
    if (this.#campaignId) query.set('campaignId', this.#campaignId);
    if (this.#connection.lastEventId) query.set('lastEventId', this.#connection.lastEventId);
    return `/api/v1/events${query.size > 0 ? `?${query}` : ''}`;
  }

  #standing(source: EventSourceLike): void {
    if (source !== this.#source) return;
    this.#step({ type: 'opened', at: this.#services.clock.now() });
    this.#watchSilence();
    if (this.#opened) this.#tell('reopened', undefined); // what has no id was missed meanwhile
    this.#opened = true;
  }

  #heard(id: string | undefined, beat: boolean): void {
    this.#step({ type: 'heard', at: this.#services.clock.now(), ...(id && { id }), beat });
    this.#watchSilence();
  }

  #fail(): void {
    this.#release();
    this.#step({ type: 'failed', at: this.#services.clock.now() });
    this.#cancelRetry = this.#services.clock.after(retryDelay(this.#connection.failures), () =>
      this.#connect(),
    );
  }

  #watchSilence(): void {
    this.#cancelSilence?.();
    const longest = longestSilence(this.#campaignId !== undefined, this.#connection);
    this.#cancelSilence =
      longest === undefined ? undefined : this.#services.clock.after(longest, () => this.#fail());
  }

  #release(): void {
    this.#cancelRetry?.();
    this.#cancelSilence?.();
    this.#source?.close();
    this.#source = undefined;
  }

  #step(event: ConnectionEvent): void {
    const next = stepConnection(this.#connection, event);
    if (next === this.#connection) return;
    this.#connection = next;
    for (const listener of this.#connections) listener();
  }

  #tell(kind: StreamKind | 'reopened', data: unknown): void {
    for (const listener of this.#messages) listener(kind, data);
  }
}

function parsed(data: unknown): unknown {
  return typeof data === 'string' && data !== '' ? JSON.parse(data) : undefined;
}
