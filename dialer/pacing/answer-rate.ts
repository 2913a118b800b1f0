/** Dialed calls that the long and the short memory reach back, in effect. */
const SLOW_MEMORY = 800;
const FAST_MEMORY = 50;
/** A step is believed when the short memory lies this many standard errors off the long one. */
const STEP_ERRORS = 3;
const STEP_MIN_CALLS = 15;
/** Standard deviations of the belief added to the mean: being wrong upwards costs abandoned calls. */
const CAUTION = 0.5;

export interface AnswerRateState {
  slow: { answered: number; calls: number };
  fast: { answered: number; calls: number };
}

/**
 * The chance that a dialed call is answered by a person: a Beta–Binomial belief whose old calls fade
 * (each new call multiplies their weight by 1 − 1 ÷ memory), with a second, short memory beside it. When the
 * two disagree by more than chance explains, the list or the hour has changed and the long memory is dropped.
 */
export class AnswerRate {
  private state: AnswerRateState;

  constructor(prior: { rate: number; weight: number }) {
    const belief = { answered: prior.rate * prior.weight, calls: prior.weight };
    this.state = {
      slow: { ...belief },
      fast: scaled(belief, Math.min(1, FAST_MEMORY / (prior.weight || 1))),
    };
  }

  observe(answered: boolean): void {
    const { slow, fast } = this.state;
    for (const [memory, size] of [
      [slow, SLOW_MEMORY],
      [fast, FAST_MEMORY],
    ] as const) {
      const keep = memory.calls >= size ? 1 - 1 / size : 1;
      memory.answered = memory.answered * keep + (answered ? 1 : 0);
      memory.calls = memory.calls * keep + 1;
    }
    if (this.stepped()) this.state.slow = { ...fast };
  }

  mean(): number {
    return meanOf(this.state.slow);
  }

  /** The mean raised for doubt, and at least what the short memory says less one standard error. */
  cautious(): number {
    const { slow, fast } = this.state;
    return Math.min(1, Math.max(meanOf(slow) + CAUTION * deviation(slow), meanOf(fast) - deviation(fast)));
  }

  snapshot(): AnswerRateState {
    return structuredClone(this.state);
  }

  restore(state: AnswerRateState): void {
    this.state = structuredClone(state);
  }

  private stepped(): boolean {
    const { slow, fast } = this.state;
    if (fast.calls < STEP_MIN_CALLS) return false;
    const rate = meanOf(slow);
    const error = Math.sqrt((rate * (1 - rate)) / fast.calls);
    return Math.abs(meanOf(fast) - rate) > STEP_ERRORS * error;
  }
}

// One call of each kind on top keeps a belief of weight 0 away from certainty (Laplace's rule).
function meanOf(memory: { answered: number; calls: number }): number {
  return (memory.answered + 0.5) / (memory.calls + 1);
}

function deviation(memory: { answered: number; calls: number }): number {
  const mean = meanOf(memory);
  return Math.sqrt((mean * (1 - mean)) / (memory.calls + 2));
}

function scaled(
  memory: { answered: number; calls: number },
  by: number,
): { answered: number; calls: number } {
  return { answered: memory.answered * by, calls: memory.calls * by };
}
