import { DomainError } from '../../platform/errors/index.ts';
import { AbandonLedger, type Budget } from './abandon-ledger.ts';
import { AbandonWatch } from './abandon-watch.ts';
import { AgentForecast } from './agent-forecast.ts';
import { CallRateLimit } from './call-rate-limit.ts';
import type { BoundBy, Explanation } from './explanation.ts';
import { countFloor, type FloorCount, progressiveCalls, ratioCalls } from './floor-count.ts';
import { LineForecast } from './line-forecast.ts';
import { checkSnapshot, type PacerSnapshot } from './pacer-snapshot.ts';
import { type CheckedOptions, checkOptions } from './pacing-options.ts';
import type { Pacer, PacerChanges, PacerOptions, PacingObservation, PacingView } from './pacing-types.ts';
import { type PredictiveDecision, predictiveCalls } from './predictive.ts';

/** Believed of a floor nobody has told us anything about; worth a few calls only. */
const UNKNOWN = {
  answerRate: 0.3,
  answerRingMs: 10_000,
  unansweredRingMs: 22_000,
  talkMs: 120_000,
  wrapUpMs: 20_000,
  weight: 10,
};
/** In one decision never more calls than this per agent: a limit for a floor that is misread. */
const MAX_CALLS_PER_AGENT = 40;

interface Wanted {
  calls: number;
  boundBy: BoundBy;
  decision?: PredictiveDecision;
}

/**
 * A pacer for one campaign: says how many calls to place now. Pure: its time is the views', its chance is none.
 * Modes: `progressive` one line per free agent; `ratio` so many lines per free agent, progressive while
 * another abandoned call would break the limit; `predictive` ahead of agents becoming free, within the abandon
 * budget of the window; `preview` always 0, because there the agent decides when to call whom.
 * Throws `pacing_options_invalid` naming every wrong option.
 */
export function createPacer(options: PacerOptions): Pacer {
  return new LookAheadPacer(checkOptions(options));
}

class LookAheadPacer implements Pacer {
  private options: CheckedOptions;
  private readonly lines: LineForecast;
  private readonly agents: AgentForecast;
  private readonly ledger: AbandonLedger;
  private readonly watch: AbandonWatch;
  private readonly callRate = new CallRateLimit();
  private countedBefore: { answered: number; abandoned: number } | undefined;
  private now = -Infinity;
  private last: (() => Explanation) | undefined;

  constructor(options: CheckedOptions) {
    this.options = options;
    const { window, ...beliefs } = options.prior ?? {};
    const prior = { ...UNKNOWN, ...beliefs };
    this.lines = new LineForecast(prior);
    this.agents = new AgentForecast(prior);
    this.ledger = new AbandonLedger(options.abandonWindow, options.startedAt);
    this.watch = new AbandonWatch(this.ledger);
    this.countedBefore = window;
  }

  observe(observation: PacingObservation): void {
    checkObservation(observation);
    this.advance(observation.at);
    this.watch.observe(observation, this.options.connectWithinMs);
    this.lines.observe(observation);
    this.agents.observe(observation);
  }

  callsToPlace(view: PacingView): number {
    this.advance(view.now);
    this.lines.note(view);
    this.agents.note(view);
    const floor = countFloor(view);
    const budget = this.budget();
    const wanted = this.wanted(view, floor, budget);
    const { calls, boundBy } = this.capped(wanted, floor);
    if (this.options.maxCallsPerSecond !== undefined) this.callRate.take(calls, this.now);
    const { decision } = wanted;
    const facts = { ...this.facts(budget), calls, boundBy, floor };
    this.last = () => explained(facts, decision);
    return calls;
  }

  explain(): Explanation | undefined {
    return structuredClone(this.last?.());
  }

  configure(changes: PacerChanges): void {
    this.options = checkOptions({ ...this.options, ...changes });
  }

  snapshot(): PacerSnapshot {
    return {
      version: 1,
      lines: this.lines.snapshot(),
      agents: this.agents.snapshot(),
      ledger: this.ledger.state(),
    };
  }

  restore(snapshot: unknown): void {
    const checked = checkSnapshot(snapshot);
    this.lines.restore(checked.lines);
    this.agents.restore(checked.agents);
    this.ledger.restore(checked.ledger);
    this.countedBefore = undefined;
  }

