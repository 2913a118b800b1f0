const SECOND_MS = 1000;

/**
 * Holds calls per second over the times it is told: never more than the limit in any stretch of one second
 * (a limit below one: one call in each 1 ÷ limit seconds). A bucket of tokens that refills only as the calls
 * taken from it grow a second old, so that a full bucket cannot be spent twice around a second's end.
 */
export class CallRateLimit {
  private taken: { at: number; count: number }[] = [];

  /** How many calls may be placed at `now`. */
  room(limit: number | undefined, now: number): number {
    if (limit === undefined) return Infinity;
    const span = limit < 1 ? SECOND_MS / limit : SECOND_MS;
    this.taken = this.taken.filter(({ at }) => at > now - span);
    const used = this.taken.reduce((sum, { count }) => sum + count, 0);
    return Math.max(0, Math.max(1, Math.floor(limit)) - used);
  }

  take(count: number, now: number): void {
    if (count > 0) this.taken.push({ at: now, count });
  }
}
