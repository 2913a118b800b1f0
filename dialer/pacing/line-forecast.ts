import type { ChanceGroup } from './agent-forecast.ts';
import { AnswerRate, type AnswerRateState } from './answer-rate.ts';
import type { PacingObservation, PacingView } from './pacing-types.ts';
import { RING_BIN_MS, RingTimes, type RingTimesState } from './ring-times.ts';

/** Answers of calls with a known chance, against what the chances promised: how far to trust them. */
const HINT_MEMORY = 300;
const HINT_WEIGHT = 10;
/** Lines are remembered until their event; one whose event never comes is dropped in the end. */
const MAX_HINTS = 20_000;

export interface LineForecastState {
  rate: AnswerRateState;
  rings: RingTimesState;
  hints: { answered: number; promised: number };
}

/** When ringing lines will be answered by a person. */
export class LineForecast {
  private readonly rate: AnswerRate;
  private readonly rings: RingTimes;
  private hints = { answered: HINT_WEIGHT, promised: HINT_WEIGHT };
  private readonly hintOf = new Map<string, number>();

  constructor(prior: { answerRate: number; answerRingMs: number; unansweredRingMs: number; weight: number }) {
    this.rate = new AnswerRate({ rate: prior.answerRate, weight: prior.weight });
    this.rings = new RingTimes(prior);
  }

  observe(observation: PacingObservation): void {
    if (observation.type !== 'answered' && observation.type !== 'unanswered') return;
    const answered = observation.type === 'answered';
    this.rate.observe(answered);
    this.rings.observe(answered, observation.ringMs);
    this.judgeHint(observation.callId, answered);
  }

  /** Notes what the engine believed of its lines, to be compared with what comes of them. */
  note(view: PacingView): void {
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

  /** For each horizon the chances of the shared lines to be answered by then, those of like age together. */
  answersWithin(view: PacingView, horizonsMs: readonly number[]): ChanceGroup[][] {
    const groups: ChanceGroup[][] = horizonsMs.map(() => []);
    const add = (count: number, chances: readonly number[]): void =>
      chances.forEach((chance, index) => {
        groups[index]?.push({ count, chance });
      });
    const alike = new Map<number, number>();
    for (const { reservedFor, answerProbability, dialedAt } of view.ringing) {
      if (reservedFor !== undefined) continue;
      const ageMs = Math.max(0, view.now - dialedAt);
      if (answerProbability === undefined) {
        const bin = Math.round(ageMs / RING_BIN_MS);
        alike.set(bin, (alike.get(bin) ?? 0) + 1);
      } else {
        const answerRate = this.trusted(answerProbability);
        add(1, this.rings.answerChances({ ageMs, answerRate }, horizonsMs));
      }
    }
    const answerRate = this.rate.cautious();
    for (const [bin, count] of alike)
      add(count, this.rings.answerChances({ ageMs: bin * RING_BIN_MS, answerRate }, horizonsMs));
    return groups;
  }

  snapshot(): LineForecastState {
    return { rate: this.rate.snapshot(), rings: this.rings.snapshot(), hints: { ...this.hints } };
  }

  restore(state: LineForecastState): void {
    this.rate.restore(state.rate);
    this.rings.restore(state.rings);
    this.hints = { ...state.hints };
    this.hintOf.clear();
  }

  private trusted(hint: number): number {
    return Math.min(1, Math.max(0, (hint * this.hints.answered) / this.hints.promised));
  }

  private judgeHint(callId: string, answered: boolean): void {
    const hint = this.hintOf.get(callId);
    if (hint === undefined) return;
    this.hintOf.delete(callId);
    const keep = 1 - 1 / HINT_MEMORY;
    this.hints = {
      answered: this.hints.answered * keep + (answered ? 1 : 0),
      promised: this.hints.promised * keep + hint,
    };
  }
}
