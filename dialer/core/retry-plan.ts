/**
 * What comes next for a lead after one of its numbers was tried. Each number keeps its own state, count and
 * next time; the lead goes to whichever of them is due first. A failure of ours (trunk, congestion,
 * cancelled, restart) costs no attempt of any cap here; the compliance gate counts calls by its own rule.
 */
import type { Instant } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import { costsAnAttempt, type Outcome } from './outcomes.ts';

export type NumberState = 'active' | 'exhausted' | 'invalid' | 'suppressed';

/** One number of a lead. `nextAt`: not to be dialed before; `failures`: of ours, in a row. */
export interface LeadNumber {
  ordinal: number;
  state: NumberState;
  attempts: number;
  failures: number;
  nextAt: Instant | null;
}

/** What an outcome does to the number it was had on. */
export interface RetryRule {
  /** How long the number rests, ms. A failure of ours doubles it each time in a row, up to six hours. */
  delayMs: number;
  /** The number is exhausted once it has this many attempts; the plan's own limit holds besides. */
  maxPerNumber?: number;
  turnTo: 'nextNumber' | 'sameNumber';
  /** `number`: never this number again; `invalid`: the same, as it is no telephone; `lead`: the lead is done. */
  final?: 'number' | 'invalid' | 'lead';
}

export interface RetryPlan {
  rules: Readonly<Record<Outcome, RetryRule>>;
  maxPerNumber: number;
  maxPerLead: number;
  maxPerLeadPerDay: number;
  /** Failures of ours in a row after which a number is given up: a limit on everything. */
  maxFailuresPerNumber: number;
  /** Rest between two different numbers of the same person, ms. */
  betweenNumbersMs: number;
}

export interface RetryInput {
  numbers: readonly LeadNumber[];
  /** Index, in `numbers`, of the one that was dialed, and how that ended. */
  dialed: number;
  outcome: Outcome;
  /** Attempts of the lead before this one: over its life and on the current local day; failures not among them. */
  attempts: number;
  attemptsToday: number;
  /** First instant of the lead's next local day. */
  nextDayAt: Instant;
  now: Instant;
  plan: RetryPlan;
  /** Stands in for the plan's rule for this outcome: a disposition that wants its own retry. */
  rule?: RetryRule;
}

export type DoneReason = 'answered' | 'attemptCap' | 'numbersExhausted' | 'numbersInvalid' | 'suppressed';
export type NextStep =
  | { kind: 'dial'; numberIndex: number; at: Instant }
  | { kind: 'done'; reason: DoneReason };

export interface RetryResult {
  numbers: LeadNumber[];
  next: NextStep;
  /** Whether the attempt counts against the lead's caps. */
  counted: boolean;
}

const minute = 60_000;
const hour = 60 * minute;
const maxFailureDelayMs = 6 * hour;

/**
 * The default plan: policy of this system, not law. Busy is tried again soon and on the same number; silence
 * and machines later and elsewhere; whoever we let down by abandoning is left in peace for a day.
 */
export const defaultRetryPlan: RetryPlan = {
  rules: {
    answered: { delayMs: 0, turnTo: 'sameNumber', final: 'lead' },
    machine: { delayMs: 4 * hour, maxPerNumber: 4, turnTo: 'nextNumber' },
    fax: { delayMs: 0, turnTo: 'nextNumber', final: 'invalid' },
    noAnswer: { delayMs: 3 * hour, turnTo: 'nextNumber' },
    busy: { delayMs: 10 * minute, turnTo: 'sameNumber' },
    congestion: { delayMs: 2 * minute, turnTo: 'sameNumber' },
    rejected: { delayMs: 6 * hour, maxPerNumber: 2, turnTo: 'nextNumber' },
    invalid: { delayMs: 0, turnTo: 'nextNumber', final: 'invalid' },
    failed: { delayMs: 2 * minute, turnTo: 'sameNumber' },
    cancelled: { delayMs: 0, turnTo: 'sameNumber' },
    hungUpWaiting: { delayMs: 4 * hour, turnTo: 'sameNumber' },
    abandoned: { delayMs: 24 * hour, turnTo: 'sameNumber' },
    unknown: { delayMs: 15 * minute, turnTo: 'sameNumber' },
  },
  maxPerNumber: 6,
  maxPerLead: 10,
  maxPerLeadPerDay: 3,
  maxFailuresPerNumber: 20,
  betweenNumbersMs: 2 * minute,
};

/**
 * The numbers as they stand after the outcome, and the lead's next step. `dial.at` is never before `now`.
 * Throws `retry_input_invalid` when `dialed` is not an index of `numbers`.
 */
