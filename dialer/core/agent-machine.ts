import type { Instant } from '../../platform/clock/index.ts';
import { assertNever } from '../../platform/errors/index.ts';
import type {
  AgentEvent,
  AgentInterval,
  AgentPolicy,
  AgentRefusal,
  AgentResult,
  AgentSession,
  AgentState,
  PauseReason,
} from './agent-state.ts';

/** An agent who is not there yet. */
export function newAgentSession(agentId: string, at: Instant): AgentSession {
  return {
    agentId,
    state: 'loggedOut',
    since: at,
    reason: undefined,
    workId: undefined,
    phoneReady: false,
    owes: undefined,
    disposed: false,
    wrapUpEndsAt: undefined,
    extended: false,
    pending: undefined,
  };
}

/** Whether a pool call may be given to them now. */
export function canTakeCall(session: AgentSession): boolean {
  return session.state === 'available' && session.phoneReady;
}

/**
 * One event to one agent. Pure. A change that the state does not allow is refused with a code and changes nothing.
 * The stretches it closes follow each other without gap or overlap: an `at` before the present stretch counts as
 * its beginning, so that a clock stepping back cannot make negative time.
 */
export function stepAgent(session: AgentSession, event: AgentEvent, policy: AgentPolicy): AgentResult {
  if (session.state === 'loggedOut') return whileLoggedOut(session, event);
  switch (event.type) {
    case 'login':
      return refuse(session, 'already_logged_in');
    case 'ready':
      return onReady(session, event.at);
    case 'pause':
      return onPause(session, event);
    case 'logout':
      return onLogout(session, event);
    case 'reserved':
      if (!canTakeCall(session)) return refuse(session, 'not_available');
      return moved(session, event.at, { state: 'reserved', workId: event.workId });
    case 'reservationEnded':
      return session.state === 'reserved' && session.workId === event.workId
        ? afterWork(session, event.at)
        : refuse(session, 'other_call');
    case 'callAssigned':
      return onAssigned(session, event.at, event.callId);
    case 'callReleased':
      return isAbout(session, event.callId, 'ringing')
        ? afterWork(session, event.at)
        : refuse(session, 'other_call');
    case 'callConnected':
      if (!isAbout(session, event.callId, 'ringing')) return refuse(session, 'other_call');
      return moved(session, event.at, { state: 'connected', workId: event.callId });
    case 'callResumed':
      if (session.state !== 'paused' || session.owes !== undefined) return refuse(session, 'not_available');
      return moved(session, event.at, { state: 'connected', workId: event.callId });
    case 'callEnded':
      return onCallEnded(session, event, policy);
    case 'disposed':
      return onDisposed(session, event.at, event.callId);
    case 'wrapUpExtended':
      return onExtended(session, policy);
    case 'wrapUpExpired':
      return onWrapUpExpired(session, event.at);
    case 'phoneLost':
      return onPhoneLost(session, event.at);
    case 'phoneReady':
      return stays({ ...session, phoneReady: true });
    default:
      return assertNever(event);
  }
}

/** Disposing what they still owe is allowed from outside; the phone may come up before the login. */
function whileLoggedOut(session: AgentSession, event: AgentEvent): AgentResult {
  switch (event.type) {
    case 'login': {
      const reason = session.owes === undefined ? 'signed_in' : 'no_disposition';
      return moved(session, event.at, { state: 'paused', reason });
    }
    case 'disposed':
      return session.owes === event.callId
        ? stays({ ...session, owes: undefined })
        : refuse(session, 'other_call');
    case 'phoneReady':
      return stays({ ...session, phoneReady: true });
    case 'phoneLost':
      return stays({ ...session, phoneReady: false });
    default:
      return refuse(session, 'logged_out');
  }
}

function onReady(session: AgentSession, at: Instant): AgentResult {
  if (session.pending !== undefined && session.state !== 'paused')
    return stays({ ...session, pending: undefined });
  if (session.state !== 'paused') return refuse(session, 'no_change');
  if (session.owes !== undefined) return refuse(session, 'disposition_missing');
  if (!session.phoneReady) return refuse(session, 'phone_not_ready');
  return moved(session, at, { state: 'available' });
}

function onPause(session: AgentSession, event: Extract<AgentEvent, { type: 'pause' }>): AgentResult {
  const { at, reason } = event;
  if (mustWait(session, event))
    return { ...stays({ ...session, pending: { type: 'pause', reason } }), deferred: true };
  if (session.state === 'paused' && session.reason === reason) return refuse(session, 'no_change');
  return moved(session, at, { state: 'paused', reason });
}

function onLogout(session: AgentSession, event: Extract<AgentEvent, { type: 'logout' }>): AgentResult {
  if (mustWait(session, event))
    return { ...stays({ ...session, pending: { type: 'logout' } }), deferred: true };
  return moved(session, event.at, { state: 'loggedOut' });
}

/** A phone that rings for them already is not cut off, and whoever picks it up finds them. */
function mustWait(session: AgentSession, { afterWork }: { afterWork?: boolean }): boolean {
  return isBusy(session) || (afterWork === true && session.state === 'reserved');
}

