import type { Instant } from '../../platform/clock/index.ts';
import { giveUpRinging } from './call-agent.ts';
import { takeAnswer } from './call-answer.ts';
import type { CallPolicy, CallState, CallStep } from './call-state.ts';
import { abandon, close, hangUpWith, nothing, preceded, waitAgain } from './call-steps.ts';

/** The deadline of a phase has come: the network was silent, or the limit is reached. */
export function onTimeUp(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  if (call.deadline === undefined || at < call.deadline) return nothing(call);
  switch (call.phase) {
    case 'ordered':
    case 'ringing':
      return call.asked ? giveUpRinging(call, at, { policy }) : ask(call, at, policy.askGraceMs);
    case 'detecting':
      return takeAnswer(call, { at, by: 'unknown' }, policy);
    case 'waiting':
      return abandon(call, at, policy);
    case 'connecting':
      // neither joined nor denied, and the switch does not say: the agent is not kept any longer
      return call.asked ? waitAgain(call, at, policy) : ask(call, at, policy.askGraceMs);
    case 'connected':
      return stillTalking(call, at, policy);
    case 'parted':
      return hangUpWith(call, at, { verdict: 'answered', policy });
    case 'message':
      return hangUpWith(call, at, { verdict: 'abandoned', policy });
    case 'hangingUp':
      return preceded([{ type: 'hangUp', by: 'system' }], close(call, at, call.verdict ?? 'unknown'));
    case 'ended':
      return nothing(call);
  }
}

function ask(call: CallState, at: Instant, forMs: number): CallStep {
  return { state: { ...call, asked: true, deadline: at + forMs }, commands: [{ type: 'ask' }] };
}

function stillTalking(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  if (at - (call.connectedAt ?? at) >= policy.talkLimitMs)
    return hangUpWith(call, at, { verdict: 'answered', policy });
  return ask(call, at, policy.talkCheckMs);
}
