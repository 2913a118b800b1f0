/**
 * Telephone numbers that nobody can have, for replays, demos and load tests.
 *
 * They stand under +999, which ITU-T's "List of Recommendation ITU-T E.164 assigned country codes" keeps
 * reserved and gives to no country or network, so no carrier can route one even by mistake, and
 * libphonenumber refuses it (a test holds this). Numbers of a country's own fictional range (01632 960xxx,
 * 555-01xx) would be too few for a million rows and would take that country's calling rules.
 *
 * Shape: `+99900` and eight digits, 13 characters of the 16 that E.164 allows with the plus sign.
 */
const PREFIX = '+99900';
const DIGITS = 8;

/** How many different replay numbers exist: 100 million. */
export const REPLAY_NUMBER_COUNT = 10 ** DIGITS;

/**
 * The replay number of an index: the same index always gives the same number, different ones differ.
 * @param index whole number from 0 to `REPLAY_NUMBER_COUNT` − 1; for several numbers a row, use
 *   `row * numbersPerRow + position`
 * @throws RangeError outside of it
 */
export function replayNumber(index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= REPLAY_NUMBER_COUNT) {
    throw new RangeError(`A replay number's index lies between 0 and ${REPLAY_NUMBER_COUNT - 1}`);
  }
  return PREFIX + String(index).padStart(DIGITS, '0');
}

/** Whether an E.164 number is one of `replayNumber`. Everything that reaches a real carrier refuses these. */
export function isReplayNumber(e164: string): boolean {
  if (e164.length !== PREFIX.length + DIGITS || !e164.startsWith(PREFIX)) return false;
  for (let at = PREFIX.length; at < e164.length; at++) {
    const digit = e164.charCodeAt(at);
    if (digit < 48 || digit > 57) return false;
  }
  return true;
}
