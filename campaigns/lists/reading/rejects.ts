import { stringify } from 'csv-stringify/sync';
import { REJECT_HEADERS } from './header-words.ts';
import type { RejectedRow } from './interpret-row.ts';
import type { BrokenRow } from './rows.ts';

/** A row of the rejects file: a row that could not be read, or one that could not be used. */
export type Reject = BrokenRow | RejectedRow;

export interface RejectsFormat {
  /** The list's header; without one the columns are called `column 1` and so on. */
  header: readonly string[] | undefined;
  columns: number;
  /** Puts a reason into a person's words; the code and the column's name by default. */
  describe?: (reject: Reject, columnName: string | undefined) => string;
}

const BYTE_ORDER_MARK = '\ufeff';

/** Spreadsheets run cells that begin so as formulas; those set to Chinese or Japanese take full-width signs too. */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/;
/** Digits from which a spreadsheet would take the first zero, or write as 1.38E+12. */
const COUNTABLE = /^(?:0\d+|\d{12,})$/;

/**
 * The first line of a rejects file: UTF-8 with a byte order mark, the list's columns and then `line` and
 * `reason`. When the file is loaded again these two are passed over, so it need only be corrected.
 */
export function rejectsHeader({ header, columns }: RejectsFormat): string {
  const names = Array.from({ length: columns }, (_, at) => header?.[at] || `column ${at + 1}`);
  return BYTE_ORDER_MARK + toCsv([[...names.map(asText), ...REJECT_HEADERS]]);
}

/** Lines of a rejects file, by their line in the list. Cells beyond the list's columns come behind the reason. */
export function rejectLines(rejects: readonly Reject[], format: RejectsFormat): string {
  return toCsv(
    rejects
      .toSorted((one, other) => one.line - other.line)
      .map((reject) => {
        const cells = Array.from({ length: format.columns }, (_, at) => asText(reject.cells[at] ?? ''));
        const beyond = reject.cells.slice(format.columns).map(asText);
        return [...cells, String(reject.line), asText(reasonOf(reject, format)), ...beyond];
      }),
  );
}

function reasonOf(reject: Reject, { header, describe }: RejectsFormat): string {
  const column = 'column' in reject ? reject.column : undefined;
  const name = column === undefined ? undefined : (header?.[column - 1] ?? `column ${column}`);
  if (describe !== undefined) return describe(reject, name);
  return name === undefined ? reject.code : `${reject.code}: ${name}`;
}

/**
 * Keeps a cell text in every spreadsheet: an apostrophe before what would run as a formula or be counted as a
 * number (`+8613800138000`, `01088886666`). The reader takes it off again.
 */
function asText(cell: string): string {
  return FORMULA.test(cell) || COUNTABLE.test(cell) ? `'${cell}` : cell;
}

function toCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: '\r\n', escape_formulas: false },
  );
}
