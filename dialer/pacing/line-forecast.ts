import type { ChanceRow } from './agent-forecast.ts';
import { AnswerRate, type AnswerRateState } from './answer-rate.ts';
import type { PacingObservation, PacingView } from './pacing-types.ts';
import { RING_BIN_MS, RING_BINS, RingTimes, type RingTimesState } from './ring-times.ts';

/** Answers of calls with a known chance, against what the chances promised: how far to trust them. */
const HINT_MEMORY = 300;
const HINT_WEIGHT = 10;
/** Lines are remembered until their event; one whose event never comes is dropped in the end. */
const MAX_HINTS = 20_000;
/** Given chances are told apart by the percent; one place beyond stands for the pacer's own estimate. */
const HINT_STEPS = 100;
const OWN_RATE = HINT_STEPS + 1;
/** Lines that ring longer than this are all alike. */
const MAX_AGE = RING_BINS;

/** A call's end is ripe when this share of the calls dialed with it has ended, answered or not. */
const RIPE = 0.97;

/**
 * A call that ended, to be learned from when the calls dialed with it have ended too. In the order of their
 * ends the rejected come first and the unanswered last: after a burst of dialing the rate would swing between
 * almost none and almost all.
 */
interface PendingEnd {
  due: number;
  answered: boolean;
  ringMs: number;
  hint?: number | undefined;
}

export interface LineForecastState {
  pending: PendingEnd[];
  rate: AnswerRateState;
  rings: RingTimesState;
  hints: { answered: number; promised: number };
}

/** When ringing lines will be answered by a person. */
export class LineForecast {
  private readonly rate: AnswerRate;
  private readonly rings: RingTimes;
  private hints = { answered: HINT_WEIGHT, promised: HINT_WEIGHT };
  private pending: PendingEnd[] = [];
  private readonly hintOf = new Map<string, number>();

  constructor(prior: { answerRate: number; answerRingMs: number; unansweredRingMs: number; weight: number }) {
    this.rate = new AnswerRate({ rate: prior.answerRate, weight: prior.weight });
    this.rings = new RingTimes(prior);
  }

  /** Takes a call's end; it is learned from in the order of dialing, see `PendingEnd`. */
  observe(observation: PacingObservation): void {
    if (observation.type !== 'answered' && observation.type !== 'unanswered') return;
    const answered = observation.type === 'answered';
    const { at, ringMs, callId } = observation;
    const hint = this.hintOf.get(callId);
    this.hintOf.delete(callId);
    if (answered) this.rate.observeEarly(true);
    const due = Math.max(at, at - ringMs + this.rings.endQuantile(RIPE));
    const end: PendingEnd = hint === undefined ? { due, answered, ringMs } : { due, answered, ringMs, hint };
    let place = this.pending.length;
    while (place > 0 && (this.pending[place - 1]?.due ?? 0) > due) place--;
    this.pending.splice(place, 0, end);
    this.learn(at);
  }

  /** Learns from the calls that are ripe by `now`. */
  learn(now: number): void {
    const unripe = this.pending.findIndex(({ due }) => due > now);
    const ripe = this.pending.splice(0, unripe < 0 ? this.pending.length : unripe);
    // Calls that ripen together have no order: each counts as the share of them that was answered.
    const share = ripe.filter(({ answered }) => answered).length / ripe.length;
    for (const { answered, ringMs, hint } of ripe) {
      this.rate.observe(share);
      if (!answered) this.rate.observeEarly(false);
      this.rings.observe(answered, ringMs);
      if (hint !== undefined) this.judgeHint(hint, answered);
    }
  }

  /** Notes what the engine believed of its lines, to be compared with what comes of them. */
  note(view: PacingView): void {
    this.learn(view.now);
    for (const { id, answerProbability } of view.ringing)
      if (answerProbability !== undefined) this.hintOf.set(id, answerProbability);
    if (this.hintOf.size <= MAX_HINTS) return;
    const ringing = new Set(view.ringing.map((line) => line.id));
    for (const id of this.hintOf.keys()) if (!ringing.has(id)) this.hintOf.delete(id);
  }

  /** The chance that a call placed now is answered, estimated on the cautious side. */
  answerRate(): number {
    return this.rate.cautious();
  }

  /** The share of a new call's answers that come within `ms`. */
  newCallWithin(ms: number): number {
    return this.rings.answeredWithin(ms);
  }

  /** Moments ahead by which the shares `quantiles` of a new call's answers have come, in full seconds. */
  horizonsMs(quantiles: readonly number[]): number[] {
    const seconds = quantiles.map((quantile) => Math.ceil(this.rings.answerQuantile(quantile) / 1000));
    return [...new Set(seconds)].map((second) => Math.max(1, second) * 1000);
  }

  /** The chances of the shared lines to be answered by each horizon, those of like age and rate together. */
  answersWithin(view: PacingView, horizonsMs: readonly number[]): ChanceRow[] {
    const alike = new Map<number, number>();
    for (const { reservedFor, answerProbability, dialedAt } of view.ringing) {
      if (reservedFor !== undefined) continue;
      const age = Math.min(MAX_AGE, Math.max(0, Math.round((view.now - dialedAt) / RING_BIN_MS)));
      const rate = answerProbability === undefined ? OWN_RATE : Math.round(answerProbability * HINT_STEPS);
      const key = rate * (MAX_AGE + 1) + age;
      alike.set(key, (alike.get(key) ?? 0) + 1);
    }
    return Array.from(alike, ([key, count]) => {
      const rate = Math.floor(key / (MAX_AGE + 1));
      const answerRate = rate === OWN_RATE ? this.rate.cautious() : this.trusted(rate / HINT_STEPS);
      const ageMs = (key % (MAX_AGE + 1)) * RING_BIN_MS;
      return { count, chances: this.rings.answerChances({ ageMs, answerRate }, horizonsMs) };
    });
  }

  snapshot(): LineForecastState {
    return {
      pending: structuredClone(this.pending),
      rate: this.rate.snapshot(),
      rings: this.rings.snapshot(),
      hints: { ...this.hints },
    };
  }

  restore(state: LineForecastState): void {
    this.pending = structuredClone(state.pending);
    this.rate.restore(state.rate);
    this.rings.restore(state.rings);
    this.hints = { ...state.hints };
    this.hintOf.clear();
  }

  private trusted(hint: number): number {
    return Math.min(1, Math.max(0, (hint * this.hints.answered) / this.hints.promised));
  }

  private judgeHint(hint: number, answered: boolean): void {
    const keep = 1 - 1 / HINT_MEMORY;
    this.hints = {
      answered: this.hints.answered * keep + (answered ? 1 : 0),
      promised: this.hints.promised * keep + hint,
    };
  }
}
