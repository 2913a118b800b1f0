import type { Instant } from '../../platform/clock/index.ts';
import type { EndedBy, HangupCause } from '../telephony/network-event.ts';
import { giveUpRinging } from './call-agent.ts';
import type { CallPolicy, CallState, CallStep } from './call-state.ts';
import { abandon, close, hangUpWith, nothing, preceded } from './call-steps.ts';
import type { Outcome } from './outcomes.ts';

/** How calls end, and which outcome that is. */

interface End {
  at: Instant;
  cause: HangupCause;
  by: EndedBy;
}

/** Before any answer. `normal` and `lost` say nothing of their own: see {@link unansweredOutcome}. */
const CAUSE_OUTCOME: { readonly [cause in HangupCause]: Outcome | undefined } = {
  normal: undefined,
  noAnswer: 'noAnswer',
  busy: 'busy',
  congestion: 'congestion',
  rejected: 'rejected',
  invalidNumber: 'invalid',
  trunkFailure: 'failed',
  cancelled: 'cancelled',
  lost: undefined,
};

export function onEnded(call: CallState, end: End, policy: CallPolicy): CallStep {
  const confirmed: CallState = { ...call, endConfirmed: true, endCause: end.cause, endedBy: end.by };
  const outcome = outcomeOf(call, end, policy);
  const closed = close(confirmed, end.at, outcome);
  // decided here for the first time: the ledger has not heard of it
  const fresh = outcome === 'abandoned' && call.verdict !== 'abandoned';
  return fresh ? preceded([{ type: 'markAbandoned', at: end.at }], closed) : closed;
}

function outcomeOf(call: CallState, end: End, policy: CallPolicy): Outcome {
  if (call.connectedAt !== undefined) return 'answered';
  if (call.answeredAt === undefined) return unansweredOutcome(call, end);
  if (call.verdict !== undefined) return call.verdict;
  if (call.answeredBy === 'machine') return 'machine';
  return waitedTooLong(call, end, policy) ? 'abandoned' : 'hungUpWaiting';
}

/** A normal clearing by the far end follows an answer (Q.850 cause 16): they hung up before we learnt of it. */
function unansweredOutcome(call: CallState, end: End): Outcome {
  const told = CAUSE_OUTCOME[end.cause];
  if (told !== undefined) return told;
  if (end.cause === 'normal' && end.by === 'customer') return 'hungUpWaiting';
  return call.verdict ?? 'unknown';
}

/** While detection still runs nobody knows a person was there, and an abandoned call needs a person. */
function waitedTooLong(call: CallState, end: End, policy: CallPolicy): boolean {
  if (call.phase === 'detecting') return false;
  // our own switch hung up without being told: its rule for people nobody came for
  if (end.by === 'system') return true;
  return end.at - (call.answeredAt ?? end.at) >= policy.connectWithinMs;
}

/** The switch no longer holds it: it ended while nobody heard. A snapshot from before the order proves nothing. */
export function onMissing(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  if (at <= call.orderedAt) return nothing(call);
  return onEnded(call, { at, cause: 'lost', by: 'network' }, policy);
}

/** Never left the house. Anything heard from the network proves otherwise. */
export function onNotPlaced(
  call: CallState,
  event: { at: Instant; reason: 'cancelled' | 'failed' },
): CallStep {
  if (call.phase !== 'ordered') return nothing(call);
  return close({ ...call, endConfirmed: true }, event.at, event.reason);
}

export function onHangUpRequested(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  switch (call.phase) {
    case 'ordered':
    case 'ringing':
      return giveUpRinging(call, at, { policy });
    case 'detecting':
    case 'waiting':
    case 'connecting':
      return abandon(call, at, policy);
    case 'connected':
    case 'parted':
      return hangUpWith(call, at, { verdict: 'answered', policy });
    case 'message':
      return hangUpWith(call, at, { verdict: 'abandoned', policy });
    default:
      return nothing(call);
  }
}
