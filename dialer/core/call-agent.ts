import type { Instant } from '../../platform/clock/index.ts';
import type { CallCommand, CallPolicy, CallState, CallStep } from './call-state.ts';
import { abandon, type HangUpRule, hangUpWith, nothing, preceded, waitAgain } from './call-steps.ts';

/** What happens between a call and its agent. */

interface AgentEvent {
  at: Instant;
  agentId: string;
}

export function onAgentAssigned(call: CallState, event: AgentEvent, policy: CallPolicy): CallStep {
  const { agentId, at } = event;
  if (call.agentId === agentId) return nothing(call);
  if (call.phase !== 'waiting') return { state: call, commands: [{ type: 'releaseAgent', agentId, at }] };
  return {
    state: { ...call, phase: 'connecting', agentId, deadline: at + policy.connectGraceMs, asked: false },
    commands: [{ type: 'connect', agentId }],
  };
}

/**
 * Only what we asked for counts: an agent we let go of since may be with somebody else, and the next command to this
 * call takes the customer away from them anyway.
 */
export function onConnected(call: CallState, event: AgentEvent, policy: CallPolicy): CallStep {
  if (call.agentId !== event.agentId) return nothing(call);
  if (call.phase === 'connecting') return joined(call, event, policy);
  const rejoined =
    call.phase === 'parted' && call.rejoiningSince !== undefined && event.at >= call.rejoiningSince;
  return nothing(rejoined ? talking(call, event.at, policy) : call);
}

/** The first time an agent and the customer hear each other. */
export function joined(call: CallState, event: AgentEvent, policy: CallPolicy): CallStep {
  const { agentId, at } = event;
  const replaced: CallCommand[] =
    call.agentId !== undefined && call.agentId !== agentId
      ? [{ type: 'releaseAgent', agentId: call.agentId, at }]
      : [];
  const answeredAt = call.answeredAt ?? at;
  const connectedAt = Math.max(at, answeredAt);
  const waitMs = connectedAt - answeredAt;
  return {
    state: talking({ ...call, agentId, answeredAt, connectedAt }, at, policy),
    commands: [...replaced, { type: 'agentConnected', agentId, at: connectedAt, waitMs }],
  };
}

function talking(call: CallState, at: Instant, policy: CallPolicy): CallState {
  return {
    ...call,
    phase: 'connected',
    deadline: at + policy.talkCheckMs,
    rejoiningSince: undefined,
    asked: false,
  };
}

export function onConnectFailed(call: CallState, event: AgentEvent, policy: CallPolicy): CallStep {
  if (call.phase !== 'connecting' || call.agentId !== event.agentId) return nothing(call);
  return waitAgain(call, event.at, policy);
}

/** The agent lets go: of a preview dial, of a call not joined yet, or of a talk. */
export function onAgentHungUp(call: CallState, event: AgentEvent, policy: CallPolicy): CallStep {
  const { at } = event;
  switch (call.phase) {
    case 'ordered':
    case 'ringing':
      return call.reservedFor === event.agentId
        ? giveUpRinging(call, at, { policy, by: 'agent' })
        : nothing(call);
    case 'detecting':
    case 'waiting':
      return call.reservedFor === event.agentId ? abandon(call, at, policy) : nothing(call);
    case 'connecting':
      return call.agentId === event.agentId ? letGoUnjoined(call, at, policy) : nothing(call);
    case 'connected':
    case 'parted':
      return call.agentId === event.agentId
        ? hangUpWith(call, at, { verdict: 'answered', policy, by: 'agent' })
        : nothing(call);
    default:
      return nothing(call);
  }
}

function letGoUnjoined(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  return call.reservedFor === undefined ? waitAgain(call, at, policy) : abandon(call, at, policy);
}

/** A line that never answered, given up: `noAnswer` if it is known to have rung. */
export function giveUpRinging(call: CallState, at: Instant, rule: Omit<HangUpRule, 'verdict'>): CallStep {
  return hangUpWith(call, at, { ...rule, verdict: call.ringingAt === undefined ? 'unknown' : 'noAnswer' });
}

export function onAgentLost(call: CallState, event: AgentEvent, policy: CallPolicy): CallStep {
  if (call.agentId !== event.agentId) return nothing(call);
  if (call.phase === 'connecting') return waitAgain(call, event.at, policy);
  if (call.phase === 'parted') return nothing(lostAgain(call, event.at));
  if (call.phase !== 'connected') return nothing(call);
  return nothing({
    ...call,
    phase: 'parted',
    rejoiningSince: undefined,
    deadline: event.at + policy.agentReturnMs,
  });
}

/** Lost once more while joining again, not the first loss told twice. */
function lostAgain(call: CallState, at: Instant): CallState {
  const again = call.rejoiningSince !== undefined && at > call.rejoiningSince;
  return again ? { ...call, rejoiningSince: undefined } : call;
}

export function onAgentBack(call: CallState, event: AgentEvent, policy: CallPolicy): CallStep {
  if (call.phase !== 'parted' || call.agentId !== event.agentId) return nothing(call);
  if (call.rejoiningSince !== undefined) return nothing(call);
  const state: CallState = { ...call, rejoiningSince: event.at, deadline: event.at + policy.agentReturnMs };
  return preceded([{ type: 'connect', agentId: event.agentId }], nothing(state));
}
