import { isAscii } from 'node:buffer';
import type { Readable } from 'node:stream';
import { DomainError } from '../../../platform/errors/index.ts';
import { findCsvFormat } from './csv-format.ts';
import { type CsvFormat, CsvRecords, type ReadRecords } from './csv-records.ts';
import { ListDecoder } from './decode.ts';
import { chosenEncoding, type DetectedEncoding, detectEncoding, SAMPLE_BYTES } from './encoding.ts';
import { isZip, refuseKind } from './file-kinds.ts';
import { checkColumns, type FoundHeader, findHeader } from './header.ts';
import { type ListOptions, type OpenList, PREVIEW_ROWS, tooLarge } from './list-types.ts';
import {
  type BrokenRow,
  isEmptyRow,
  misfit,
  type ReadLimits,
  type RowBatch,
  type SourceRow,
} from './rows.ts';

/** Decoded characters that the format and the header are found in. */
const FORMAT_SAMPLE = 64 * 1024;

/** Opens a CSV text; see `openList`. */
export async function openCsv(
  stream: Readable,
  size: number | undefined,
  options: ListOptions,
  limits: ReadLimits,
): Promise<OpenList> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    const { head, ended } = await readHead(chunks);
    refuseKind(head.subarray(0, 16));
    if (isZip(head)) {
      // The directory of a zip file stands at its end.
      throw new DomainError('invalid', 'xlsx_needs_file', 'A workbook is read from a file, not a stream', {});
    }
    const encoding = findEncoding(head, options);
    const { format, skip, rows } = await readFirstRows(head, encoding, options, { limits, ended });
    const found = findHeader(rows, options.hasHeader);
    checkColumns(found, limits);
    const encodingOpen =
      options.encoding === undefined && encoding.bomBytes === 0 && isAscii(head.subarray(0, SAMPLE_BYTES));
    const reading = { head, chunks, encoding, format, skip, found, limits, size, options, encodingOpen };
    return {
      shape: {
        format: 'csv',
        encoding,
        delimiter: format.delimiter,
        header: found.header,
        columns: found.columns,
      },
      preview: rows.filter((row) => row.line >= found.firstDataLine).slice(0, PREVIEW_ROWS),
      rows: () => readAll(reading, stream),
      close: async () => {
        stream.destroy();
      },
    };
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

interface Reading {
  head: Buffer;
  chunks: AsyncIterator<Buffer>;
  encoding: DetectedEncoding;
  format: CsvFormat;
  skip: number;
  found: FoundHeader;
  limits: ReadLimits;
  size: number | undefined;
  options: ListOptions;
  encodingOpen: boolean;
}

async function* readAll(reading: Reading, stream: Readable): AsyncGenerator<RowBatch> {
  try {
    const batches = new Batches(reading);
    for (let at = 0; at < reading.head.length; at += FORMAT_SAMPLE) {
      yield await batches.take(reading.head.subarray(at, at + FORMAT_SAMPLE));
    }
    for (let next = await reading.chunks.next(); !next.done; next = await reading.chunks.next()) {
      yield await batches.take(next.value);
    }
    yield await batches.end();
  } finally {
    stream.destroy();
  }
}

