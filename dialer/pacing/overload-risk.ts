import type { ChanceRow } from './agent-forecast.ts';

/** Up to this many lines and agents the sums are counted out exactly, above by a corrected normal curve. */
export const EXACT_UP_TO = 80;
/** Chances under this are taken for none. */
const NEGLIGIBLE = 1e-9;

/** The floor ahead, as it looks without any further call. */
export interface Outlook {
  /** Ringing lines' chances of being answered by each moment. */
  answers: readonly ChanceRow[];
  /** Busy agents' chances of being free by each moment and the connect limit. */
  free: readonly ChanceRow[];
  /** Idle agents less waiting persons. */
  spare: number;
}

/** One of the outlook's moments, and the chance that a call placed now is answered by then. */
export interface Moment {
  index: number;
  newCallAnswers: number;
}

/** The chance that by one moment ahead all agents are taken, as more and more calls are placed now. */
export interface OverloadRisk {
  /** P(answers ≥ agents): the next answer would find nobody. */
  noneFree(): number;
  /** Counts one more call placed now. */
  place(): void;
}

export function overloadRisk(outlook: Outlook, moment: Moment): OverloadRisk {
  const size = total(outlook.answers) + total(outlook.free);
  return size <= EXACT_UP_TO ? new ExactRisk(outlook, moment) : new NormalRisk(outlook, moment);
}

/** Poisson–binomial distributions counted out, one chance at a time. */
class ExactRisk implements OverloadRisk {
  private readonly answers = new CountDistribution();
  private readonly free = new CountDistribution();
  private readonly spare: number;
  private readonly newCallAnswers: number;

  constructor({ answers, free, spare }: Outlook, { index, newCallAnswers }: Moment) {
    for (const { count, chances } of answers) this.answers.add(count, chances[index] ?? 0);
    for (const { count, chances } of free) this.free.add(count, chances[index] ?? 0);
    this.spare = spare;
    this.newCallAnswers = newCallAnswers;
  }

  noneFree(): number {
    const { answers, free, spare } = this;
    let sum = 0;
    let freeByThen = 0; // P(agents freed ≤ answered − spare), as answered grows
    let freed = 0;
    for (let answered = Math.max(0, spare); answered < answers.size; answered++) {
      for (; freed <= answered - spare && freed < free.size; freed++) freeByThen += free.chanceOf(freed);
      sum += answers.chanceOf(answered) * freeByThen;
    }
    return sum;
  }

  place(): void {
    this.answers.add(1, this.newCallAnswers);
  }
}

/** How many of some independent chances come true. */
class CountDistribution {
  size = 1;
  private chances = Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0);

  chanceOf(count: number): number {
    return this.chances[count] ?? 0;
  }

  add(times: number, chance: number): void {
    if (chance < NEGLIGIBLE) return;
    for (let i = 0; i < times; i++) this.addOne(chance);
  }

  private addOne(chance: number): void {
    if (this.size === this.chances.length) this.grow();
    const { chances, size } = this;
    for (let n = size; n > 0; n--)
      chances[n] = (chances[n] ?? 0) * (1 - chance) + (chances[n - 1] ?? 0) * chance;
    chances[0] = (chances[0] ?? 0) * (1 - chance);
    // A count that cannot be told from impossible is left off, which keeps rare chances cheap.
    if ((chances[size] ?? 0) > NEGLIGIBLE) this.size++;
    else chances[size] = 0;
  }

  private grow(): void {
    const wider = new Float64Array(this.chances.length * 2);
    wider.set(this.chances);
    this.chances = wider;
  }
}

/**
 * The surplus answers − agents has mean, variance and third moment in closed form; its tail by the normal
 * curve with Edgeworth's correction for skewness and half a step for continuity (Volkova 1996 shows the error
 * for such sums to fall with the variance).
 */
class NormalRisk implements OverloadRisk {
  private mean: number;
  private variance = 0;
  private third = 0;
  private readonly newCallAnswers: number;

  constructor({ answers, free, spare }: Outlook, { index, newCallAnswers }: Moment) {
    this.mean = -spare;
    this.newCallAnswers = newCallAnswers;
    for (const { count, chances } of answers) this.add(count, chances[index] ?? 0, 1);
    for (const { count, chances } of free) this.add(count, chances[index] ?? 0, -1);
  }

  noneFree(): number {
    const deviation = Math.sqrt(this.variance);
    if (deviation < 1e-6) return this.mean >= -1e-6 ? 1 : 0;
    const z = (-0.5 - this.mean) / deviation;
    const skewness = this.third / deviation ** 3;
    const tail = upperTail(z) - (skewness / 6) * (1 - z * z) * density(z);
    return Math.min(1, Math.max(0, tail));
  }

  place(): void {
    this.add(1, this.newCallAnswers, 1);
  }

  private add(count: number, chance: number, sign: 1 | -1): void {
    const variance = count * chance * (1 - chance);
    this.mean += sign * count * chance;
    this.variance += variance;
    this.third += sign * variance * (1 - 2 * chance);
  }
}

function total(rows: readonly ChanceRow[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}

function density(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** P(Z > z) by Abramowitz and Stegun 26.2.17 (error under 7.5e-8). */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const sum =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return density(z) * sum;
}
