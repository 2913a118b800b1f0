import type { Instant } from '../../platform/clock/index.ts';
import { assertNever } from '../../platform/errors/index.ts';
import {
  onAgentAssigned,
  onAgentBack,
  onAgentHungUp,
  onAgentLost,
  onConnected,
  onConnectFailed,
} from './call-agent.ts';
import { onAnswered, onMessageEnded, onPickedUp, onRinging } from './call-answer.ts';
import { onEnded, onHangUpRequested, onMissing, onNotPlaced } from './call-end.ts';
import { onFound } from './call-reconcile.ts';
import type { CallEvent, CallPhase, CallPolicy, CallState, CallStep } from './call-state.ts';
import { nothing } from './call-steps.ts';
import { onTimeUp } from './call-time.ts';
import type { Outcome } from './outcomes.ts';

export interface NewCall {
  attemptId: string;
  at: Instant;
  /** The agent it is dialed for (preview, callback). */
  reservedFor?: string | undefined;
}

/** A call at the moment its order is durable and about to be handed to the switch. */
export function startCall(call: NewCall, policy: CallPolicy): CallState {
  return {
    attemptId: call.attemptId,
    phase: 'ordered',
    orderedAt: call.at,
    reservedFor: call.reservedFor,
    deadline: call.at + policy.ringTimeoutMs + policy.ringGraceMs,
    ringingAt: undefined,
    answeredAt: undefined,
    answeredBy: undefined,
    agentId: undefined,
    connectedAt: undefined,
    talkEndedAt: undefined,
    rejoiningSince: undefined,
    endedAt: undefined,
    endCause: undefined,
    endedBy: undefined,
    verdict: undefined,
    outcome: undefined,
    optedOut: false,
    asked: false,
    endConfirmed: false,
  };
}

/** An inbound call we take off the hook: it waits from now on, under its queue's policy. */
export function startInboundCall(call: NewCall, policy: CallPolicy): CallState {
  const { at } = call;
  const started = startCall(call, policy);
  return {
    ...started,
    phase: 'waiting',
    answeredAt: at,
    answeredBy: 'person',
    deadline: at + policy.connectWithinMs,
  };
}

/** What our books say of a call that was open when the process went away. */
export interface RememberedCall extends NewCall {
  answeredAt?: Instant | undefined;
  /** The agent assigned or, with `connectedAt`, joined. */
  agentId?: string | undefined;
  connectedAt?: Instant | undefined;
  /** We hung up on the talk; the end was not heard of. */
  talkEndedAt?: Instant | undefined;
  /** Already settled, with the call still up: `abandoned` once marked, `machine` once a message was begun. */
  verdict?: Outcome | undefined;
}

/**
 * A call taken up again after a restart; reconcile it next with `found` or `missing`.
 * @param now when it is taken up. While no fact is known, a line that may still ring is not given up before its time.
 */
export function resumeCall(call: RememberedCall, now: Instant, policy: CallPolicy): CallState {
  const started = startCall(call, policy);
  const phase = resumedPhase(call);
  const asked = now + policy.askGraceMs;
  return {
    ...started,
    phase,
    answeredAt: call.answeredAt,
    connectedAt: call.connectedAt,
    talkEndedAt: call.talkEndedAt,
    agentId: call.agentId,
    verdict: call.talkEndedAt === undefined ? call.verdict : 'answered',
    asked: true,
    deadline: phase === 'ordered' ? Math.max(started.deadline ?? now, asked) : asked,
  };
}

function resumedPhase(call: RememberedCall): CallPhase {
  if (call.talkEndedAt !== undefined) return 'hangingUp';
  if (call.connectedAt !== undefined) return 'connected';
  if (call.verdict !== undefined) return 'message';
  if (call.agentId !== undefined) return 'connecting';
  return call.answeredAt === undefined ? 'ordered' : 'waiting';
}

/**
 * One event to one call: its next state and what to do. Pure. Any event may come twice, late, in the wrong order or
 * never; the call still ends in exactly one `recordOutcome`, provided that a `timeUp` is delivered at each deadline.
 */
export function stepCall(call: CallState, event: CallEvent, policy: CallPolicy): CallStep {
  if (call.phase === 'ended') return afterEnd(call, event);
  switch (event.type) {
    case 'ringing':
      return onRinging(call, event.at);
    case 'pickedUp':
      return onPickedUp(call, event.at, policy);
    case 'answered':
      return onAnswered(call, event, policy);
    case 'messageEnded':
      return onMessageEnded(call, event, policy);
    case 'agentAssigned':
      return onAgentAssigned(call, event, policy);
    case 'connected':
      return onConnected(call, event, policy);
    case 'connectFailed':
      return onConnectFailed(call, event, policy);
    case 'agentHungUp':
      return onAgentHungUp(call, event, policy);
    case 'agentLost':
      return onAgentLost(call, event, policy);
    case 'agentBack':
      return onAgentBack(call, event, policy);
    case 'hangUpRequested':
      return onHangUpRequested(call, event.at, policy);
    case 'notPlaced':
      return onNotPlaced(call, event);
    case 'ended':
      return onEnded(call, event, policy);
    case 'missing':
      return onMissing(call, event.at, policy);
    case 'found':
      return onFound(call, event, policy);
    case 'timeUp':
      return onTimeUp(call, event.at, policy);
    default:
      return assertNever(event);
  }
}

/** An ended call has its outcome for good. What may still be owed: an opt-out, and an end to a line we gave up on. */
function afterEnd(call: CallState, event: CallEvent): CallStep {
  switch (event.type) {
    case 'ended':
      return call.endConfirmed ? nothing(call) : nothing({ ...call, endConfirmed: true });
    case 'messageEnded':
      if (!event.optedOut || call.optedOut) return nothing(call);
      return { state: { ...call, optedOut: true }, commands: [{ type: 'optOut', at: event.at }] };
    case 'agentAssigned':
      if (event.agentId === call.agentId) return nothing(call);
      return { state: call, commands: [{ type: 'releaseAgent', agentId: event.agentId, at: event.at }] };
    case 'found':
      return { state: call, commands: [{ type: 'hangUp', by: 'system' }] };
    case 'pickedUp':
    case 'answered':
    case 'connected':
      return call.endConfirmed
        ? nothing(call)
        : { state: call, commands: [{ type: 'hangUp', by: 'system' }] };
    default:
      return nothing(call);
  }
}
