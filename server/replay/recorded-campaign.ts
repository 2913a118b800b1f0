import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { DomainError } from '../../platform/errors/index.ts';

/** A campaign that really happened, one entry per lead, in the order of its file. */
export interface RecordedCampaign {
  /** Tries until the lead was reached, that one included. */
  attempts: number[];
  /** The talk of the last one, in seconds. */
  talkSeconds: number[];
  sale: boolean[];
}

const MAX_LEADS = 5_000_000;
const MAX_ATTEMPTS = 1_000;
/** The simulated network lets nobody talk longer than a day. */
const MAX_TALK_SECONDS = 86_400;

const COLUMNS = ['duration', 'campaign', 'output'] as const;

/**
 * Reads a file of the shape of the UCI bank-marketing data: `campaign` (contacts made, the last one included),
 * `duration` (talk seconds of the last), `output` (yes: sold); other columns are handed on as they are.
 * @param onRow called with each row's cells, headers first, so that a lead list can be made of them
 * @throws DomainError `recording_invalid`, naming the line and what is wrong with it
 */
export async function readRecordedCampaign(
  file: string,
  onRow: (cells: readonly string[], index: number) => Promise<void> | void,
): Promise<RecordedCampaign> {
  const recorded: RecordedCampaign = { attempts: [], talkSeconds: [], sale: [] };
  const rowsIn = rowReader(recorded, onRow);
  let wellFormed = 0; // last line of the last row that is CSV; rows read ahead are lost with the broken one
  const source = createReadStream(file);
  const parser = source.pipe(
    parse({
      bom: true,
      skip_empty_lines: true,
      max_record_size: 64 * 1024,
      info: true,
      on_record: (row: string[], { lines }) => {
        wellFormed = lines;
        return row;
      },
    }),
  );
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const row of parser as AsyncIterable<ParsedRow>) await rowsIn(row);
  } catch (error) {
    if (error instanceof CsvError) throw invalid(wellFormed + 1, BROKEN[error.code] ?? 'it is not CSV');
    throw error;
  }
  if (recorded.attempts.length === 0) throw invalid(wellFormed + 1, 'the file has no leads');
  return recorded;
}

interface ParsedRow {
  record: string[];
  /** `lines`: the line it ends in, counted from 1. */
  info: { lines: number };
}

/** What makes a file no CSV, in our words: the parser's own repeat the cells, which are people's. */
const BROKEN: Partial<Record<CsvError['code'], string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'it has more or fewer cells than the header',
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quote closes in the middle of a cell',
  INVALID_OPENING_QUOTE: 'a quote opens in the middle of a cell',
  CSV_MAX_RECORD_SIZE: 'it is longer than 64 KiB',
};

function rowReader(
  recorded: RecordedCampaign,
  onRow: (cells: readonly string[], index: number) => Promise<void> | void,
): (row: ParsedRow) => Promise<void> {
  let columns: ReturnType<typeof findColumns> | undefined;
  return async ({ record: cells, info: { lines: line } }) => {
    if (!columns) {
      columns = findColumns(cells, line);
      return onRow(cells, -1);
    }
    const index = recorded.attempts.length;
    if (index >= MAX_LEADS) throw invalid(line, `more than ${MAX_LEADS} leads`);
    const { campaign, duration, output } = columns;
    recorded.attempts.push(whole(cells[campaign], { line, name: 'campaign', min: 1, max: MAX_ATTEMPTS }));
    recorded.talkSeconds.push(
      whole(cells[duration], { line, name: 'duration', min: 0, max: MAX_TALK_SECONDS }),
    );
    recorded.sale.push(yesOrNo(cells[output], line));
    return onRow(cells, index);
  };
}

function findColumns(header: string[], line: number): Record<(typeof COLUMNS)[number], number> {
  const missing = COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) throw invalid(line, `the header lacks ${missing.join(', ')}`);
  return {
    duration: header.indexOf('duration'),
    campaign: header.indexOf('campaign'),
    output: header.indexOf('output'),
  };
}

function whole(
  text: string | undefined,
  rule: { line: number; name: string; min: number; max: number },
): number {
  const value = Number(text);
  if (text?.trim() && Number.isInteger(value) && value >= rule.min && value <= rule.max) return value;
  throw invalid(rule.line, `${rule.name} is not a whole number from ${rule.min} to ${rule.max}`);
}

function yesOrNo(text: string | undefined, line: number): boolean {
  if (text === 'yes') return true;
  if (text === 'no') return false;
  throw invalid(line, 'output is neither yes nor no');
}

function invalid(line: number, what: string): DomainError {
  return new DomainError(
    'invalid',
    'recording_invalid',
    `The recorded campaign cannot be replayed: line ${line}: ${what}`,
  );
}
