import { AGE_BINS, ageBin, ageOfBin, type DurationState, DurationSurvival } from './duration-survival.ts';
import type { PacingObservation, PacingView, ViewedAgent } from './pacing-types.ts';

/** The curves are drawn anew at most this often: talk and wrap-up habits change slowly. */
const REFIT_MS = 5000;
const RETURN_MEMORY = 200;
/** The place of a wrap-up that has just begun, beside the rows by state and age. */
const FRESH_WRAP_UP = -1;

/** `count` independent chances of the same size, for each of the moments asked about. */
export interface ChanceRow {
  count: number;
  chances: ArrayLike<number>;
}

export interface AgentForecastState {
  talk: DurationState;
  wrapUp: DurationState;
  returns: { back: number; all: number };
}

type BusyState = 'connected' | 'wrapUp';

/** When busy agents will be free: talk and wrap-up survival, and the share of agents who then stay to work. */
export class AgentForecast {
  private readonly talk: DurationSurvival;
  private readonly wrapUp: DurationSurvival;
  private returns = { back: 19.8, all: 20 };
  private lastStates = new Map<string, ViewedAgent['state']>();
  private readonly wrappedUp = new Set<string>();
  private readonly freeBy = new Map<number, Float64Array>();
  /** The rows hold the chances to be free by each full second up to this one. */
  private seconds = 0;
  private fittedAt = -Infinity;

  constructor(prior: { talkMs: number; wrapUpMs: number; weight: number }) {
    this.talk = new DurationSurvival({ meanMs: prior.talkMs, weight: prior.weight });
    this.wrapUp = new DurationSurvival({ meanMs: prior.wrapUpMs, weight: prior.weight });
  }

  observe(observation: PacingObservation): void {
    if (observation.type === 'talkEnded') this.talk.observe(observation.talkMs);
    if (observation.type !== 'wrapUpEnded') return;
    this.wrapUp.observe(observation.wrapUpMs);
    this.wrappedUp.add(observation.agentId);
  }

  /** Learns from how agents moved since the last view: wrap-up that was skipped, agents who did not return. */
  note(view: PacingView): void {
    const present = new Map<string, ViewedAgent['state']>();
    for (const { id, state } of view.agents) present.set(id, state);
    for (const [id, before] of this.lastStates) {
      const now = present.get(id);
      if (!isBusy(before) || isBusy(now)) continue;
      this.countReturn(now === 'available');
      if (before === 'connected' && now === 'available' && !this.wrappedUp.has(id)) this.wrapUp.observe(0);
    }
    this.lastStates = present;
    this.wrappedUp.clear();
  }

  /** The chances of the busy agents to be free by each horizon, those of like age together. */
  freeWithin(view: PacingView, horizonsMs: readonly number[]): ChanceRow[] {
    this.refit(view, Math.ceil(Math.max(...horizonsMs) / 1000));
    const counts = new Map<number, number>();
    for (const { state, since } of view.agents) {
      if (!isBusy(state)) continue;
      const key = ageBin(view.now - since) + (state === 'wrapUp' ? AGE_BINS : 0);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const stay = this.returns.back / this.returns.all;
    return Array.from(counts, ([key, count]) => {
      const row = this.row(key);
      return { count, chances: horizonsMs.map((horizon) => stay * interpolate(row, horizon)) };
    });
  }

  snapshot(): AgentForecastState {
    return { talk: this.talk.snapshot(), wrapUp: this.wrapUp.snapshot(), returns: { ...this.returns } };
  }

  restore(state: AgentForecastState): void {
    this.talk.restore(state.talk);
    this.wrapUp.restore(state.wrapUp);
    this.returns = { ...state.returns };
    this.lastStates.clear();
    this.wrappedUp.clear();
    this.freeBy.clear();
    this.fittedAt = -Infinity;
  }

  private countReturn(back: boolean): void {
    const keep = this.returns.all >= RETURN_MEMORY ? 1 - 1 / RETURN_MEMORY : 1;
    this.returns = { back: this.returns.back * keep + (back ? 1 : 0), all: this.returns.all * keep + 1 };
  }

  private refit(view: PacingView, seconds: number): void {
    if (seconds <= this.seconds && view.now - this.fittedAt < REFIT_MS) return;
    const ages = (state: BusyState): number[] =>
      view.agents.filter((agent) => agent.state === state).map((agent) => view.now - agent.since);
    this.talk.refit(ages('connected'));
    this.wrapUp.refit(ages('wrapUp'));
    this.freeBy.clear();
    this.seconds = seconds;
    this.fittedAt = view.now;
  }

  /** The chances of one kind of agent to be free by each second ahead; kept until the next refit. */
  private row(key: number): Float64Array {
    const known = this.freeBy.get(key);
    if (known) return known;
    const row =
      key < AGE_BINS ? this.talkThenWrapUp(ageOfBin(key)) : this.wrapUpOnly(ageOfBin(key - AGE_BINS));
    this.freeBy.set(key, row);
    return row;
  }

  private freshWrapUp(): Float64Array {
    const known = this.freeBy.get(FRESH_WRAP_UP);
    if (known) return known;
    const row = this.wrapUpOnly(0);
    this.freeBy.set(FRESH_WRAP_UP, row);
    return row;
  }

  private wrapUpOnly(ageMs: number): Float64Array {
    return this.wrapUp.endsWithin(ageMs, this.seconds);
  }

  /** The sum of the rest of the talk and a whole wrap-up (a convolution by the second). */
  private talkThenWrapUp(ageMs: number): Float64Array {
    const row = new Float64Array(this.seconds + 1);
    const ended = this.talk.endsWithin(ageMs, this.seconds);
    const wrapped = this.freshWrapUp();
    for (let second = 1; second <= this.seconds; second++) {
      const endsNow = (ended[second] ?? 0) - (ended[second - 1] ?? 0);
      // A talk that ends within this second leaves on average half a second more to wrap up.
      for (let rest = 0; second + rest <= this.seconds; rest++) {
        const done = ((wrapped[rest] ?? 0) + (wrapped[rest + 1] ?? 1)) / 2;
        row[second + rest] = (row[second + rest] ?? 0) + endsNow * done;
      }
    }
    return row;
  }
}

function isBusy(state: ViewedAgent['state'] | undefined): state is BusyState {
  return state === 'connected' || state === 'wrapUp';
}

function interpolate(row: Float64Array, ms: number): number {
  const place = Math.min(ms / 1000, row.length - 1);
  const second = Math.floor(place);
  const below = row[second] ?? 0;
  return below + ((row[second + 1] ?? below) - below) * (place - second);
}
