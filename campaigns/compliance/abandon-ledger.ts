/**
 * The abandon rate as the law of a place reckons it: what a call counts as, and the rate of what was counted in
 * one legal window (`campaigns/calls/abandon-window.ts` says which). Formulas: 16 CFR 310.4(b)(4)(i) and 47 CFR 64.1200(a)(7) for the United
 * States; Ofcom's statement on persistent misuse (2010, kept in 2016) for the machine estimates.
 */
import type { Instant } from '../../platform/clock/index.ts';
import type { AbandonRule, AbandonWindowRule } from './preset-schema.ts';

/** What is known of a call once it was connected or is over. Raw: judged anew for each rule. */
export interface AbandonCall {
  answeredAt: Instant | null;
  /** End of the person's greeting; null when it was not measured: the answer stands for it, to be strict. */
  greetingEndAt: Instant | null;
  classified: 'human' | 'machine' | 'fax' | 'sit' | 'unknown';
  /** A live agent was on the line: an announcement, a bot or music is none. */
  agentConnectedAt: Instant | null;
  endedAt: Instant | null;
  hungUpBy: 'callee' | 'agent' | 'system' | null;
  /** What the agent found there; stands above machine detection. */
  agentSaid: 'human' | 'machine' | null;
}

export type AbandonJudgement =
  | 'notAnswered'
  | 'machine' // found by detection, no agent
  | 'machineToAgent'
  | 'putThrough'
  | 'abandoned' // connected too late among them
  | 'earlyHangUp'; // the person hung up before the limit, with no agent yet

/** What the call counts as under the rule. An unknown that no agent spoke to is a person. */
export function judgeCall(
  call: AbandonCall,
  rule: Pick<AbandonRule, 'clockStart' | 'connectWithinMs'>,
): AbandonJudgement {
  if (call.answeredAt === null) return 'notAnswered';
  if (call.agentSaid === 'machine') return 'machineToAgent';
  const person = call.agentSaid === 'human' || call.classified === 'human' || call.classified === 'unknown';
  if (!person) return 'machine';
  const start = rule.clockStart === 'greetingEnd' ? (call.greetingEndAt ?? call.answeredAt) : call.answeredAt;
  const limit = start + rule.connectWithinMs;
  if (call.agentConnectedAt !== null) return call.agentConnectedAt <= limit ? 'putThrough' : 'abandoned';
  const early = call.hungUpBy === 'callee' && call.endedAt !== null && call.endedAt <= limit;
  return early ? 'earlyHangUp' : 'abandoned';
}

/** Counts of one window. `sampledMachines` were listened to; `sampledPersons` of them were people. */
export interface AbandonTally {
  attempts: number;
  putThrough: number;
  abandoned: number;
  earlyHangUps: number;
  machines: number;
  machinesToAgents: number;
  sampledMachines: number;
  sampledPersons: number;
  /** Whether the campaign detects machines. */
  machineDetection: boolean;
}

export function emptyTally(machineDetection: boolean): AbandonTally {
  return {
    attempts: 0,
    putThrough: 0,
    abandoned: 0,
    earlyHangUps: 0,
    machines: 0,
    machinesToAgents: 0,
    sampledMachines: 0,
    sampledPersons: 0,
    machineDetection,
  };
}

const counter = {
  notAnswered: null,
  machine: 'machines',
  machineToAgent: 'machinesToAgents',
  putThrough: 'putThrough',
  abandoned: 'abandoned',
  earlyHangUp: 'earlyHangUps',
} as const;

/** The tally with one more call, as a new value. */
export function countCall(tally: AbandonTally, judgement: AbandonJudgement): AbandonTally {
  const field = counter[judgement];
  const counted = { ...tally, attempts: tally.attempts + 1 };
  return field === null ? counted : { ...counted, [field]: tally[field] + 1 };
}

export interface AbandonRate {
  /** May be fractional: estimates are part of it. */
  numerator: number;
  denominator: number;
  /** Null while nothing was counted. */
  rate: number | null;
  overCap: boolean;
  /** Abandonments that the cap still bears now; null when no rate is lawful. */
  room: number | null;
  /** People that machine detection hung up on, by estimate; null: the rule asks, but nothing was sampled. */
  falsePositives: number | null;
  /** Abandoned calls that reached machines, by estimate (only without machine detection). */
  machineEstimate: number;
}

type RateRule = Pick<
  AbandonRule,
  'cap' | 'denominator' | 'countAmdFalsePositives' | 'subtractMachineEstimate' | 'earlyHangUp'
>;

