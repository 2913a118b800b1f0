/** A row of a list as it stands in the file. */
export interface SourceRow {
  /** Line of the file (row of the sheet) at which it begins, from 1. */
  line: number;
  cells: string[];
}

/** Why a row could not be read at all. */
export type BrokenRowCode =
  | 'row_too_few_cells' // params: expected, found
  | 'row_too_many_cells' // params: expected, found
  | 'row_broken_quote'
  | 'row_too_long' // params: limit (bytes)
  | 'row_undecodable'; // params: column, when known

export interface BrokenRow extends SourceRow {
  code: BrokenRowCode;
  params: Record<string, unknown>;
}

/** Rows that were read together. Empty rows are in neither part. */
export interface RowBatch {
  rows: SourceRow[];
  broken: BrokenRow[];
  progress: ReadProgress;
}

export interface ReadProgress {
  /** Rows so far, broken ones included. */
  rows: number;
  /** Bytes of the file so far; of a compressed file, of its content. */
  bytes: number;
  /** All bytes that will come; unknown for a stream. */
  bytesTotal: number | undefined;
}

/** Limits on what is read. Each is there so that a list made to harm costs a refusal and no more. */
export interface ReadLimits {
  /** Bytes of the file. */
  maxBytes: number;
  /** Bytes of the unpacked parts of an XLSX file together. */
  maxUnpackedBytes: number;
  /** Bytes of one CSV record. */
  maxRecordBytes: number;
  maxColumns: number;
  /** Bytes of an XLSX file's table of texts, which is kept in memory. */
  maxSharedTextBytes: number;
}

export const DEFAULT_LIMITS: ReadLimits = {
  maxBytes: 2 * 1024 ** 3,
  maxUnpackedBytes: 4 * 1024 ** 3,
  maxRecordBytes: 128 * 1024,
  maxColumns: 200,
  maxSharedTextBytes: 64 * 1024 ** 2,
};

export function isEmptyRow(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

/**
 * Holds a row against the number of columns of its list. Empty cells beyond them are cut off.
 * @returns the row's fault, or nothing when it fits
 */
export function misfit(row: SourceRow, columns: number): BrokenRow | undefined {
  const { cells } = row;
  while (cells.length > columns && cells.at(-1)?.trim() === '') cells.pop();
  if (cells.length === columns) return undefined;
  const code = cells.length < columns ? 'row_too_few_cells' : 'row_too_many_cells';
  return { ...row, code, params: { expected: columns, found: cells.length } };
}
