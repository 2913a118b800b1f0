/** How the stream of events stands. Pure: what happened and when comes in, the next state comes out. */
export interface Connection {
  readonly status: 'connecting' | 'open' | 'lost';
  /** Of the status; UTC ms. */
  readonly since: number;
  /** Tries since it last stood. */
  readonly failures: number;
  /** Where to go on from. */
  readonly lastEventId: string | undefined;
  /** A heartbeat was seen: from then on silence means that the line is dead. */
  readonly beats: boolean;
}

export type ConnectionEvent =
  | { type: 'opening'; at: number }
  | { type: 'opened'; at: number }
  | { type: 'failed'; at: number }
  | { type: 'heard'; at: number; id?: string; beat?: boolean };

export function newConnection(at: number): Connection {
  return { status: 'connecting', since: at, failures: 0, lastEventId: undefined, beats: false };
}

export function stepConnection(before: Connection, event: ConnectionEvent): Connection {
  const { at } = event;
  switch (event.type) {
    case 'opening':
      return before.status === 'open' ? { ...before, status: 'connecting', since: at } : before;
    case 'opened':
      return { ...before, status: 'open', since: at, failures: 0 };
    case 'failed': {
      const since = before.status === 'lost' ? before.since : at;
      return { ...before, status: 'lost', since, failures: before.failures + 1 };
    }
    case 'heard': {
      const lastEventId = event.id ? event.id : before.lastEventId;
      const beats = before.beats || event.beat === true;
      return lastEventId === before.lastEventId && beats === before.beats
        ? before
        : { ...before, lastEventId, beats };
    }
  }
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** How long to wait before the next try: 1, 2, 4, 8, then 15 s. */
export function retryDelay(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1));
}

const LIVE_SILENCE_MS = 10_000;
const BEAT_SILENCE_MS = 40_000;

/** So long silence is borne, ms: live numbers come every second, heartbeats every 15 s. Undefined: for ever. */
export function longestSilence(watching: boolean, { beats }: Connection): number | undefined {
  if (watching) return LIVE_SILENCE_MS;
  return beats ? BEAT_SILENCE_MS : undefined;
}
