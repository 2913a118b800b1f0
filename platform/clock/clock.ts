/**
 * Time as an argument. Everything that asks for the time or waits takes a {@link Clock} or {@link Timers},
 * so that a whole day can run in virtual time. Only this folder may touch `Date.now` and `setTimeout`.
 */

/** UTC milliseconds since the epoch; an integer. */
export type Instant = number;

export interface Clock {
  now(): Instant;
}

export interface Timer {
  /** Cancels the timer; a second call, or one after it fired, does nothing. */
  cancel(): void;
}

export interface Timers extends Clock {
  /**
   * Calls `action` once, `delayMs` after now (at once, but never synchronously, for 0 or less).
   * An error thrown by `action` is not caught: the caller owns its errors.
   */
  after(delayMs: number, action: () => void): Timer;
}

/** Real time. Timers do not keep the process alive: what keeps it alive is the server and its stop. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after(delayMs, action) {
    const handle = setTimeout(action, Math.max(0, delayMs));
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};

export const systemClock: Clock = systemTimers;

/** Resolves after `delayMs` of the given timers' time. */
export function delay(timers: Timers, delayMs: number): Promise<void> {
  return new Promise((resolve) => timers.after(delayMs, resolve));
}
