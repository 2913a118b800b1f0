import { Parser } from 'csv-parse';
import { parse as parseWhole } from 'csv-parse/sync';
import type { BrokenRow, SourceRow } from './rows.ts';

/** Records of one step, in the order of the file within each part. */
export interface ReadRecords {
  rows: SourceRow[];
  broken: BrokenRow[];
}

export interface CsvFormat {
  delimiter: string;
  /** A carriage return alone ends a line, as on the first Macs. */
  loneReturns: boolean;
  maxRecordBytes: number;
}

const NEW_LINE = 10;
const RETURN = 13;

/**
 * Splits decoded CSV into records and survives broken quotes: the line where one begins is given back as
 * broken, and reading goes on at the next line. csv-parse does the work; this class keeps the bytes since its
 * last whole record, so that it can begin anew behind a broken line.
 */
export class CsvRecords {
  readonly #format: CsvFormat;
  readonly #lineEnd: number;
  #parser: Collector;
  /** Bytes since the parser's last whole record. */
  #unfinished: Buffer[] = [];
  #unfinishedStart = 0;
  #skippingLine = false;
  #brokenLine: Buffer | undefined;

  /** @param firstLine line number of the first byte that will be written */
  constructor(format: CsvFormat, firstLine = 1) {
    this.#format = format;
    this.#lineEnd = format.loneReturns ? RETURN : NEW_LINE;
    this.#parser = new Collector(format, firstLine, 0);
  }

  /** Takes the next bytes and gives the records that are whole now. */
  async write(bytes: Buffer): Promise<ReadRecords> {
    const result: ReadRecords = { rows: [], broken: [] };
    const next = this.#skippingLine ? this.#skipLine(bytes) : this.#passBrokenLine(bytes, false, result);
    await this.#advanceAll(next, result);
    return result;
  }