/**
 * The rate of a window under a rule. With A = abandoned + false positives − machine estimate (+ early
 * hang-ups where they count): `livePerson` and `abandonedPlusLive` are A ÷ (A + put through), early hang-ups
 * in the denominator of the former alone when the rule counts them; `attempts` is A ÷ attempts.
 */
export function abandonRate(tally: AbandonTally, rule: RateRule): AbandonRate {
  const falsePositives = estimateFalsePositives(tally, rule);
  const machineEstimate = estimateMachines(tally, rule);
  const early = rule.earlyHangUp === 'abandoned' ? tally.earlyHangUps : 0;
  const numerator = tally.abandoned - machineEstimate + (falsePositives ?? 0) + early;
  const denominator = denominatorOf(tally, rule, numerator);
  const rate = denominator === 0 ? null : numerator / denominator;
  const overCap = rate !== null && rate > (rule.cap ?? 0);
  return {
    numerator,
    denominator,
    rate,
    overCap,
    room: roomOf(rule.cap, numerator, denominator),
    falsePositives,
    machineEstimate,
  };
}

function denominatorOf(tally: AbandonTally, rule: RateRule, numerator: number): number {
  if (rule.denominator === 'attempts') return tally.attempts;
  const early =
    rule.denominator === 'livePerson' && rule.earlyHangUp === 'denominator' ? tally.earlyHangUps : 0;
  return numerator + tally.putThrough + early;
}

/** The n with (A + n) / (D + n) ≤ cap; tiny slack so that 3 of 100 is not over 3 % by rounding. */
function roomOf(cap: number | null, numerator: number, denominator: number): number | null {
  if (cap === null) return null;
  if (cap >= 1) return Number.MAX_SAFE_INTEGER;
  return Math.max(0, Math.floor((cap * denominator - numerator) / (1 - cap) + 1e-9));
}

/** Share of people in the sample × machines found. */
function estimateFalsePositives(tally: AbandonTally, rule: RateRule): number | null {
  if (!rule.countAmdFalsePositives || !tally.machineDetection || tally.machines === 0) return 0;
  if (tally.sampledMachines === 0) return null;
  return (tally.sampledPersons / tally.sampledMachines) * tally.machines;
}

/** Machines among what agents got, applied to the abandoned (Ofcom 2010, without machine detection). */
function estimateMachines(tally: AbandonTally, rule: RateRule): number {
  const toAgents = tally.putThrough + tally.machinesToAgents;
  if (!rule.subtractMachineEstimate || tally.machineDetection || toAgents === 0) return 0;
  return (tally.machinesToAgents / toAgents) * tally.abandoned;
}

/**
 * Whether one more call than there are agents may be ordered: only if the rate would stay within the target
 * were it abandoned, and not before `minAnswered` persons answered in the window (1 of 20 is 5 %).
 */
export function mayOverdial(
  { numerator, denominator }: Pick<AbandonRate, 'numerator' | 'denominator'>,
  { target, minAnswered = 100 }: { target: number; minAnswered?: number },
): boolean {
  return denominator >= minAnswered && (numerator + 1) / (denominator + 1) <= target;
}

export interface AbandonLimits {
  cap: number;
  target: number;
  connectWithinMs: number;
  clockStart: 'answer' | 'greetingEnd';
  /** Of the rule with the lowest target; of several, the shortest. */
  window: AbandonWindowRule;
}

type LimitRule = Pick<AbandonRule, 'cap' | 'target' | 'connectWithinMs' | 'clockStart' | 'window'>;

/** What pacing must keep to under several rules at once; null when none of them says anything. */
export function strictestAbandonLimits(rules: readonly LimitRule[]): AbandonLimits | null {
  const [tightest] = [...rules].sort(
    (a, b) => a.target - b.target || windowDays(a.window) - windowDays(b.window),
  );
  if (tightest === undefined) return null;
  return {
    cap: Math.min(...rules.map(({ cap, target }) => cap ?? target)),
    target: tightest.target,
    connectWithinMs: Math.min(...rules.map(({ connectWithinMs }) => connectWithinMs)),
    clockStart: rules.some(({ clockStart }) => clockStart === 'answer') ? 'answer' : 'greetingEnd',
    window: tightest.window,
  };
}

/** How long a window is, to tell the stricter of two: the shorter leaves less room for a bad day. */
export function windowDays(window: AbandonWindowRule): number {
  switch (window.kind) {
    case 'localDay':
      return 1;
    case 'rolling':
      return window.hours / 24;
    case 'calendarMonth':
      return 30;
    case 'campaignBlock':
      return window.days;
    case 'campaign':
      return Number.POSITIVE_INFINITY;
  }
}
