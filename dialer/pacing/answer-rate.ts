/** Dialed calls that the long and the short memory reach back, in effect. */
const SLOW_MEMORY = 800;
const FAST_MEMORY = 50;
/** A step is believed when the short memory lies this many standard errors off the long one. */
const STEP_ERRORS = 3;
const STEP_MIN_CALLS = 15;
/** Standard deviations of the belief added to the mean: being wrong upwards costs abandoned calls. */
const CAUTION = 0.5;
const EARLY_ERRORS = 3;

interface Memory {
  answered: number;
  calls: number;
}

export interface AnswerRateState {
  slow: Memory;
  fast: Memory;
  early: Memory;
}

/**
 * The chance that a dialed call is answered by a person: a Beta–Binomial belief whose old calls fade
 * (each new call multiplies their weight by 1 − 1 ÷ memory), with a second, short memory beside it. When the
 * two disagree by more than chance explains, the list or the hour has changed and the long memory is dropped.
 * A third, as short, hears of answers at once: it can only raise the estimate, because a rising rate must not
 * wait for the calls dialed with it to end.
 */
export class AnswerRate {
  private state: AnswerRateState;

  constructor(prior: { rate: number; weight: number }) {
    const belief = { answered: prior.rate * prior.weight, calls: prior.weight };
    const short = scaled(belief, Math.min(1, FAST_MEMORY / (prior.weight || 1)));
    this.state = { slow: belief, fast: short, early: { ...short } };
  }

  /** A call in the order of dialing: 1 if it was answered, 0 if not, or the share of calls dialed together. */
  observe(answered: number): void {
    const { slow, fast } = this.state;
    remember(slow, SLOW_MEMORY, answered);
    remember(fast, FAST_MEMORY, answered);
    if (this.stepped()) this.state.slow = { ...fast };
  }

  /** An outcome in the order of happening, as far as it is an answer. */
  observeEarly(answered: boolean): void {
    remember(this.state.early, FAST_MEMORY, answered ? 1 : 0);
  }

  mean(): number {
    return meanOf(this.state.slow);
  }

  /** The mean raised for doubt, and at least what the short memories can vouch for. */
  cautious(): number {
    const { slow, fast, early } = this.state;
    const least = (memory: Memory, errors: number): number => meanOf(memory) - errors * deviation(memory);
    return Math.min(
      1,
      Math.max(meanOf(slow) + CAUTION * deviation(slow), least(fast, 1), least(early, EARLY_ERRORS)),
    );
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

function remember(memory: Memory, size: number, answered: number): void {
  const keep = memory.calls >= size ? 1 - 1 / size : 1;
  memory.answered = memory.answered * keep + answered;
  memory.calls = memory.calls * keep + 1;
}

// One call of each kind on top keeps a belief of weight 0 away from certainty (Laplace's rule).
function meanOf(memory: Memory): number {
  return (memory.answered + 0.5) / (memory.calls + 1);
}

function deviation(memory: Memory): number {
  const mean = meanOf(memory);
  return Math.sqrt((mean * (1 - mean)) / (memory.calls + 2));
}

function scaled(memory: Memory, by: number): Memory {
  return { answered: memory.answered * by, calls: memory.calls * by };
}
