import type { Instant } from '../../platform/clock/index.ts';
import type { OpenCallPhase } from '../telephony/port.ts';
import { giveUpRinging, joined, onAgentLost } from './call-agent.ts';
import { takeAnswer } from './call-answer.ts';
import type { CallPolicy, CallState, CallStep } from './call-state.ts';
import { nothing, preceded, wait, waitAgain } from './call-steps.ts';

interface Found {
  at: Instant;
  phase: OpenCallPhase;
  answeredAt?: Instant | undefined;
  agentId?: string | undefined;
}

/** A fact from the switch's list of calls: what we did not hear of is made good. */
export function onFound(call: CallState, found: Found, policy: CallPolicy): CallStep {
  if (call.phase === 'hangingUp') return { state: call, commands: [{ type: 'hangUp', by: 'system' }] };
  switch (found.phase) {
    case 'ringing':
      return foundRinging(call, found.at, policy);
    case 'answered':
      return foundAnswered(call, found, policy);
    case 'connected':
      return foundConnected(call, found, policy);
    case 'message':
      return foundInMessage(call, found, policy);
  }
}

function withAnswer(call: CallState, found: Found): CallState {
  return { ...call, answeredAt: call.answeredAt ?? found.answeredAt ?? found.at };
}

/** Beyond the ring timeout it is given up; before it (after a restart) the timeout's own deadline comes back. */
function foundRinging(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  if (call.phase !== 'ordered' && call.phase !== 'ringing') return nothing(call);
  const rung: CallState = { ...call, phase: 'ringing', ringingAt: call.ringingAt ?? at };
  const deadline = call.orderedAt + policy.ringTimeoutMs + policy.ringGraceMs;
  return at >= deadline ? giveUpRinging(rung, at, { policy }) : nothing({ ...rung, deadline, asked: false });
}

/** Only after a question (a restart is one) may it name an agent we do not have: a snapshot may be older than us. */
function foundConnected(call: CallState, found: Found, policy: CallPolicy): CallStep {
  const { at, agentId } = found;
  if (call.verdict !== undefined) return nothing(call);
  if (agentId === undefined || call.connectedAt !== undefined) return nothing({ ...call, asked: false });
  if (!call.asked && agentId !== call.agentId) return nothing(call);
  return joined(withAnswer(call, found), { at, agentId }, policy);
}

function foundAnswered(call: CallState, found: Found, policy: CallPolicy): CallStep {
  const { at } = found;
  switch (call.phase) {
    case 'ordered':
    case 'ringing':
      return takeAnswer(withAnswer(call, found), { at, by: 'unknown' }, policy);
    case 'waiting':
      return wait(call, at, policy);
    case 'connected':
      return call.asked && call.agentId !== undefined
        ? onAgentLost(call, { at, agentId: call.agentId }, policy)
        : nothing(call);
    case 'connecting':
      return call.asked ? waitAgain(call, at, policy) : nothing(call);
    default:
      return nothing(call);
  }
}

/** Our switch is already excusing itself: nobody of ours was there. */
function foundInMessage(call: CallState, found: Found, policy: CallPolicy): CallStep {
  if (call.connectedAt !== undefined || call.phase === 'message') return nothing(call);
  const { at } = found;
  const released: CallStep =
    call.agentId === undefined
      ? nothing(call)
      : {
          state: { ...call, agentId: undefined },
          commands: [{ type: 'releaseAgent', agentId: call.agentId, at }],
        };
  const deadline = at + policy.messageLimitMs;
  const answered = withAnswer(released.state, found);
  const state: CallState = { ...answered, phase: 'message', verdict: 'abandoned', deadline, asked: false };
  return preceded(released.commands, { state, commands: [{ type: 'markAbandoned', at }] });
}
