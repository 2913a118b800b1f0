import type { Instant, Timer } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { CallState } from '../core/call-state.ts';
import type { AttemptFacts } from '../ports.ts';

/** One attempt as the engine holds it, from the order until its outcome. */
export interface Line {
  /** What is written down of it. */
  facts: AttemptFacts;
  /** Undefined while the claim is being committed: ordered, but nothing left the house. */
  call: CallState | undefined;
  trunkId: Id;
  callerId: string | null;
  ticket: Id;
  ticketExpiresAt: Instant;
  /** The agent it is dialed for, in preview and for a promised callback. */
  reservedFor: Id | null;
  /** Fires at the call's deadline. */
  deadline: Timer | undefined;
  deadlineAt: Instant | undefined;
  /** Its number may no longer be called: the claim is given up when it is on disk. */
  withdrawn: boolean;
  /** The pacer was told that a person answered. */
  toldAnswered: boolean;
}

/** True while the called party's phone rings, as pacing counts it: from the order to an answer or an end. */
export function isRinging(line: Line): boolean {
  const phase = line.call?.phase;
  return phase === undefined || phase === 'ordered' || phase === 'ringing' || phase === 'detecting';
}

/** True while a person waits for an agent. */
export function isWaiting(line: Line): boolean {
  return line.call?.phase === 'waiting';
}
