import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { DomainError } from '../../../platform/errors/index.ts';
import { openCsv } from './csv-list.ts';
import { isZip, refuseKind } from './file-kinds.ts';
import { type ListOptions, type ListSource, type OpenList, tooLarge } from './list-types.ts';
import { DEFAULT_LIMITS, type RowBatch } from './rows.ts';
import { openXlsx } from './xlsx-list.ts';

/**
 * Opens a list and finds what it is made of; reads no more than its first megabyte.
 * @throws DomainError notFound `list_not_found`; tooLarge `list_too_large`; invalid `list_empty`, `list_kind_unsupported` (params.kind:
 *   xls, pdf, …: save as XLSX or CSV), `list_is_binary`, `encoding_uncertain` (params: best, alternatives),
 *   `encoding_unknown`, `encoding_mismatch`, `too_many_columns`, `sheet_unknown`, `xlsx_damaged`;
 *   `xlsx_needs_file` for a workbook as a stream; tooLarge
 *   `xlsx_bomb`, `xlsx_too_many_texts`
 */
export async function openList(source: ListSource, options: ListOptions = {}): Promise<OpenList> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const size = await sizeOf(source);
  if (size !== undefined && size > limits.maxBytes) throw tooLarge(limits);
  if (source instanceof Readable) return openCsv(source, undefined, options, limits);
  const start = typeof source === 'string' ? await firstBytes(source) : source.subarray(0, 16);
  refuseKind(start);
  if (isZip(start)) return openXlsx(source, options, limits);
  const stream =
    typeof source === 'string'
      ? createReadStream(source, { highWaterMark: 128 * 1024 })
      : Readable.from([source], { objectMode: false });
  return openCsv(stream, size, options, limits);
}

/** Reads the rows of a list whose shape is of no interest. */
export async function* readRows(source: ListSource, options: ListOptions = {}): AsyncIterable<RowBatch> {
  yield* (await openList(source, options)).rows();
}

async function sizeOf(source: ListSource): Promise<number | undefined> {
  if (typeof source === 'string') return sizeOfFile(source);
  return Buffer.isBuffer(source) ? source.length : undefined;
}

async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (found?.isFile()) return found.size;
  throw new DomainError('notFound', 'list_not_found', 'There is no such file', {});
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
