/** Ages are kept in steps that start at two seconds and widen by 12 %: 54 of them reach past two hours. */
export const AGE_BINS = 54;
const FIRST_MS = 2000;
const GROWTH = 1.12;
const MEMORY = 400;
/** How many calls' worth the overall pace counts in a step of its own, so that thin tails stay finite. */
const SHRINK = 0.5;
/** An ending takes at least this long in the books: nothing has an infinite pace. */
const MIN_EXPOSURE_MS = 50;

const EDGES = Array.from(
  { length: AGE_BINS + 1 },
  (_, bin) => (FIRST_MS * (GROWTH ** bin - 1)) / (GROWTH - 1),
);

export interface DurationState {
  endings: number[];
  exposureMs: number[];
}

/** The step of age that `ageMs` lies in. */
export function ageBin(ageMs: number): number {
  if (ageMs <= 0) return 0;
  const bin = Math.floor(Math.log(1 + (ageMs * (GROWTH - 1)) / FIRST_MS) / Math.log(GROWTH));
  return Math.min(AGE_BINS - 1, bin);
}

/** An age that stands for its step. */
export function ageOfBin(bin: number): number {
  return ((EDGES[bin] ?? 0) + (EDGES[bin + 1] ?? 0)) / 2;
}

/**
 * How long a state (talk, wrap-up) lasts: a survival curve with a constant pace of ending within each step
 * of age (the piecewise-exponential form of Kaplan–Meier), pace = (endings + prior) ÷ (time at risk + prior).
 * Those still in the state count as time at risk without an ending (censored): without them the short ones,
 * which end first, would make a new floor look too quick.
 */
export class DurationSurvival {
  private state: DurationState;
  private readonly cumulated = new Float64Array(AGE_BINS + 1);

  constructor(prior: { meanMs: number; weight: number }) {
    const mean = Math.max(prior.meanMs, MIN_EXPOSURE_MS);
    const share = (bin: number): number =>
      Math.exp(-(EDGES[bin] ?? 0) / mean) - Math.exp(-(EDGES[bin + 1] ?? 0) / mean);
    const weight = Math.max(prior.weight, 0.1);
    const endings = Array.from({ length: AGE_BINS }, (_, bin) => weight * share(bin));
    this.state = { endings, exposureMs: endings.map((count) => count * mean) };
    this.refit([]);
  }

  observe(lastedMs: number): void {
    const { endings, exposureMs } = this.state;
    const last = ageBin(lastedMs);
    for (let bin = 0; bin < AGE_BINS; bin++) {
      endings[bin] = (endings[bin] ?? 0) * (1 - 1 / MEMORY);
      exposureMs[bin] = (exposureMs[bin] ?? 0) * (1 - 1 / MEMORY);
    }
    endings[last] = (endings[last] ?? 0) + 1;
    addExposure(exposureMs, Math.max(lastedMs, MIN_EXPOSURE_MS));
  }

  /** Computes the curve anew, with the ages of those who are in the state now. */
  refit(openAgesMs: readonly number[]): void {
    const { endings } = this.state;
    const atRisk = [...this.state.exposureMs];
    for (const age of openAgesMs) addExposure(atRisk, age);
    const overall = sum(endings) / sum(atRisk);
    for (let bin = 0; bin < AGE_BINS; bin++) {
      const pace = ((endings[bin] ?? 0) + SHRINK) / ((atRisk[bin] ?? 0) + SHRINK / overall);
      const width = (EDGES[bin + 1] ?? 0) - (EDGES[bin] ?? 0);
      this.cumulated[bin + 1] = (this.cumulated[bin] ?? 0) + pace * width;
    }
  }

  /**
   * The chances that what has lasted for `ageMs` ends within 0, 1 … `seconds` seconds:
   * 1 − S(age + horizon) ÷ S(age).
   */
  endsWithin(ageMs: number, seconds: number): Float64Array {
    const passed = this.hazard(ageMs, ageBin(ageMs));
    const chances = new Float64Array(seconds + 1);
    let bin = ageBin(ageMs);
    for (let second = 1; second <= seconds; second++) {
      const age = ageMs + second * 1000;
      while (bin < AGE_BINS - 1 && (EDGES[bin + 1] ?? 0) <= age) bin++;
      chances[second] = 1 - Math.exp(passed - this.hazard(age, bin));
    }
    return chances;
  }

  snapshot(): DurationState {
    return structuredClone(this.state);
  }

  restore(state: DurationState): void {
    this.state = structuredClone(state);
    this.refit([]);
  }

  /** The pace of ending summed up to an age that lies in the step `bin`. */
  private hazard(ageMs: number, bin: number): number {
    const from = EDGES[bin] ?? 0;
    const below = this.cumulated[bin] ?? 0;
    const pace = ((this.cumulated[bin + 1] ?? 0) - below) / ((EDGES[bin + 1] ?? 1) - from);
    return below + pace * (ageMs - from);
  }
}

function addExposure(exposureMs: number[], lastedMs: number): void {
  for (let bin = 0; bin < AGE_BINS && (EDGES[bin] ?? 0) < lastedMs; bin++) {
    const until = Math.min(lastedMs, EDGES[bin + 1] ?? lastedMs);
    exposureMs[bin] = (exposureMs[bin] ?? 0) + until - (EDGES[bin] ?? 0);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
