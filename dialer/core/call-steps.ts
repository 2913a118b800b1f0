import type { Instant } from '../../platform/clock/index.ts';
import type { CallCommand, CallPolicy, CallState, CallStep } from './call-state.ts';
import type { Outcome } from './outcomes.ts';

const NO_COMMANDS: readonly CallCommand[] = [];

export function nothing(state: CallState): CallStep {
  return { state, commands: NO_COMMANDS };
}

/** The same step with these commands before its own. */
export function preceded(commands: readonly CallCommand[], step: CallStep): CallStep {
  return { state: step.state, commands: [...commands, ...step.commands] };
}

/** Lets the agent go, if the call has one: to wrap-up after a talk, or free again if they were never joined. */
export function letAgentGo(call: CallState, at: Instant): CallStep {
  if (call.agentId === undefined || call.talkEndedAt !== undefined) return nothing(call);
  const { agentId } = call;
  if (call.connectedAt === undefined) {
    return { state: { ...call, agentId: undefined }, commands: [{ type: 'releaseAgent', agentId, at }] };
  }
  const talkEndedAt = Math.max(at, call.connectedAt);
  const talkMs = talkEndedAt - call.connectedAt;
  return {
    state: { ...call, talkEndedAt },
    commands: [{ type: 'agentTalkEnded', agentId, at: talkEndedAt, talkMs }],
  };
}

/** The end: the agent is let go and the one outcome recorded. */
export function close(call: CallState, at: Instant, outcome: Outcome): CallStep {
  const released = letAgentGo(call, at);
  const state: CallState = { ...released.state, phase: 'ended', outcome, endedAt: at, deadline: undefined };
  return { state, commands: [...released.commands, { type: 'recordOutcome', outcome, at }] };
}

export interface HangUpRule {
  verdict: Outcome;
  policy: CallPolicy;
  /** Default `system`. */
  by?: 'agent' | 'system';
}

/** We hang up; `verdict` is the outcome unless one was settled before or the network knows better. */
export function hangUpWith(call: CallState, at: Instant, rule: HangUpRule): CallStep {
  const released = letAgentGo(call, at);
  const state: CallState = {
    ...released.state,
    phase: 'hangingUp',
    verdict: call.verdict ?? rule.verdict,
    deadline: at + rule.policy.hangUpGraceMs,
    asked: false,
  };
  return { state, commands: [...released.commands, { type: 'hangUp', by: rule.by ?? 'system' }] };
}

/** Nobody came: counted now, then the message (if the campaign has one), then the hang-up. A machine is not counted. */
export function abandon(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  if (call.answeredBy === 'machine') return hangUpWith(call, at, { verdict: 'machine', policy });
  const released = letAgentGo(call, at);
  const marked: CallState = { ...released.state, verdict: 'abandoned' };
  const commands: CallCommand[] = [...released.commands, { type: 'markAbandoned', at }];
  if (!policy.abandonMessage)
    return preceded(commands, hangUpWith(marked, at, { verdict: 'abandoned', policy }));
  return preceded(commands, playMessage(marked, at, { message: 'abandoned', policy }));
}

export function playMessage(
  call: CallState,
  at: Instant,
  rule: { message: 'abandoned' | 'machine'; policy: CallPolicy },
): CallStep {
  const deadline = at + rule.policy.messageLimitMs;
  return {
    state: { ...call, phase: 'message', deadline, asked: false },
    commands: [{ type: 'playMessage', message: rule.message }],
  };
}

/** In line for an agent until the limit, which counts from the pick-up and not from here. */
export function wait(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  const answeredAt = call.answeredAt ?? at;
  return {
    state: {
      ...call,
      phase: 'waiting',
      answeredAt,
      deadline: answeredAt + policy.connectWithinMs,
      asked: false,
    },
    commands: [{ type: 'assignAgent', agentId: call.reservedFor }],
  };
}

/** Back in line after an agent who could not be joined; too late for the limit, it is abandoned. */
export function waitAgain(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  const released = letAgentGo(call, at);
  const limit = (call.answeredAt ?? at) + policy.connectWithinMs;
  const next = at >= limit ? abandon(released.state, at, policy) : wait(released.state, at, policy);
  return preceded(released.commands, next);
}
