import type { AgentForecast } from './agent-forecast.ts';
import { type FloorCount, progressiveCalls } from './floor-count.ts';
import type { LineForecast } from './line-forecast.ts';
import { type Outlook, type OverloadRisk, overloadRisk } from './overload-risk.ts';
import type { PacingView } from './pacing-types.ts';

/** The moments ahead that are looked at: by then these shares of a new call's answers have come. */
const QUANTILES = [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97];
/**
 * The next call's risk may equal the limit itself when the budget left is this many standard deviations of a
 * window's count so far (the count of rare events varies by its square root), and no fewer calls than the second.
 */
const EVEN_DEVIATIONS = 1;
const EVEN_AT_LEAST = 3;
/** Abandoned calls held back: when all agents are taken, two persons are easily lost in one moment. */
const RESERVE = 1;
const MAX_RISK = 0.5;

export interface PredictiveInput {
  view: PacingView;
  floor: FloorCount;
  lines: LineForecast;
  agents: AgentForecast;
  connectWithinMs: number;
  /** The abandon limit, as a fraction. */
  limit: number;
  /** Abandoned calls that the window still allows: whole ones, and with the fraction. */
  budget: { whole: number; left: number; answered: number };
  /** No more calls than this are looked for. */
  atMost: number;
}

export interface ForecastMoment {
  afterMs: number;
  /** Expected answers of the lines that ring now. */
  answers: number;
  /** Agents expected to become free, beside those idle now. */
  agentsFreed: number;
  /** The chance that all agents are taken by then, with the ordered calls. */
  noneFree: number;
}

export interface PredictiveDecision {
  calls: number;
  boundBy: 'risk' | 'budget' | 'cap';
  /** The chance that the first call not placed would have cost an abandoned one. */
  risk: number;
  riskLimit: number;
  /** The moments looked at, worked out only when somebody asks. */
  forecast: () => ForecastMoment[];
}

interface LookAhead {
  outlook: Outlook;
  /** The moments ahead, the first of them now. */
  afterMs: readonly number[];
  /** The shares of a new call's answers that have come by each moment. */
  shares: readonly number[];
  risks: readonly OverloadRisk[];
}

/**
 * One more call is placed while its risk is within the limit. The risk of a call is the chance that it costs an
 * abandoned one if it is answered: it does when all agents are taken at the moment of its answer or, because it
 * took the last one, at a later moment. With τ the moments ahead, that is
 * Σ P(it is answered in (τ₋₁, τ], if ever) × max over τ′ ≥ τ of P(answers by τ′ ≥ agents idle or free by τ′ + limit).
 * The limit grows with the abandoned calls that the window still allows beyond those already at stake; with
 * less than a whole one left it is progressive dialing; never less than progressive.
 */
export function predictiveCalls(input: PredictiveInput): PredictiveDecision {
  const ahead = lookAhead(input);
  const sure = progressiveCalls(input.floor);
  const riskLimit = riskLimitOf(input, lossAtStake(ahead));
  let calls = 0;
  let risk = riskOfNext(ahead);
  while (calls < input.atMost && (calls < sure || (riskLimit > 0 && risk <= riskLimit))) {
    for (const moment of ahead.risks) moment.place();
    calls++;
    risk = riskOfNext(ahead);
  }
  const boundBy = calls >= input.atMost ? 'cap' : riskLimit > 0 ? 'risk' : 'budget';
  return { calls, boundBy, risk, riskLimit, forecast: () => describe(ahead) };
}

function riskLimitOf({ limit, budget }: PredictiveInput, atStake: number): number {
  if (budget.whole < 1) return 0;
  const even = Math.max(EVEN_AT_LEAST, EVEN_DEVIATIONS * Math.sqrt(limit * budget.answered));
  return Math.min(MAX_RISK, Math.max(0, (limit * (budget.left - atStake - RESERVE)) / even));
}

function lookAhead(input: PredictiveInput): LookAhead {
  const { view, floor, lines, agents, connectWithinMs } = input;
  const afterMs = [0, ...lines.horizonsMs(QUANTILES)];
  const freeByMs = afterMs.map((after) => after + connectWithinMs);
  const outlook: Outlook = {
    answers: lines.answersWithin(view, afterMs),
    free: agents.freeWithin(view, freeByMs),
    spare: floor.idle - floor.waiting,
  };
  const answerRate = lines.answerRate();
  const shares = afterMs.map((after) => lines.newCallWithin(after));
  const risks = shares.map((share, index) =>
    overloadRisk(outlook, { index, newCallAnswers: answerRate * share }),
  );
  return { outlook, afterMs, shares, risks };
}

/** The moments are the ends of stretches; within a stretch the chance is taken as the mean of its ends. */
function meanChances({ risks }: LookAhead): number[] {
  const chances = risks.map((risk) => risk.noneFree());
  return chances.map((chance, k) => (chance + (chances[k - 1] ?? chance)) / 2);
}

function riskOfNext(ahead: LookAhead): number {
  const chances = meanChances(ahead);
  let risk = 0;
  let worstLater = 0;
  for (let k = chances.length - 1; k > 0; k--) {
    worstLater = Math.max(worstLater, chances[k] ?? 0);
    risk += ((ahead.shares[k] ?? 0) - (ahead.shares[k - 1] ?? 0)) * worstLater;
  }
  return risk;
}

/** Abandoned calls to be expected of the lines that ring now. */
function lossAtStake(ahead: LookAhead): number {
  const answers = ahead.afterMs.map((_, k) => expected(ahead.outlook.answers, k));
  return meanChances(ahead).reduce(
    (loss, chance, k) => loss + chance * ((answers[k] ?? 0) - (answers[k - 1] ?? 0)),
    0,
  );
}

function describe({ afterMs, outlook, risks }: LookAhead): ForecastMoment[] {
  return afterMs.map((after, k) => ({
    afterMs: after,
    answers: expected(outlook.answers, k),
    agentsFreed: expected(outlook.free, k),
    noneFree: risks[k]?.noneFree() ?? 0,
  }));
}

function expected(rows: Outlook['answers'], moment: number): number {
  return rows.reduce((sum, { count, chances }) => sum + count * (chances[moment] ?? 0), 0);
}
