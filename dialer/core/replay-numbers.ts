/**
 * Numbers that reach nobody, for replays and demos: country code 999, which ITU-T E.164 keeps in reserve and no
 * operator routes (List of ITU-T Recommendation E.164 assigned country codes), with 6 to 12 digits. The simulated
 * network takes them; every real adapter must end such an order as `invalidNumber` without dialing it.
 */
export function isReplayNumber(e164: string): boolean {
  return /^\+999\d{6,12}$/.test(e164);
}

/** The `index`-th replay number (0 to 999,999,999): `+999` and nine digits. Throws a RangeError outside. */
export function replayNumber(index: number): string {
  if (!Number.isInteger(index) || index < 0 || index > 999_999_999) {
    throw new RangeError(`A replay number's index is an integer from 0 to 999999999, not ${index}`);
  }
  return `+999${String(index).padStart(9, '0')}`;
}
