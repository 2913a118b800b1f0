/**
 * How many more calls may be abandoned before `limit` of those answered is passed; negative: passed already. Answered
 * is what rules count: connected or abandoned (47 CFR 64.1200(a)(7): of all calls answered live by a person).
 */
export function abandonRoom(counts: { connected: number; abandoned: number }, limit: number): number {
  const answered = counts.connected + counts.abandoned;
  return Math.floor(limit * answered + 1e-9) - counts.abandoned;
}

export type RoomTone = 'good' | 'warn' | 'bad';

/** A rate beside its limit: over it bad, from four fifths of it on warning. */
export function rateTone(rate: number, limit: number): RoomTone {
  if (rate > limit) return 'bad';
  return rate >= 0.8 * limit && rate > 0 ? 'warn' : 'good';
}
