import type { NumberProblemCode } from './number-types.ts';

/** A number's digits without decoration, its extension apart, or what is wrong with the cell. */
export type CleanedNumber =
  | { digits: string; extension: string | undefined; digitsOnly: boolean }
  | { problem: NumberProblemCode };

/** Longer than any number with its extension and some words round it. */
const MAX_LENGTH = 64;

const SCIENTIFIC = /^[+-]?\d(?:[.,]\d+)?e\+?\d{1,3}$/i;
const SPREADSHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|#+)$/i;
const MASKED = /\d[*•●＊xX]{3,}\d*/;
const EXTENSION =
  /[\s,;.]*(?:ext(?:ension|n)?\.?|分机号?|分機|内线|內線|转接?|轉接?|x|#)[\s:：.=]*(\d{1,7})\s*[#)）]?$/i;
/** Spaces, hyphens, dashes, dots, brackets and the invisible marks that come along with copied text. */
const PUNCTUATION =
  /[\s\-.()[\]（）【】~\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2066-\u2069\u2212\u30fc\ufeff\uff0d]/g;
const LABEL = /^(?:tel|phone|mobile|mob|cell|fax|电话|電話|手机|手機|移动电话)\s*[:：.]?\s*/i;

/**
 * Takes the decoration off a phone cell: full-width digits, punctuation, labels, apostrophes and `="…"` that
 * keep spreadsheets from counting, a trailing `.0` that they add, and the extension (`转801`, `分机801`,
 * `ext. 801`, `x801`, `#801`).
 */
export function cleanNumber(raw: string): CleanedNumber {
  const text = unwrap(raw);
  if (text === '') return { problem: 'number_empty' };
  if (text.length > MAX_LENGTH) return { problem: 'number_too_long' };
  if (SCIENTIFIC.test(text)) return { problem: 'spreadsheet_scientific' };
  if (SPREADSHEET_ERROR.test(text)) return { problem: 'spreadsheet_error' };
  if (MASKED.test(text)) return { problem: 'number_masked' };
  const extension = EXTENSION.exec(text);
  const main = extension === null ? text : text.slice(0, extension.index);
  const digits = main.replace(/^(\+\d{1,3}\s*)\(0\)/, '$1').replace(PUNCTUATION, '');
  if (!/^\+?\d+$/.test(digits)) return { problem: badCharacters(digits) };
  return { digits, extension: extension?.[1], digitsOnly: digits === text };
}

function unwrap(raw: string): string {
  let text = raw.normalize('NFKC').trim();
  const formula = /^="?([^"]*)"?$/.exec(text);
  if (formula?.[1] !== undefined) text = formula[1].trim();
  text = text.replace(/^['‘’`´"]+|['’"]+$/g, '').trim();
  return text.replace(LABEL, '').replace(/^(\d{7,})[.,]0+$/, '$1');
}

function badCharacters(text: string): NumberProblemCode {
  if (text === '') return 'number_empty';
  return /\p{L}/u.test(text) ? 'number_has_letters' : 'number_invalid';
}