  /** Time only goes forward here; what was counted before a restart belongs to the first window seen. */
  private advance(to: number): void {
    this.now = Math.max(this.now, to);
    if (!this.countedBefore) return;
    this.ledger.add(this.now, this.countedBefore);
    this.countedBefore = undefined;
  }

  /** The tighter of the window now and the one in which a call placed now may still be answered. */
  private budget(): Budget {
    const limit = this.options.targetAbandonRate;
    const now = this.ledger.budget(limit, this.now);
    const ring = this.lines.horizonsMs([0.99])[0] ?? 0;
    const then = this.ledger.budget(limit, this.now + ring + this.options.connectWithinMs);
    return then.left < now.left ? then : now;
  }

  private wanted(view: PacingView, floor: FloorCount, budget: Budget): Wanted {
    const { mode, ratio = 1, connectWithinMs } = this.options;
    if (mode === 'preview') return { calls: 0, boundBy: 'preview' };
    if (floor.staffed === 0) return { calls: 0, boundBy: 'noAgents' };
    if (mode === 'progressive') return { calls: progressiveCalls(floor), boundBy: 'agents' };
    if (mode === 'ratio') {
      const spent = budget.abandoned > 0 && budget.whole < 1;
      return spent
        ? { calls: Math.min(progressiveCalls(floor), ratioCalls(floor, ratio)), boundBy: 'budget' }
        : { calls: ratioCalls(floor, ratio), boundBy: 'ratio' };
    }
    const decision = predictiveCalls({
      view,
      floor,
      lines: this.lines,
      agents: this.agents,
      connectWithinMs,
      limit: this.options.targetAbandonRate,
      budget,
      atMost: Math.min(MAX_CALLS_PER_AGENT * floor.staffed, this.room(floor)),
    });
    return {
      calls: decision.calls,
      boundBy: decision.boundBy === 'cap' ? 'agents' : decision.boundBy,
      decision,
    };
  }

  private caps(floor: FloorCount): { room: number; boundBy: BoundBy }[] {
    const { maxLines = Infinity, maxLinesPerAgent = Infinity, maxCallsPerSecond } = this.options;
    const perAgent = floor.staffed === 0 ? 0 : Math.floor(maxLinesPerAgent * floor.staffed + 1e-9);
    return [
      { room: Math.floor(maxLines) - floor.linesUp, boundBy: 'maxLines' },
      { room: perAgent - floor.shared, boundBy: 'maxLinesPerAgent' },
      { room: this.callRate.room(maxCallsPerSecond, this.now), boundBy: 'maxCallsPerSecond' },
    ];
  }

  private room(floor: FloorCount): number {
    return Math.max(0, Math.min(...this.caps(floor).map(({ room }) => room)));
  }

  private capped(wanted: Wanted, floor: FloorCount): { calls: number; boundBy: BoundBy } {
    let { calls, boundBy } = wanted;
    for (const cap of this.caps(floor)) {
      const binds = cap.room < calls || (wanted.decision?.boundBy === 'cap' && cap.room <= calls);
      if (!binds) continue;
      calls = Math.max(0, cap.room);
      boundBy = cap.boundBy;
    }
    return { calls, boundBy };
  }

  private facts({ answered, abandoned, left }: Budget) {
    const { mode, targetAbandonRate: limit } = this.options;
    const answerRate = this.lines.answerRate();
    return { at: this.now, mode, answerRate, window: { answered, abandoned, limit, left } };
  }
}

function explained(
  facts: Omit<Explanation, 'predictive'>,
  decision: PredictiveDecision | undefined,
): Explanation {
  if (!decision) return facts;
  const { risk, riskLimit, forecast } = decision;
  return { ...facts, predictive: { risk, riskLimit, forecast: forecast() } };
}

/** An event with a time that is not a number would poison every estimate after it. */
function checkObservation(observation: PacingObservation): void {
  const times = [observation.at];
  if ('ringMs' in observation) times.push(observation.ringMs);
  if ('talkMs' in observation) times.push(observation.talkMs);
  if ('wrapUpMs' in observation) times.push(observation.wrapUpMs);
  if (times.every((time) => Number.isFinite(time)) && times.slice(1).every((time) => time >= 0)) return;
  throw new DomainError(
    'invalid',
    'pacing_observation_invalid',
    `The times of a pacing observation must be finite and not negative: correct the '${observation.type}' event`,
  );
}
