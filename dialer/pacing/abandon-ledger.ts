import type { AbandonWindow } from './pacing-types.ts';
import { type PeriodAt, periodsOf } from './window-periods.ts';

const HOUR_MS = 3_600_000;

export interface WindowCount {
  answered: number;
  abandoned: number;
}

export interface Budget extends WindowCount {
  /** `limit × answered − abandoned` in the tightest window that an answer at this moment counts in. */
  left: number;
  /** Whole abandoned calls that may still happen there: `floor(limit × answered) − abandoned`. */
  whole: number;
}

export interface LedgerState {
  counts: { start: number; answered: number; abandoned: number }[];
}

/**
 * Answered and abandoned calls by legal window. An abandoned call counts where it was answered. A rolling
 * window is kept by the hour, and every stretch of hours up to now has to hold by itself: when dialing stops,
 * each of them is at some full hour all that is left in the window.
 */
export class AbandonLedger {
  private readonly window: AbandonWindow;
  private readonly periodAt: PeriodAt;
  private readonly counts = new Map<number, WindowCount>();

  constructor(window: AbandonWindow, startedAt: number) {
    this.window = window;
    this.periodAt = periodsOf(window, startedAt);
  }

  add(at: number, count: WindowCount): void {
    const { start } = this.periodAt(at);
    const known = this.counts.get(start);
    if (known) {
      known.answered += count.answered;
      known.abandoned += count.abandoned;
    } else {
      this.counts.set(start, { ...count });
      this.forget(start);
    }
  }

  /** What an answer at `at` may still risk under `limit`. */
  budget(limit: number, at: number): Budget {
    const { start } = this.periodAt(at);
    if (this.window.kind !== 'rolling') return budgetOf(this.countOf(start), limit);
    const sum: WindowCount = { answered: 0, abandoned: 0 };
    let tightest: Budget | undefined;
    for (let hour = 0; hour < this.window.hours; hour++) {
      const count = this.counts.get(start - hour * HOUR_MS);
      if (hour > 0 && !count) continue;
      sum.answered += count?.answered ?? 0;
      sum.abandoned += count?.abandoned ?? 0;
      const budget = budgetOf(sum, limit);
      if (!tightest || budget.left < tightest.left) tightest = budget;
    }
    return tightest ?? budgetOf(sum, limit);
  }

  state(): LedgerState {
    return { counts: Array.from(this.counts, ([start, count]) => ({ start, ...count })) };
  }

  restore(state: LedgerState): void {
    this.counts.clear();
    for (const { start, answered, abandoned } of state.counts)
      this.counts.set(start, { answered, abandoned });
  }

  private countOf(start: number): WindowCount {
    return this.counts.get(start) ?? { answered: 0, abandoned: 0 };
  }

  /** Keeps the windows that a late event can still fall into. */
  private forget(newest: number): void {
    const keep = this.window.kind === 'rolling' ? this.window.hours + 1 : 2;
    if (this.counts.size <= keep) return;
    const oldest = Math.min(...this.counts.keys());
    if (oldest < newest) this.counts.delete(oldest);
  }
}

function budgetOf(count: WindowCount, limit: number): Budget {
  const left = limit * count.answered - count.abandoned;
  // 0.07 × 100 is 7.000000000000001 and 0.29 × 100 is 28.999999999999996: the limit is meant in decimals.
  return { ...count, left, whole: Math.floor(limit * count.answered + 1e-9) - count.abandoned };
}
