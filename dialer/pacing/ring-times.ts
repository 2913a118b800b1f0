/** Ring times are kept in half seconds up to a minute; longer ones share the last place. */
export const RING_BIN_MS = 500;
export const RING_BINS = 120;
const MEMORY = 1000;

export interface RingTimesState {
  answered: number[];
  unanswered: number[];
}

/**
 * How long calls ring: one distribution for calls a person answers, one for the others, each a histogram on
 * top of a prior (Dirichlet) with fading memory. Together with the answer rate p they give the chance that a
 * line that has rung for `a` is answered within `h`, by Bayes:
 * p·(F(a+h) − F(a)) ÷ (p·(1 − F(a)) + (1 − p)·(1 − G(a))), F and G the two distribution functions.
 */
export class RingTimes {
  private state: RingTimesState;
  private answeredBy: Float64Array = new Float64Array(RING_BINS + 1);
  private endedBy: Float64Array = new Float64Array(RING_BINS + 1);
  private stale = true;

  constructor(prior: { answerRingMs: number; unansweredRingMs: number; weight: number }) {
    this.state = {
      answered: spread(prior.answerRingMs, prior.weight, 3),
      unanswered: spread(prior.unansweredRingMs, prior.weight, 3),
    };
  }

  observe(answered: boolean, ringMs: number): void {
    const bins = answered ? this.state.answered : this.state.unanswered;
    const bin = Math.min(RING_BINS - 1, Math.floor(ringMs / RING_BIN_MS));
    for (let i = 0; i < RING_BINS; i++) bins[i] = (bins[i] ?? 0) * (1 - 1 / MEMORY);
    bins[bin] = (bins[bin] ?? 0) + 1;
    this.stale = true;
  }

  /** The chance that a call which will be answered is so within `ringMs` of being dialed. */
  answeredWithin(ringMs: number): number {
    this.refresh();
    return interpolate(this.answeredBy, ringMs);
  }

  /** The ring time by which the share `quantile` of the answers has come, ms. */
  answerQuantile(quantile: number): number {
    this.refresh();
    const bin = this.answeredBy.findIndex((share) => share >= quantile);
    return (bin < 0 ? RING_BINS : bin) * RING_BIN_MS;
  }

  /** The ring time by which the share `quantile` of both kinds has ended, ms. */
  endQuantile(quantile: number): number {
    this.refresh();
    const bin = this.endedBy.findIndex((share) => share >= quantile);
    return Math.max((bin < 0 ? RING_BINS : bin) * RING_BIN_MS, this.answerQuantile(quantile));
  }

  /** The chances that a line which has rung for `ageMs` is answered within each of `horizonsMs`. */
  answerChances(line: { ageMs: number; answerRate: number }, horizonsMs: readonly number[]): number[] {
    this.refresh();
    const { ageMs, answerRate } = line;
    const passed = interpolate(this.answeredBy, ageMs);
    const ended = interpolate(this.endedBy, ageMs);
    const stillOpen = answerRate * (1 - passed) + (1 - answerRate) * (1 - ended);
    if (stillOpen <= 1e-12) return horizonsMs.map(() => 0);
    return horizonsMs.map((horizon) => {
      const later = interpolate(this.answeredBy, ageMs + horizon) - passed;
      return Math.min(1, (answerRate * later) / stillOpen);
    });
  }

  snapshot(): RingTimesState {
    return structuredClone(this.state);
  }

  restore(state: RingTimesState): void {
    this.state = structuredClone(state);
    this.stale = true;
  }

  private refresh(): void {
    if (!this.stale) return;
    cumulate(this.state.answered, this.answeredBy);
    cumulate(this.state.unanswered, this.endedBy);
    this.stale = false;
  }
}

/** A belief of `weight` calls spread around a mean: an Erlang density of the given shape. */
function spread(meanMs: number, weight: number, shape: number): number[] {
  const pace = shape / Math.max(meanMs, RING_BIN_MS);
  const bins = Array.from({ length: RING_BINS }, (_, bin) => {
    const middle = (bin + 0.5) * RING_BIN_MS * pace;
    return middle ** (shape - 1) * Math.exp(-middle);
  });
  const total = bins.reduce((sum, bin) => sum + bin, 0);
  return bins.map((bin) => (bin * Math.max(weight, 1)) / total);
}

function cumulate(bins: readonly number[], into: Float64Array): void {
  let sum = 0;
  bins.forEach((bin, index) => {
    sum += bin;
    into[index + 1] = sum;
  });
  for (let i = 1; i <= RING_BINS; i++) into[i] = (into[i] ?? 0) / sum;
}

function interpolate(cumulated: Float64Array, ms: number): number {
  const place = ms / RING_BIN_MS;
  if (place >= RING_BINS) return 1;
  if (place <= 0) return 0;
  const bin = Math.floor(place);
  const below = cumulated[bin] ?? 0;
  return below + ((cumulated[bin + 1] ?? 1) - below) * (place - bin);
}