  /** Gives what is left when all bytes were written. */
  async end(): Promise<ReadRecords> {
    const result: ReadRecords = { rows: [], broken: [] };
    await this.#advanceAll(this.#passBrokenLine(Buffer.alloc(0), true, result), result);
    while (!(await this.#parser.finish())) {
      const rest = this.#giveUpLine(this.#takeUnfinished(), true, result);
      result.rows.push(...this.#parser.drain());
      if (rest === undefined) return result;
      await this.#advanceAll(rest, result);
    }
    result.rows.push(...this.#parser.drain());
    return result;
  }

  async #advanceAll(bytes: Buffer | undefined, result: ReadRecords): Promise<void> {
    let next = bytes;
    while (next !== undefined && next.length > 0) next = await this.#advance(next, result);
  }

  /** Parses bytes; when a quote breaks, gives back the bytes behind the broken line. */
  async #advance(bytes: Buffer, result: ReadRecords): Promise<Buffer | undefined> {
    this.#unfinished.push(bytes);
    const survived = await this.#parser.feed(bytes);
    for (const row of this.#parser.drain()) result.rows.push(row);
    this.#forgetFinished();
    return survived ? undefined : this.#giveUpLine(this.#takeUnfinished(), false, result);
  }

  #forgetFinished(): void {
    let first = this.#unfinished[0];
    while (first !== undefined && this.#unfinishedStart + first.length <= this.#parser.recordEnd) {
      this.#unfinishedStart += first.length;
      this.#unfinished.shift();
      first = this.#unfinished[0];
    }
  }

  #takeUnfinished(): Buffer {
    const bytes = Buffer.concat(this.#unfinished).subarray(this.#parser.recordEnd - this.#unfinishedStart);
    this.#unfinished = [];
    this.#unfinishedStart = 0;
    return bytes;
  }

  /** Goes on with a broken line whose end had not come yet. */
  #passBrokenLine(bytes: Buffer, isEnd: boolean, result: ReadRecords): Buffer | undefined {
    if (this.#brokenLine === undefined) return bytes;
    const whole = Buffer.concat([this.#brokenLine, bytes]);
    this.#brokenLine = undefined;
    return this.#giveUpLine(whole, isEnd, result);
  }

  /** Takes the first line off as broken and starts a new parser for what follows it. */
  #giveUpLine(bytes: Buffer, isEnd: boolean, result: ReadRecords): Buffer | undefined {
    let start = 0;
    let line = this.#parser.nextLine;
    for (; bytes[start] === NEW_LINE || bytes[start] === RETURN; start++) {
      if (bytes[start] === this.#lineEnd) line++;
    }
    const found = bytes.indexOf(this.#lineEnd, start);
    if (found === -1 && !isEnd && bytes.length - start < this.#format.maxRecordBytes) {
      this.#brokenLine = bytes;
      return undefined;
    }
    const end = found === -1 ? bytes.length : found;
    this.#salvage(bytes.subarray(start, Math.min(end, start + this.#format.maxRecordBytes)), line, result);
    this.#parser = new Collector(this.#format, line + 1, this.#parser.columns);
    this.#skippingLine = found === -1 && !isEnd;
    return found === -1 ? undefined : bytes.subarray(found + 1);
  }

  /** A quote in the middle of a cell (`12" pipe`) harms nobody when its line holds together by itself. */
  #salvage(bytes: Buffer, line: number, result: ReadRecords): void {
    const limit = this.#format.maxRecordBytes;
    const text = bytes.toString('utf8').replace(/\r$/, '');
    const columns = this.#parser.columns;
    const cells = parseLine(text, this.#format.delimiter, true);
    if (bytes.length >= limit) {
      const kept = parseLine(text.slice(0, 2_000), this.#format.delimiter, false) ?? [];
      result.broken.push({ line, cells: kept, code: 'row_too_long', params: { limit } });
    } else if (cells !== undefined && cells.length === columns) {
      result.rows.push({ line, cells });
    } else {
      const literal = parseLine(text, this.#format.delimiter, false) ?? [text];
      result.broken.push({ line, cells: literal, code: 'row_broken_quote', params: {} });
    }
  }

  #skipLine(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(this.#lineEnd);
    if (end === -1) return undefined;
    this.#skippingLine = false;
    return bytes.subarray(end + 1);
  }
}

function parseLine(text: string, delimiter: string, quotes: boolean): string[] | undefined {
  const mode = quotes ? { relax_quotes: true } : { quote: null };
  try {
    const records = parseWhole(text, { delimiter, relax_column_count: true, ...mode });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    // Quotes that do not close within the line: the caller asks again without quotes.
    return undefined;
  }
}

/**
 * csv-parse's parser that keeps its records in an array, with the line where each begins, instead of passing
 * them one by one through an object stream.
 */
class Collector extends Parser {
  #rows: SourceRow[] = [];
  #failed = false;
  #lastLines = 0;
  #lastEmpty = 0;
  /** Offset behind the last whole record, in the bytes fed to this parser. */
  recordEnd = 0;
  /** Line at which the next record begins. */
  nextLine: number;
  /** Cells of the first record, 0 before it. */
  columns: number;

  constructor(format: CsvFormat, firstLine: number, columns: number) {
    super({
      delimiter: format.delimiter,
      record_delimiter: format.loneReturns ? ['\r\n', '\n', '\r'] : ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: format.maxRecordBytes,
    });
    this.nextLine = firstLine;
    this.columns = columns;
    this.on('error', () => {
      this.#failed = true;
    });
  }

  override push(record: unknown): boolean {
    if (record === null) return super.push(null);
    const cells = record as string[];
    const { lines, empty_lines, bytes } = this.info;
    const line = this.nextLine + empty_lines - this.#lastEmpty;
    const isOneLine = lines - this.#lastLines <= 1 + empty_lines - this.#lastEmpty;
    this.nextLine = line + 1 + (isOneLine ? 0 : lineEnds(cells));
    this.#lastEmpty = empty_lines;
    this.#lastLines = lines;
    this.recordEnd = bytes;
    if (this.columns === 0) this.columns = cells.length;
    this.#rows.push({ line, cells });
    return true;
  }

  drain(): SourceRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** @returns false when a record could not be parsed; this parser is at its end then */
  feed(bytes: Buffer): Promise<boolean> {
    return new Promise<boolean>((resolve) => this.write(bytes, (error) => resolve(!error)));
  }

  async finish(): Promise<boolean> {
    this.resume();
    await new Promise<void>((resolve) => {
      this.once('close', () => resolve());
      this.end();
    });
    return !this.#failed;
  }
}

function lineEnds(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return count;
}
