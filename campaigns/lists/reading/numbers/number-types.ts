import type { CountryCode } from 'libphonenumber-js/max';

export type { CountryCode };

/** What kind of line a number is. North American plans do not tell mobiles from fixed lines: `unknown`. */
export type NumberKind = 'mobile' | 'fixed' | 'tollFree' | 'unknown';

/** A number that can be dialed. */
export interface NormalisedNumber {
  /** `+` and up to 15 digits. */
  e164: string;
  /** What to key in after the answer, digits only; absent when there is none. */
  extension?: string;
  kind: NumberKind;
  /** ISO 3166-1 alpha-2 of the plan the number belongs to; absent for replay numbers and world-wide codes. */
  country?: CountryCode;
}

/** Why a cell is no number that can be dialed. Stable codes; the reader's words for them are the client's. */
export type NumberProblemCode =
  | 'number_empty'
  | 'spreadsheet_scientific' // 1.38E+10: the digits are gone, the list must be exported again
  | 'spreadsheet_lost_zero' // the leading 0 was taken off by a spreadsheet
  | 'spreadsheet_error' // #N/A, #REF!, ####
  | 'number_masked' // 138****8000
  | 'number_has_letters'
  | 'number_too_short'
  | 'number_too_long'
  | 'number_missing_area_code'
  | 'number_unknown_country' // a country code nobody has
  | 'number_premium_rate' // valid, but the call would be charged to us
  | 'number_replay_only' // for the simulated network
  | 'number_invalid'; // of the right length, in a range that does not exist

export interface NumberProblem {
  problem: NumberProblemCode;
}

export type NumberReading = NormalisedNumber | NumberProblem;

export function isProblem(reading: NumberReading): reading is NumberProblem {
  return 'problem' in reading;
}

export interface NumberOptions {
  /** The list's country, for numbers written without a country code. */
  defaultCountry: CountryCode;
  /** Accept the numbers of `dialer/core/replay-numbers.ts`; only for campaigns on the simulated network. Default false. */
  allowReplayNumbers?: boolean;
  /** Put lost zeros back where only one reading is valid, instead of naming the damage. Default false. */
  repairLostZeros?: boolean;
}
