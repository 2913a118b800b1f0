import type { Instant } from '../../platform/clock/index.ts';
import type { AnsweredBy } from '../telephony/network-event.ts';
import type { CallCommand, CallPolicy, CallState, CallStep } from './call-state.ts';
import { abandon, hangUpWith, nothing, playMessage, preceded, wait } from './call-steps.ts';

/** Ringing, picked up, answered by whom, message heard. */

export function onRinging(call: CallState, at: Instant): CallStep {
  if (call.ringingAt !== undefined) return nothing(call);
  return nothing({ ...call, ringingAt: at, phase: call.phase === 'ordered' ? 'ringing' : call.phase });
}

export function onPickedUp(call: CallState, at: Instant, policy: CallPolicy): CallStep {
  if (call.phase !== 'ordered' && call.phase !== 'ringing') return nothing(earlierAnswer(call, at));
  const deadline = at + policy.detectLimitMs;
  return nothing({ ...call, phase: 'detecting', answeredAt: at, deadline, asked: false });
}

/** A pick-up told after its verdict: the limit's clock started then. It is not turned back for a wait under way. */
function earlierAnswer(call: CallState, at: Instant): CallState {
  if (call.answeredAt === undefined || at >= call.answeredAt) return call;
  return { ...call, answeredAt: at };
}

interface Answer {
  at: Instant;
  by: AnsweredBy;
}

export function onAnswered(call: CallState, answer: Answer, policy: CallPolicy): CallStep {
  switch (call.phase) {
    case 'ordered':
    case 'ringing':
    case 'detecting':
      return takeAnswer(call, answer, policy);
    case 'hangingUp':
      return answeredWhileHangingUp(call, answer, policy);
    default:
      return nothing(call);
  }
}

/** What to do with whoever answered. Detection that is not sure counts as a person wherever the law could. */
export function takeAnswer(call: CallState, answer: Answer, policy: CallPolicy): CallStep {
  const { at, by } = answer;
  const answered: CallState = { ...call, answeredAt: call.answeredAt ?? at, answeredBy: by };
  if (by === 'fax') return hangUpWith(answered, at, { verdict: 'fax', policy });
  if (by === 'unknown' && policy.onUnsure === 'abandon') return abandon(answered, at, policy);
  if (by !== 'machine' || policy.onMachine === 'connect') return wait(answered, at, policy);
  if (policy.onMachine === 'hangUp') return hangUpWith(answered, at, { verdict: 'machine', policy });
  return playMessage({ ...answered, verdict: 'machine' }, at, { message: 'machine', policy });
}

/** We gave up the ringing and they picked up all the same: a person hung up on is an abandoned person. */
function answeredWhileHangingUp(call: CallState, answer: Answer, policy: CallPolicy): CallStep {
  if (call.answeredAt !== undefined) return nothing(call);
  const answered: CallState = { ...call, answeredAt: answer.at, answeredBy: answer.by };
  if (answer.by === 'machine' || answer.by === 'fax') return nothing({ ...answered, verdict: answer.by });
  return abandon(answered, answer.at, { ...policy, abandonMessage: false });
}

export function onMessageEnded(
  call: CallState,
  event: { at: Instant; optedOut: boolean },
  policy: CallPolicy,
): CallStep {
  const optsOut = event.optedOut && !call.optedOut;
  const state: CallState = optsOut ? { ...call, optedOut: true } : call;
  const commands: CallCommand[] = optsOut ? [{ type: 'optOut', at: event.at }] : [];
  if (call.phase !== 'message') return { state, commands };
  return preceded(commands, hangUpWith(state, event.at, { verdict: 'abandoned', policy }));
}