export function planRetry(input: RetryInput): RetryResult {
  const dialed = input.numbers[input.dialed];
  if (dialed === undefined) {
    throw new DomainError('invalid', 'retry_input_invalid', 'dialed must be an index of numbers');
  }
  const rule = input.rule ?? input.plan.rules[input.outcome];
  const counted = costsAnAttempt.has(input.outcome);
  const numbers = input.numbers.map((number) => ({ ...number }));
  numbers[input.dialed] = afterOutcome(dialed, rule, input);
  return { numbers, next: nextStep(numbers, rule, input), counted };
}

function afterOutcome(number: LeadNumber, rule: RetryRule, input: RetryInput): LeadNumber {
  const failed = !costsAnAttempt.has(input.outcome);
  const attempts = number.attempts + (failed ? 0 : 1);
  const failures = failed ? number.failures + 1 : 0;
  const delay = failed ? failureDelay(rule.delayMs, failures) : rule.delayMs;
  const state = stateAfter(number.state, { rule, attempts, failures, plan: input.plan });
  return { ...number, attempts, failures, state, nextAt: state === 'active' ? input.now + delay : null };
}

function failureDelay(delayMs: number, failures: number): number {
  const base = failures > 1 ? Math.max(delayMs, minute) : delayMs; // even "at once" does not spin
  return Math.min(base * 2 ** Math.min(failures - 1, 20), Math.max(maxFailureDelayMs, delayMs));
}

function stateAfter(
  before: NumberState,
  {
    rule,
    attempts,
    failures,
    plan,
  }: { rule: RetryRule; attempts: number; failures: number; plan: RetryPlan },
): NumberState {
  // A number put on do-not-call while it was ringing stays suppressed.
  if (before !== 'active') return before;
  if (rule.final === 'invalid') return 'invalid';
  if (rule.final === 'number' || failures >= plan.maxFailuresPerNumber) return 'exhausted';
  return attempts >= Math.min(rule.maxPerNumber ?? plan.maxPerNumber, plan.maxPerNumber)
    ? 'exhausted'
    : 'active';
}

function nextStep(numbers: readonly LeadNumber[], rule: RetryRule, input: RetryInput): NextStep {
  const cost = costsAnAttempt.has(input.outcome) ? 1 : 0;
  if (rule.final === 'lead') {
    return { kind: 'done', reason: input.outcome === 'answered' ? 'answered' : 'numbersExhausted' };
  }
  const choice = choose(numbers, rule, input);
  if (choice === undefined) return { kind: 'done', reason: whyNone(numbers) };
  if (input.attempts + cost >= input.plan.maxPerLead) return { kind: 'done', reason: 'attemptCap' };
  const overToday = input.attemptsToday + cost >= input.plan.maxPerLeadPerDay;
  const at = Math.max(choice.at, input.now, overToday ? input.nextDayAt : 0);
  return { kind: 'dial', numberIndex: choice.index, at };
}

/** The number due first; of several, the next in dialing order after the one just tried. */
function choose(
  numbers: readonly LeadNumber[],
  rule: RetryRule,
  input: RetryInput,
): { index: number; at: Instant } | undefined {
  const same = numbers[input.dialed];
  if (rule.turnTo === 'sameNumber' && same?.state === 'active') {
    return { index: input.dialed, at: same.nextAt ?? input.now };
  }
  let best: { index: number; at: Instant } | undefined;
  for (const index of inDialingOrder(numbers, same?.ordinal ?? 0)) {
    const number = numbers[index];
    if (number?.state !== 'active') continue;
    const rest = index === input.dialed ? 0 : input.plan.betweenNumbersMs;
    const at = Math.max(number.nextAt ?? 0, input.now + rest);
    if (best === undefined || at < best.at) best = { index, at };
  }
  return best;
}

/** Indexes by ordinal, beginning after the given ordinal and coming round to it. */
function inDialingOrder(numbers: readonly LeadNumber[], after: number): number[] {
  const ordinal = (index: number) => numbers[index]?.ordinal ?? 0;
  const order = numbers.map((_, index) => index).sort((a, b) => ordinal(a) - ordinal(b));
  return [...order.filter((i) => ordinal(i) > after), ...order.filter((i) => ordinal(i) <= after)];
}

function whyNone(numbers: readonly LeadNumber[]): DoneReason {
  if (numbers.some(({ state }) => state === 'exhausted')) return 'numbersExhausted';
  return numbers.some(({ state }) => state === 'suppressed') ? 'suppressed' : 'numbersInvalid';
}
