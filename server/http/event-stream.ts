import type { Response } from 'express';
import { z } from 'zod';
import { idField } from '../../campaigns/routes/index.ts';
import { ROLES, type Viewer } from '../../campaigns/scope/index.ts';
import type { SignedIn } from '../../campaigns/sessions/index.ts';
import type { Timer, Timers } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { EventStream, PublishedEvent } from '../../platform/events/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Logger } from '../../platform/log/index.ts';
import type { DialerControl, LiveChange } from './dialer-control.ts';
import { hears } from './event-scope.ts';
import { defineRawRoute, type RawRoute } from './http-route.ts';

export interface StreamServices {
  timers: Timers;
  log: Logger;
  events: EventStream;
  dialer: DialerControl;
  /** A campaign's numbers now. */
  live(campaignId: Id): Promise<unknown>;
  /** Asked again at every heartbeat: who is signed out or disabled hears no more. */
  stillSignedIn(signedIn: SignedIn): Promise<boolean>;
  /** @throws DomainError when the viewer may not see the campaign */
  assertSeesCampaign(viewer: Viewer, campaignId: Id): Promise<void>;
}

/** Proxies cut silent connections, often after 30 s. */
const HEARTBEAT_MS = 15_000;
/** Live numbers of one campaign at most so often. */
const LIVE_EVERY_MS = 1_000;
const MOST_PER_USER = 6;
const MOST_STREAMS = 5_000;
const BATCH = 200;
/** A client that does not read is cut off when so much waits for it; bytes. It comes back with its last id. */
const MOST_BUFFERED = 1_048_576;

export interface EventStreams {
  route: RawRoute;
  /** Ends all streams; new ones are refused. */
  close(): void;
  /** Open streams now. */
  count(): number;
}

const streamQuery = z.strictObject({
  campaignId: idField.optional().meta({ description: 'Also send live numbers of this campaign' }),
  lastEventId: z
    .string()
    .max(20)
    .optional()
    .meta({ description: 'As the Last-Event-ID header, which goes before' }),
});

/**
 * Server-sent events: `event` (published, with an id to resume from), `live` (a campaign's numbers now) and `agent`
 * (the viewer's own desk changed: ask for it) without one.
 */
export function createEventStreams(services: StreamServices): EventStreams {
  const open = new Set<Stream>();
  let closed = false;
  const route = defineRawRoute({
    method: 'get',
    path: '/events',
    roles: ROLES,
    tag: 'Live',
    summary: 'Server-sent events of what the viewer sees, resumed by Last-Event-ID',
    description: `\`event\`: {type, at, campaignId, payload}, with an id. \`sample\`: the same, worth nothing a moment later, without one. \`live\`: numbers of \`campaignId\`, about every second. \`agent\`: the viewer's own desk changed. \`reset\`: too much was missed, read everything again. \`beat\`: the line is alive, every ${HEARTBEAT_MS / 1000} s.`,
    query: streamQuery,
    streams: 'text/event-stream',
    async serve({ req, res, signedIn, query }) {
      if (!signedIn) return;
      assertRoom(open, signedIn, closed);
      const from = await startOf(services.events, req.get('last-event-id') ?? query.lastEventId);
      if (query.campaignId) await assertLive(services, signedIn.viewer, query.campaignId);
      assertRoom(open, signedIn, closed); // others may have come while we asked
      const stream = new Stream(services, { res, signedIn, from, campaignId: query.campaignId });
      open.add(stream);
      res.once('close', () => {
        stream.stop();
        open.delete(stream);
      });
      stream.start();
    },
  });
  const close = () => {
    closed = true;
    for (const stream of open) stream.end();
  };
  return { route, close, count: () => open.size };
}

async function assertLive(services: StreamServices, viewer: Viewer, campaignId: Id): Promise<void> {
  if (viewer.role === 'agent') {
    throw new DomainError('forbidden', 'role_forbidden', 'Live numbers of a campaign are not for agents');
  }
  await services.assertSeesCampaign(viewer, campaignId);
}

function assertRoom(open: ReadonlySet<Stream>, { user }: SignedIn, closed: boolean): void {
  if (closed) throw new DomainError('unavailable', 'shutting_down', 'The server is stopping: connect again');
  const own = [...open].filter((stream) => stream.userId === user.id).length;
  if (own >= MOST_PER_USER || open.size >= MOST_STREAMS) {
    throw new DomainError('tooMany', 'too_many_streams', 'Close another page of this application first', {
      params: { max: MOST_PER_USER },
    });
  }
}

