import type { Readable } from 'node:stream';
import { DomainError } from '../../../platform/errors/index.ts';
import type { DetectedEncoding } from './encoding.ts';
import type { ReadLimits, RowBatch, SourceRow } from './rows.ts';

/** A list's file: a path, all its bytes, or a stream of them (streams for CSV only). */
export type ListSource = string | Buffer | Readable;

/** What a person chose; everything left out is found. */
export interface ListOptions {
  encoding?: string;
  delimiter?: string;
  hasHeader?: boolean;
  /** Sheet of a workbook by name or by number from 1. */
  sheet?: string | number;
  /** Go on with an encoding that is only a guess, instead of asking to choose one. Default false. */
  acceptGuess?: boolean;
  limits?: Partial<ReadLimits>;
}

/** What was found about a list before its rows are read. */
export interface ListShape {
  format: 'csv' | 'xlsx';
  encoding?: DetectedEncoding;
  delimiter?: string;
  sheet?: string;
  sheets?: string[];
  /** The header's cells; nothing when the list has none. */
  header: string[] | undefined;
  columns: number;
}

export interface OpenList {
  shape: ListShape;
  /** Up to 50 of the first rows of data, to guess by and to show. */
  preview: SourceRow[];
  /** All rows of data; may be called once. Leaving the loop closes the list. */
  rows(): AsyncIterable<RowBatch>;
  /** For a list whose rows are not read. */
  close(): Promise<void>;
}

/** Rows of data given for a preview. */
export const PREVIEW_ROWS = 50;

export function tooLarge(limits: ReadLimits): DomainError {
  return new DomainError('tooLarge', 'list_too_large', 'The file is over the limit; split it', {
    params: { limit: limits.maxBytes },
  });
}
