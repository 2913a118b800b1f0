import { planRetry, type RetryPlan, type RetryRule } from '../../dialer/core/retry-plan.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { assertNever } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { DispositionRule } from '../dispositions/index.ts';
import {
  CALLBACK,
  DO_NOT_CALL,
  finished,
  type Lead,
  liftedRank,
  plainRank,
  type StoredNumber,
  suppressed,
  waitingUntil,
} from '../leads/index.ts';
import { merge } from './lead-steps.ts';

/** What an agent's word is judged by. Pure: the lead and its numbers as they stand, the rule, the plan. */
export interface DispositionInput {
  rule: DispositionRule;
  lead: Lead;
  numbers: readonly StoredNumber[];
  /** The number that was talked on. */
  dialedOrdinal: number;
  attemptsToday: number;
  nextDayAt: Instant;
  plan: RetryPlan;
  now: Instant;
  /** A callback's promise. */
  promise?: { dueAt: Instant; agentId: Id | null };
}

export interface DispositionStep {
  lead: Lead;
  numbers: StoredNumber[];
}

/** What is next for the lead. The talk's attempt is counted here, with its result. */
export function stepAfterDisposition(input: DispositionInput): DispositionStep {
  const dialed = input.numbers.findIndex(({ ordinal }) => ordinal === input.dialedOrdinal);
  const result = planRetry({
    numbers: input.numbers,
    dialed,
    outcome: 'answered',
    attempts: input.lead.attempts,
    attemptsToday: input.attemptsToday,
    nextDayAt: input.nextDayAt,
    now: input.now,
    plan: input.plan,
    rule: retryRuleOf(input.rule),
  });
  const numbers = merge(input.numbers, result.numbers, { dialed, outcome: 'answered' });
  // the promise, if there was one, is kept now
  const lead: Lead = {
    ...input.lead,
    attempts: input.lead.attempts + 1,
    agentId: null,
    rank: plainRank(input.lead.rank),
  };
  if (input.promise) return callback(lead, { numbers, dialed, input, promise: input.promise });
  if (input.rule.action === 'close') return { lead: finished(lead, input.rule.result), numbers };
  if (input.rule.action === 'doNotCall') return { lead: suppressed(lead, DO_NOT_CALL), numbers };
  if (result.next.kind === 'done') return { lead: doneAs(lead, result.next.reason, input.rule), numbers };
  const next = numbers[result.next.numberIndex];
  const moved = next ? { ...lead, numberOrdinal: next.ordinal, zoneId: next.zoneId } : lead;
  return {
    lead: waitingUntil(moved, { reason: 'retry', until: result.next.at, now: input.now }),
    numbers,
  };
}

function retryRuleOf(rule: DispositionRule): RetryRule {
  switch (rule.action) {
    case 'close':
    case 'doNotCall':
      return { delayMs: 0, turnTo: 'sameNumber', final: 'lead' };
    case 'callback':
      return { delayMs: 0, turnTo: 'sameNumber' };
    case 'wrongNumber':
      return { delayMs: 0, turnTo: 'nextNumber', final: 'invalid' };
    case 'retry':
      return {
        delayMs: rule.afterMinutes * 60_000,
        turnTo: rule.number === 'same' ? 'sameNumber' : 'nextNumber',
      };
    default:
      return assertNever(rule);
  }
}

/** A promise stands above the campaign's caps of attempts: the number stays in use for it. */
function callback(
  lead: Lead,
  {
    numbers,
    dialed,
    input,
    promise,
  }: {
    numbers: StoredNumber[];
    dialed: number;
    input: DispositionInput;
    promise: { dueAt: Instant; agentId: Id | null };
  },
): DispositionStep {
  const number = numbers[dialed];
  if (number?.state === 'suppressed') return { lead: suppressed(lead, DO_NOT_CALL), numbers };
  const kept = numbers.map((one, index) =>
    index === dialed ? { ...one, state: 'active' as const, nextAt: promise.dueAt } : one,
  );
  const promised: Lead = {
    ...lead,
    agentId: promise.agentId,
    rank: liftedRank(lead.rank),
    numberOrdinal: number?.ordinal ?? lead.numberOrdinal,
    zoneId: number?.zoneId ?? lead.zoneId,
  };
  const wait = { reason: CALLBACK, until: promise.dueAt, now: input.now };
  return { lead: waitingUntil(promised, wait), numbers: kept };
}

function doneAs(lead: Lead, reason: string, rule: DispositionRule): Lead {
  if (reason === 'suppressed') return suppressed(lead, DO_NOT_CALL);
  return finished(lead, rule.action === 'wrongNumber' ? 'wrongPerson' : reason);
}