function onAssigned(session: AgentSession, at: Instant, callId: string): AgentResult {
  if (session.state !== 'available' && session.state !== 'reserved') return refuse(session, 'not_available');
  if (!session.phoneReady) return refuse(session, 'phone_not_ready');
  // a reservation turns into its call here, it is not given back
  return { ...moved(session, at, { state: 'ringing', workId: callId }), released: undefined };
}

function onCallEnded(
  session: AgentSession,
  event: { at: Instant; callId: string },
  policy: AgentPolicy,
): AgentResult {
  if (session.state !== 'connected') return refuse(session, 'not_in_call');
  if (session.workId !== event.callId) return refuse(session, 'other_call');
  if (session.disposed) return afterWork(session, event.at);
  const from = Math.max(event.at, session.since);
  const wrapUpEndsAt = policy.wrapUpMs === undefined ? undefined : from + policy.wrapUpMs;
  return moved({ ...session, owes: event.callId }, event.at, {
    state: 'wrapUp',
    workId: event.callId,
    wrapUpEndsAt,
  });
}

/** During the talk, in wrap-up, or later for the call they still owe. */
function onDisposed(session: AgentSession, at: Instant, callId: string): AgentResult {
  if (isAbout(session, callId, 'connected')) {
    return session.disposed ? refuse(session, 'no_change') : stays({ ...session, disposed: true });
  }
  if (session.owes !== callId) return refuse(session, 'other_call');
  const settled: AgentSession = { ...session, owes: undefined };
  const waitedForIt = session.state === 'wrapUp' || session.reason === 'no_disposition';
  return waitedForIt ? afterWork(settled, at) : stays(settled);
}

function onExtended(session: AgentSession, policy: AgentPolicy): AgentResult {
  if (session.state !== 'wrapUp' || session.wrapUpEndsAt === undefined)
    return refuse(session, 'not_in_wrap_up');
  if (session.extended) return refuse(session, 'already_extended');
  const wrapUpEndsAt = session.wrapUpEndsAt + policy.wrapUpExtensionMs;
  return stays({ ...session, extended: true, wrapUpEndsAt });
}

/** The system never disposes for them: they are paused until they do. Someone who asked to leave may leave owing. */
function onWrapUpExpired(session: AgentSession, at: Instant): AgentResult {
  if (session.state !== 'wrapUp' || session.wrapUpEndsAt === undefined)
    return refuse(session, 'not_in_wrap_up');
  if (at < session.wrapUpEndsAt) return refuse(session, 'not_due');
  if (session.pending?.type === 'logout') return moved(session, at, { state: 'loggedOut' });
  return moved(session, at, { state: 'paused', reason: 'no_disposition' });
}

/** A talk goes on (the call's machine decides about the customer); the pause follows when its work is done. */
function onPhoneLost(session: AgentSession, at: Instant): AgentResult {
  const lost: AgentSession = { ...session, phoneReady: false };
  const idle = session.state === 'available' || session.state === 'reserved' || session.state === 'ringing';
  return idle ? moved(lost, at, { state: 'paused', reason: 'phone_lost' }) : stays(lost);
}

/** Where an agent goes when a call's or a reservation's work is done. */
function afterWork(session: AgentSession, at: Instant): AgentResult {
  const { pending } = session;
  const next =
    pending?.type === 'logout'
      ? moved(session, at, { state: 'loggedOut' })
      : pending?.type === 'pause'
        ? moved(session, at, { state: 'paused', reason: pending.reason })
        : session.phoneReady
          ? moved(session, at, { state: 'available' })
          : moved(session, at, { state: 'paused', reason: 'phone_lost' });
  return { ...next, released: undefined };
}

/** In the middle of a call's work: what they ask for has to wait. */
function isBusy(session: AgentSession): boolean {
  return session.state === 'ringing' || session.state === 'connected' || session.state === 'wrapUp';
}

function isAbout(session: AgentSession, callId: string, state: AgentState): boolean {
  return session.state === state && session.workId === callId;
}

function refuse(session: AgentSession, refused: AgentRefusal): AgentResult {
  return { refused, session };
}

type Done = Extract<AgentResult, { refused: undefined }>;

function stays(session: AgentSession): Done {
  return { refused: undefined, session, closed: undefined, deferred: false, released: undefined };
}

interface Move {
  state: AgentState;
  reason?: PauseReason;
  workId?: string;
  wrapUpEndsAt?: Instant | undefined;
}

/** Into the next stretch. What was asked for during a call is kept until the call is disposed, and forgotten then. */
function moved(session: AgentSession, at: Instant, move: Move): Done {
  const since = Math.max(at, session.since);
  const working = move.state === 'ringing' || move.state === 'connected' || move.state === 'wrapUp';
  const keepsPending = working || move.reason === 'no_disposition';
  const next: AgentSession = {
    agentId: session.agentId,
    state: move.state,
    since,
    reason: move.reason,
    workId: move.workId,
    phoneReady: session.phoneReady,
    owes: session.owes,
    disposed: false,
    wrapUpEndsAt: move.wrapUpEndsAt,
    extended: false,
    pending: keepsPending ? session.pending : undefined,
  };
  const released = session.state === 'reserved' ? session.workId : undefined;
  return { refused: undefined, session: next, closed: interval(session, since), deferred: false, released };
}

function interval(session: AgentSession, to: Instant): AgentInterval {
  const { agentId, state, reason, workId, since } = session;
  return { agentId, state, reason, workId, from: since, to };
}
