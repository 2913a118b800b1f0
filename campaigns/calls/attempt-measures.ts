import type { OutcomeName } from '../../dialer/ports.ts';
import type { Measures } from '../reports/index.ts';
import type { EndedAttempt } from './attempts-writer.ts';

/** Which measure an outcome is counted in besides `attempts`; answered ones are counted by their stages. */
const BY_OUTCOME: { readonly [outcome in OutcomeName]?: keyof Measures } = {
  machine: 'machines',
  fax: 'machines',
  noAnswer: 'no_answers',
  busy: 'busies',
  rejected: 'rejections',
  invalid: 'invalids',
  congestion: 'failures',
  failed: 'failures',
  unknown: 'failures',
  hungUpWaiting: 'hung_up_waiting',
};

/** A person was on the line. */
export function answeredByPerson({ outcome, connectedAt }: EndedAttempt): boolean {
  return (
    connectedAt !== null || outcome === 'answered' || outcome === 'abandoned' || outcome === 'hungUpWaiting'
  );
}

/** No agent within the limit: none at all, or one too late. */
export function isAbandoned({ outcome, connectedLate }: EndedAttempt): boolean {
  return outcome === 'abandoned' || connectedLate;
}

/**
 * What an ended attempt adds to the report. Cancelled before dialing: nothing.
 * @param first whether the lead was tried, and reached, for the first time
 */
export function attemptMeasures(
  attempt: EndedAttempt,
  first: { attempt: boolean; contact: boolean },
): Measures {
  const { outcome, orderedAt, ringingAt, answeredAt, connectedAt, endedAt } = attempt;
  if (outcome === 'cancelled') return {};
  const connected = connectedAt !== null;
  const measures: Measures = {
    attempts: 1,
    first_attempts: Number(first.attempt),
    answered: Number(answeredByPerson(attempt)),
    connected: Number(connected),
    first_contacts: Number(connected && first.contact),
    ring_ms: Math.max(0, (answeredAt ?? endedAt) - (ringingAt ?? orderedAt)),
    talk_ms: attempt.talkMs,
  };
  const own = BY_OUTCOME[outcome];
  if (own) measures[own] = 1;
  if (isAbandoned(attempt)) measures.abandoned = 1;
  if (answeredAt !== null && answeredByPerson(attempt)) {
    measures.wait_ms = Math.max(0, (connectedAt ?? endedAt) - answeredAt);
  }
  return measures;
}
