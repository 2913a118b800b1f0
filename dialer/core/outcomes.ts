/** What the network (or we) said of an attempt. Every attempt ends in exactly one. The agent's word is the disposition. */
export const OUTCOMES = [
  'answered', // the customer and an agent were connected
  'machine',
  'fax',
  'noAnswer',
  'busy',
  'congestion',
  'rejected',
  'invalid',
  'failed', // a part of ours or the trunk failed before the phone could ring
  'cancelled', // before dialing: nothing left our house
  'hungUpWaiting', // the customer hung up before the limit, no agent yet
  'abandoned', // answered, and no agent within the limit
  'unknown', // nobody can say any more: a crash, a silent network
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes that use up one of the attempts a lead's number has. A failure of ours never does. */
export const costsAnAttempt: ReadonlySet<Outcome> = new Set<Outcome>([
  'answered',
  'machine',
  'fax',
  'noAnswer',
  'busy',
  'rejected',
  'invalid',
  'hungUpWaiting',
  'abandoned',
]);

/**
 * Outcomes after which the called party's phone may have rung: what legal frequency caps count. `unknown` is in,
 * although it costs the lead nothing: in doubt the person was called.
 */
export const mayHaveRung: ReadonlySet<Outcome> = new Set<Outcome>([
  'answered',
  'machine',
  'fax',
  'noAnswer',
  'busy',
  'rejected',
  'hungUpWaiting',
  'abandoned',
  'unknown',
]);

/** Picked up by a person, as far as anybody knows. */
export const liveAnswered: ReadonlySet<Outcome> = new Set<Outcome>([
  'answered',
  'hungUpWaiting',
  'abandoned',
]);

/**
 * What an abandon rate is made of: abandoned over these. Someone who hangs up before the limit is in neither, since
 * the rules are silent on it (a campaign may choose otherwise; reports show both).
 */
export const inAbandonRate: ReadonlySet<Outcome> = new Set<Outcome>(['answered', 'abandoned']);

/** Ours or the carrier's failure: says nothing about the lead, something about a trunk or a process. */
export const ourFailure: ReadonlySet<Outcome> = new Set<Outcome>([
  'congestion',
  'failed',
  'cancelled',
  'unknown',
]);

export function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'string' && (OUTCOMES as readonly string[]).includes(value);
}