async function startOf(events: EventStream, lastEventId: string | undefined): Promise<number> {
  if (lastEventId === undefined) return events.lastSequence();
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  throw new DomainError('invalid', 'bad_last_event_id', 'Last-Event-ID is a number that this stream gave');
}

interface StreamOptions {
  res: Response;
  signedIn: SignedIn;
  from: number;
  campaignId: Id | undefined;
}

/** One open connection. */
class Stream {
  readonly userId: Id;
  readonly #services: StreamServices;
  readonly #options: StreamOptions;
  #sequence: number;
  #pumping = false;
  #again = false;
  #stopped = false;
  #heartbeat: Timer | undefined;
  #live: Timer | undefined;
  #unsubscribe: (() => void)[] = [];

  constructor(services: StreamServices, options: StreamOptions) {
    this.#services = services;
    this.#options = options;
    this.userId = options.signedIn.user.id;
    this.#sequence = options.from;
  }

  start(): void {
    const { res, campaignId } = this.#options;
    res.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    res.flushHeaders();
    // a number to resume from, also for who hears nothing before the connection breaks
    this.#write(`retry: 2000\nid: ${this.#sequence}\nevent: hello\ndata: {}\n\n`);
    this.#unsubscribe = [
      this.#services.events.bus.subscribe((event) => this.#told(event)),
      this.#services.dialer.onChange((change) => this.#changed(change)),
    ];
    this.#beat();
    this.#wake();
    if (campaignId) this.#guard(this.#sendLive(campaignId));
  }

  stop(): void {
    this.#stopped = true;
    this.#heartbeat?.cancel();
    this.#live?.cancel();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  end(): void {
    this.stop();
    this.#options.res.end();
  }

  #beat(): void {
    this.#heartbeat = this.#services.timers.after(HEARTBEAT_MS, () => {
      this.#write('event: beat\ndata: {}\n\n');
      this.#guard(this.#checkSession());
    });
  }

  async #checkSession(): Promise<void> {
    if (!(await this.#services.stillSignedIn(this.#options.signedIn))) return this.end();
    if (!this.#stopped) this.#beat();
  }

  /** One pump at a time; a wake-up during it makes it look once more. */
  #wake(): void {
    this.#again = true;
    if (!this.#pumping) this.#guard(this.#pump());
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        await this.#sendNew();
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** Durable events are read from the store, so that none is missed or told twice; samples are passed on. */
  #told(event: PublishedEvent): void {
    if (event.sequence !== undefined) this.#wake();
    else if (hears(this.#options.signedIn.viewer, event.scope)) this.#write(frame('sample', event));
  }

  async #sendNew(): Promise<void> {
    for (;;) {
      const { events, gap } = await this.#services.events.readSince(this.#sequence, BATCH);
      if (this.#stopped) return;
      if (gap) return this.#startAnew();
      for (const event of events) this.#send(event);
      if (events.length < BATCH) return;
    }
  }

  /** What came after the client's last id is forgotten: it fetches its picture again and goes on from now. */
  async #startAnew(): Promise<void> {
    this.#sequence = await this.#services.events.lastSequence();
    this.#write(`id: ${this.#sequence}\nevent: reset\ndata: {}\n\n`);
  }

  #send(event: PublishedEvent & { sequence: number }): void {
    this.#sequence = event.sequence;
    if (!hears(this.#options.signedIn.viewer, event.scope)) return;
    this.#write(`id: ${event.sequence}\n${frame('event', event)}`);
  }

  #changed(change: LiveChange): void {
    if (change.type === 'agent' && change.agentId === this.userId) {
      this.#write('event: agent\ndata: {}\n\n');
    }
  }

  async #sendLive(campaignId: Id): Promise<void> {
    const view = await this.#services.live(campaignId);
    if (this.#stopped) return;
    this.#write(`event: live\ndata: ${JSON.stringify(view)}\n\n`);
    this.#live = this.#services.timers.after(LIVE_EVERY_MS, () => this.#guard(this.#sendLive(campaignId)));
  }

  /** A stream that fails ends, and its client comes back with its last id. */
  #guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#services.log.warn({ err: error, userId: this.userId }, 'An event stream failed and was ended');
      this.end();
    });
  }

  #write(text: string): void {
    if (this.#stopped) return;
    this.#options.res.write(text);
    if (this.#options.res.writableLength > MOST_BUFFERED) this.#options.res.destroy();
  }
}

function frame(kind: string, { name, payload, scope, occurredAt }: PublishedEvent): string {
  const { campaignId } = scope;
  return `event: ${kind}\ndata: ${JSON.stringify({ type: name, at: occurredAt, campaignId, payload })}\n\n`;
}
