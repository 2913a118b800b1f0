import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
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
  const source = createReadStream(file);
  const parser = source.pipe(parse({ bom: true, skip_empty_lines: true, max_record_size: 64 * 1024 }));
  source.on('error', (error) => parser.destroy(error));
  let columns: ReturnType<typeof findColumns> | undefined;
  for await (const cells of parser as AsyncIterable<string[]>) {
    if (!columns) {
      columns = findColumns(cells);
      await onRow(cells, -1);
      continue;
    }
    const index = recorded.attempts.length;
    if (index >= MAX_LEADS) throw invalid(index, `more than ${MAX_LEADS} leads`);
    recorded.attempts.push(
      whole(cells[columns.campaign], { index, name: 'campaign', min: 1, max: MAX_ATTEMPTS }),
    );
    recorded.talkSeconds.push(
      whole(cells[columns.duration], { index, name: 'duration', min: 0, max: MAX_TALK_SECONDS }),
    );
    recorded.sale.push(yesOrNo(cells[columns.output], index));
    await onRow(cells, index);
  }
  if (recorded.attempts.length === 0) throw invalid(0, 'the file has no leads');
  return recorded;
}

function findColumns(header: string[]): Record<(typeof COLUMNS)[number], number> {
  const missing = COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) throw invalid(-1, `the header lacks ${missing.join(', ')}`);
  return {
    duration: header.indexOf('duration'),
    campaign: header.indexOf('campaign'),
    output: header.indexOf('output'),
  };
}

function whole(
  text: string | undefined,
  rule: { index: number; name: string; min: number; max: number },
): number {
  const value = Number(text);
  if (text?.trim() && Number.isInteger(value) && value >= rule.min && value <= rule.max) return value;
  throw invalid(rule.index, `${rule.name} is not a whole number from ${rule.min} to ${rule.max}`);
}

function yesOrNo(text: string | undefined, index: number): boolean {
  if (text === 'yes') return true;
  if (text === 'no') return false;
  throw invalid(index, 'output is neither yes nor no');
}

function invalid(index: number, what: string): DomainError {
  return new DomainError(
    'invalid',
    'recording_invalid',
    `The recorded campaign cannot be replayed: line ${index + 2}: ${what}`,
  );
}
