import { DomainError } from '../../../platform/errors/index.ts';
import { isKnownHeader } from './header-words.ts';
import { isEmptyRow, type ReadLimits, type SourceRow } from './rows.ts';

/** Titles and remarks above the header that people put on a sheet; more than these are data. */
const MAX_LINES_ABOVE = 10;

/** Seven digits or more with what stands between them in telephone numbers, or what a spreadsheet made of them. */
const NUMBER_LIKE = /^[\s'=+"(（]*\d(?:[\s\-()（）/.]*\d){6,}|^\d(?:[.,]\d+)?e\+?\d+$/i;

export interface FoundHeader {
  /** The header's cells, trimmed; nothing when the first row is data. */
  header: string[] | undefined;
  /** The first line that can hold data. */
  firstDataLine: number;
  columns: number;
}

/**
 * Finds the header in a list's first rows: the row that knows most words for columns, unless a row above it
 * already holds a telephone number; else a first row of different words above rows with numbers.
 * @param rows the first rows, empty ones left out
 * @param chosen whether a person said that there is a header, or that there is none
 */
export function findHeader(rows: readonly SourceRow[], chosen?: boolean): FoundHeader {
  const first = rows[0];
  if (first === undefined) return { header: undefined, firstDataLine: 1, columns: 0 };
  const row = chosen === false ? undefined : (wordyRow(rows) ?? (chosen ? first : plainHeader(rows)));
  if (row === undefined) {
    return { header: undefined, firstDataLine: first.line, columns: usualWidth(rows) };
  }
  const header = row.cells.map((cell) => cell.trim());
  while (header.length > 1 && header.at(-1) === '') header.pop();
  return { header, firstDataLine: row.line + 1, columns: header.length };
}

function wordyRow(rows: readonly SourceRow[]): SourceRow | undefined {
  let best: { row: SourceRow; words: number } | undefined;
  for (const row of rows.slice(0, MAX_LINES_ABOVE)) {
    if (row.cells.some((cell) => NUMBER_LIKE.test(cell))) break;
    const words = row.cells.filter(isKnownHeader).length;
    if (words > (best?.words ?? 0)) best = { row, words };
  }
  return best?.row;
}

/** A header in words that we do not know: different, without numbers, and unlike the rows under it. */
function plainHeader(rows: readonly SourceRow[]): SourceRow | undefined {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return undefined;
  const cells = first.cells.map((cell) => cell.trim());
  if (cells.some((cell) => cell === '' || /^\d/.test(cell) || NUMBER_LIKE.test(cell))) return undefined;
  if (new Set(cells).size !== cells.length) return undefined;
  return others.some((row) => row.cells.some((cell) => NUMBER_LIKE.test(cell))) ? first : undefined;
}

/** The width that most of the first rows have. */
function usualWidth(rows: readonly SourceRow[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of rows) {
    if (!isEmptyRow(cells)) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  }
  return [...widths].sort((one, other) => other[1] - one[1] || other[0] - one[0])[0]?.[0] ?? 0;
}

/** @throws DomainError invalid `too_many_columns` */
export function checkColumns({ columns }: FoundHeader, { maxColumns }: ReadLimits): void {
  if (columns <= maxColumns) return;
  throw new DomainError('invalid', 'too_many_columns', 'The list has too many columns', {
    params: { found: columns, limit: maxColumns },
  });
}
