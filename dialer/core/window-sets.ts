/** Weekly windows as sets: what several rules leave open together. */
import type { Window } from './calling-window.ts';

interface Stretch {
  from: number;
  to: number;
}

const week = [0, 1, 2, 3, 4, 5, 6];

/** The windows open at any hour of any day. */
export const alwaysOpen: readonly Window[] = [{ days: week, from: 0, to: 1440 }];

/** The windows that are open exactly when both are. May be empty: then it is never open. */
export function intersectWindows(a: readonly Window[], b: readonly Window[]): Window[] {
  return joinDays(
    week.map((day) => {
      const [left, right] = [stretchesOf(a, day), stretchesOf(b, day)];
      return left.flatMap((one) => right.map((other) => overlap(one, other)).filter(isSome));
    }),
  );
}

/** The same opening hours in their shortest form: sorted, merged, equal days put together. */
export function normalizeWindows(windows: readonly Window[]): Window[] {
  return joinDays(week.map((day) => stretchesOf(windows, day)));
}

function stretchesOf(windows: readonly Window[], day: number): Stretch[] {
  const own = windows
    .filter((window) => window.days.includes(day) && window.from < window.to)
    .map(({ from, to }) => ({ from, to }))
    .sort((x, y) => x.from - y.from);
  const merged: Stretch[] = [];
  for (const stretch of own) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else merged.push(stretch);
  }
  return merged;
}

function overlap(a: Stretch, b: Stretch): Stretch | undefined {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  return from < to ? { from, to } : undefined;
}

function isSome<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function joinDays(perDay: readonly Stretch[][]): Window[] {
  const byHours = new Map<string, Window & { days: number[] }>();
  perDay.forEach((stretches, day) => {
    for (const { from, to } of stretches) {
      const key = `${from}-${to}`;
      const window = byHours.get(key) ?? { days: [], from, to };
      window.days.push(day);
      byHours.set(key, window);
    }
  });
  return [...byHours.values()];
}
