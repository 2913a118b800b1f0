import type { AgentForecast } from './agent-forecast.ts';
import { type FloorCount, progressiveCalls } from './floor-count.ts';
import type { LineForecast } from './line-forecast.ts';
import { type Horizon, type OverloadRisk, overloadRisk } from './overload-risk.ts';
import type { PacingView } from './pacing-types.ts';

/** The moments ahead that are looked at: by then these shares of a new call's answers have come. */
const QUANTILES = [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97];
/**
 * The next call's risk may equal the limit itself when the budget left is this many standard deviations of a
 * window's count so far (the count of rare events varies by its square root), and no fewer calls than the second.
 */
const EVEN_DEVIATIONS = 1;
const EVEN_AT_LEAST = 3;
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
  forecast: ForecastMoment[];
}

interface Moment {
  horizon: Horizon;
  risk: OverloadRisk;
  /** The share of a new call's answers that have come by then. */
  share: number;
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
  const moments = lookAhead(input);
  const sure = progressiveCalls(input.floor);
  const atStake = lossAtStake(moments);
  const riskLimit = riskLimitOf(input, atStake);
  let calls = 0;
  let risk = riskOfNext(moments);
  while (calls < input.atMost && (calls < sure || (riskLimit > 0 && risk <= riskLimit))) {
    for (const moment of moments) moment.risk.place();
    calls++;
    risk = riskOfNext(moments);
  }
  const boundBy = calls >= input.atMost ? 'cap' : riskLimit > 0 ? 'risk' : 'budget';
  return { calls, boundBy, risk, riskLimit, forecast: moments.map(describe) };
}

function riskLimitOf({ limit, budget }: PredictiveInput, atStake: number): number {
  if (budget.whole < 1) return 0;
  const even = Math.max(EVEN_AT_LEAST, EVEN_DEVIATIONS * Math.sqrt(limit * budget.answered));
  return Math.min(MAX_RISK, Math.max(0, (limit * (budget.left - atStake)) / even));
}

function lookAhead(input: PredictiveInput): Moment[] {
  const { view, floor, lines, agents, connectWithinMs } = input;
  const afterMs = [0, ...lines.horizonsMs(QUANTILES)];
  const answers = lines.answersWithin(view, afterMs);
  const free = agents.freeWithin(
    view,
    afterMs.map((after) => after + connectWithinMs),
  );
  const answerRate = lines.answerRate();
  return afterMs.map((after, index) => {
    const share = lines.newCallWithin(after);
    const horizon: Horizon = {
      afterMs: after,
      newCallAnswers: answerRate * share,
      answers: answers[index] ?? [],
      free: free[index] ?? [],
      spare: floor.idle - floor.waiting,
    };
    return { horizon, share, risk: overloadRisk(horizon) };
  });
}

/** The moments are the ends of stretches; within a stretch the chance is taken as the mean of its ends. */
function riskOfNext(moments: readonly Moment[]): number {
  let risk = 0;
  let worstLater = 0;
  for (let k = moments.length - 1; k > 0; k--) {
    const end = moments[k];
    const start = moments[k - 1];
    if (!end || !start) continue;
    const chance = (start.risk.noneFree() + end.risk.noneFree()) / 2;
    worstLater = Math.max(worstLater, chance);
    risk += (end.share - start.share) * worstLater;
  }
  return risk;
}

/** Abandoned calls to be expected of the lines that ring now. */
function lossAtStake(moments: readonly Moment[]): number {
  let loss = 0;
  for (let k = 1; k < moments.length; k++) {
    const end = moments[k];
    const start = moments[k - 1];
    if (!end || !start) continue;
    const answers = expected(end.horizon.answers) - expected(start.horizon.answers);
    loss += (answers * (start.risk.noneFree() + end.risk.noneFree())) / 2;
  }
  return loss;
}

function describe({ horizon, risk }: Moment): ForecastMoment {
  return {
    afterMs: horizon.afterMs,
    answers: expected(horizon.answers),
    agentsFreed: expected(horizon.free),
    noneFree: risk.noneFree(),
  };
}

function expected(groups: Horizon['answers']): number {
  return groups.reduce((sum, { count, chance }) => sum + count * chance, 0);
}
