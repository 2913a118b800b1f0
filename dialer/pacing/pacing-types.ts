import type { Explanation } from './explanation.ts';
import type { PacerSnapshot } from './pacer-snapshot.ts';

/** How an agent gets calls; `preview` places none by itself, because the agent decides. */
export type DialMode = 'preview' | 'progressive' | 'ratio' | 'predictive';

/** What the abandon limit is measured over. */
export type AbandonWindow =
  | { kind: 'localDay'; timeZone: string }
  | { kind: 'campaignBlock'; days: number } // successive blocks from startedAt
  | { kind: 'calendarMonth'; timeZone: string }
  | { kind: 'rolling'; hours: number }; // judged at each full hour

/** What is believed before the first call. */
export interface PacingPrior {
  answerRate?: number;
  answerRingMs?: number;
  unansweredRingMs?: number;
  talkMs?: number;
  wrapUpMs?: number;
  /** How many observed calls the belief is worth. */
  weight?: number;
  /** Already counted in the current abandon window (a restart). */
  window?: { answered: number; abandoned: number };
}

export interface PacerOptions {
  mode: DialMode;
  /** The limit, as a fraction: 0.03. */
  targetAbandonRate: number;
  /** An answered person not with an agent by then is abandoned: 2000. */
  connectWithinMs: number;
  /** UTC ms. */
  startedAt: number;
  /** Lines per available agent, in `ratio` mode only. */
  ratio?: number;
  /** Trunk capacity: ringing, waiting and connected lines together. */
  maxLines?: number;
  /** Ringing lines per agent who is logged in and not paused. */
  maxLinesPerAgent?: number;
  maxCallsPerSecond?: number;
  /** Default `{ kind: 'localDay', timeZone: 'UTC' }`. */
  abandonWindow?: AbandonWindow;
  prior?: PacingPrior;
}

export interface ViewedAgent {
  id: string;
  state: 'available' | 'connected' | 'wrapUp' | 'paused';
  /** When this state began, UTC ms. */
  since: number;
}

export interface ViewedLine {
  id: string;
  dialedAt: number;
  answerProbability?: number;
  /** The agent this call belongs to (a callback); it is not part of the shared pool. */
  reservedFor?: string;
}

/** A person who answered and has no agent yet. */
export interface WaitingPerson {
  id: string;
  answeredAt: number;
}

/** The floor now: a snapshot, of which nothing is kept by reference. */
export interface PacingView {
  now: number;
  agents: ViewedAgent[];
  ringing: ViewedLine[];
  waiting: WaitingPerson[];
}

export type PacingObservation =
  | { type: 'answered'; callId: string; at: number; ringMs: number } // by a person
  | { type: 'unanswered'; callId: string; at: number; ringMs: number; outcome?: string }
  | { type: 'connected'; callId: string; at: number; agentId: string }
  | { type: 'abandoned'; callId: string; at: number }
  | { type: 'talkEnded'; callId: string; at: number; agentId: string; talkMs: number }
  | { type: 'wrapUpEnded'; callId: string; at: number; agentId: string; wrapUpMs: number };

/** What can be changed while running; the window and its start cannot, because its count would be lost. */
export type PacerChanges = Partial<
  Pick<
    PacerOptions,
    | 'mode'
    | 'targetAbandonRate'
    | 'connectWithinMs'
    | 'ratio'
    | 'maxLines'
    | 'maxLinesPerAgent'
    | 'maxCallsPerSecond'
  >
>;

export interface Pacer {
  /** Takes one event of the floor, in the order of happening. Bad numbers in it are refused by an error. */
  observe(observation: PacingObservation): void;
  /** How many calls to place now: an integer >= 0. To be called after every event and every 250 ms. */
  callsToPlace(view: PacingView): number;
  /** Why the last decision came out as it did; undefined before the first. */
  explain(): Explanation | undefined;
  /** Changes limit, mode or caps from the next decision on; what was learned stays. */
  configure(changes: PacerChanges): void;
  /** All that was learned and counted, as plain JSON data. */
  snapshot(): PacerSnapshot;
  /** Puts a snapshot back; throws `pacing_snapshot_invalid` and changes nothing if it cannot be read. */
  restore(snapshot: unknown): void;
}