/** Makes batches of rows out of chunks of the file. */
class Batches {
  readonly #reading: Reading;
  #decoder: ListDecoder;
  /** Nothing but ASCII was seen, so that the encoding is still open. */
  #undecided: boolean;
  readonly #records: CsvRecords;
  #toSkip: number;
  #bytes = 0;
  #rows = 0;
  /** From the first chunk with something undecodable on, every row is looked through. */
  #suspect = false;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#decoder = new ListDecoder(reading.encoding);
    this.#undecided = reading.encodingOpen;
    this.#toSkip = reading.skip;
    this.#records = new CsvRecords(reading.format, reading.skip > 0 ? 2 : 1);
  }

  async take(chunk: Buffer): Promise<RowBatch> {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#reading.limits.maxBytes) throw tooLarge(this.#reading.limits);
    if (this.#undecided && !isAscii(chunk)) {
      // ASCII means the same in every encoding that comes to the question here, so it can change midway.
      this.#decoder = new ListDecoder(findEncoding(chunk, this.#reading.options));
      this.#undecided = false;
    }
    const { bytes, suspect } = this.#decoder.write(chunk);
    this.#suspect ||= suspect;
    return this.#batch(await this.#records.write(this.#withoutSkipped(bytes)));
  }

  async end(): Promise<RowBatch> {
    const { bytes, suspect } = this.#decoder.end();
    this.#suspect ||= suspect;
    const last = await this.#records.write(bytes);
    const rest = await this.#records.end();
    return this.#batch({
      rows: [...last.rows, ...rest.rows],
      broken: [...last.broken, ...rest.broken],
    });
  }

  #withoutSkipped(bytes: Buffer): Buffer {
    const skipped = Math.min(this.#toSkip, bytes.length);
    this.#toSkip -= skipped;
    return skipped === 0 ? bytes : bytes.subarray(skipped);
  }

  #batch(records: ReadRecords): RowBatch {
    const { firstDataLine, columns } = this.#reading.found;
    const rows: SourceRow[] = [];
    const broken = records.broken.filter((row) => row.line >= firstDataLine);
    for (const row of records.rows) {
      if (row.line < firstDataLine) continue;
      if (beginsEmpty(row.cells) && isEmptyRow(row.cells)) continue;
      const fault =
        (this.#suspect ? undecodable(row) : undefined) ??
        (row.cells.length === columns ? undefined : misfit(row, columns));
      if (fault === undefined) rows.push(row);
      else broken.push(fault);
    }
    this.#rows += rows.length + broken.length;
    const progress = { rows: this.#rows, bytes: this.#bytes, bytesTotal: this.#reading.size };
    return { rows, broken, progress };
  }
}

/** The cheap half of `isEmptyRow`. */
function beginsEmpty([first]: readonly string[]): boolean {
  return first === undefined || first === '' || first.charCodeAt(0) <= 32 || first.charCodeAt(0) === 0x3000;
}

function undecodable(row: SourceRow): BrokenRow | undefined {
  const column = row.cells.findIndex((cell) => cell.includes('\ufffd') || cell.includes('\0'));
  return column === -1 ? undefined : { ...row, code: 'row_undecodable', params: { column: column + 1 } };
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<{ head: Buffer; ended: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < SAMPLE_BYTES) {
    const next = await chunks.next();
    if (next.done) return { head: Buffer.concat(parts), ended: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(parts), ended: false };
}

function findEncoding(head: Buffer, options: ListOptions): DetectedEncoding {
  const sample = head.subarray(0, SAMPLE_BYTES);
  if (options.encoding !== undefined) return chosenEncoding(options.encoding, sample);
  const found = detectEncoding(sample);
  if (found.confidence !== 'guess' || options.acceptGuess) return found;
  throw new DomainError('invalid', 'encoding_uncertain', 'Choose the encoding of the file', {
    params: { best: found.encoding, alternatives: found.alternatives },
  });
}

async function readFirstRows(
  head: Buffer,
  encoding: DetectedEncoding,
  options: ListOptions,
  { limits, ended }: { limits: ReadLimits; ended: boolean },
): Promise<{ format: CsvFormat; skip: number; rows: SourceRow[] }> {
  const decoded = new ListDecoder(encoding).write(head.subarray(0, FORMAT_SAMPLE * 2)).bytes;
  const found = findCsvFormat(decoded.subarray(0, FORMAT_SAMPLE).toString('utf8'));
  const { maxRecordBytes } = limits;
  const delimiter = options.delimiter ?? found.delimiter;
  const format = { delimiter, loneReturns: found.loneReturns, maxRecordBytes };
  const { skip } = found;
  const records = new CsvRecords(format, skip > 0 ? 2 : 1);
  const { rows } = await records.write(decoded.subarray(skip));
  if (ended && head.length <= FORMAT_SAMPLE * 2) rows.push(...(await records.end()).rows);
  const full = rows.filter((row) => !isEmptyRow(row.cells)).slice(0, PREVIEW_ROWS + 20);
  if (full.length === 0) throw new DomainError('invalid', 'list_empty', 'The list has no rows', {});
  return { format, skip, rows: full };
}
