import { dateOfDay, localMoment } from '../../dialer/core/zone-time.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { MEASURES, type Measures } from './measures.ts';
import { type Figures, figuresOf } from './report-figures.ts';
import { type Grouping, type ReportRequest, reportRequest } from './report-schema.ts';

/** A line's place: an id, a local date (`2026-11-22`), an hour of it (`2026-11-22T18`), an hour of the day (`18`). */
export type ReportKey = Partial<Record<Grouping, string>>;

export interface ReportLine extends Figures {
  key: ReportKey;
}

export interface Report {
  from: Instant;
  to: Instant;
  timeZone: string;
  groupBy: Grouping[];
  /** In the order of their keys. */
  lines: ReportLine[];
  total: Figures;
}

type BucketRow = Record<(typeof MEASURES)[number], number> & {
  campaign_id?: string;
  list_id?: string;
  agent_id?: string;
  script_version_id?: string;
  bucket_at?: number;
};

const COLUMN_OF = {
  campaign: 'campaign_id',
  list: 'list_id',
  agent: 'agent_id',
  scriptVersion: 'script_version_id',
} as const;

/** Rows folded for one report, some 1 kB each: a wider one would fill the memory of the process that also dials. */
const MOST_ROWS = 250_000;

const BY_TIME: readonly Grouping[] = ['day', 'hour', 'hourOfDay'];

/**
 * The report of campaigns over a stretch of time, from the buckets alone. Everything of one call counts at the
 * instant it was ordered. Which campaigns the viewer may see is the caller's to check.
 * @throws DomainError `report_request_invalid` with an issue for every mistake; `report_too_large`
 */
export async function readReport(
  queries: Queries,
  input: unknown,
  { mostRows = MOST_ROWS }: { mostRows?: number } = {},
): Promise<Report> {
  const request = parse(input);
  const rows = await readBuckets(queries, request, mostRows);
  if (rows.length > mostRows) {
    throw new DomainError('invalid', 'report_too_large', 'Shorten the range, or split by less', {
      params: { mostRows },
    });
  }
  const leads = await readLeadCounts(queries, request.campaignIds);
  const sums = new Map<string, { key: ReportKey; measures: Measures }>();
  for (const row of rows) {
    const key = keyOf(row, request);
    const name = JSON.stringify(key);
    const line = sums.get(name) ?? { key, measures: {} };
    add(line.measures, row);
    sums.set(name, line);
  }
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const total: Measures = {};
  for (const { measures } of lines) add(total, measures);
  return {
    from: request.from,
    to: request.to,
    timeZone: request.timeZone,
    groupBy: request.groupBy,
    lines: lines.map(({ key, measures }) => ({ key, ...figuresOf(measures, leadsOf(key, leads)) })),
    total: figuresOf(total, leadsOf({}, leads)),
  };
}

function parse(input: unknown): ReportRequest {
  const parsed = reportRequest.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, code, message }) => ({
    path: `/${path.join('/')}`,
    code,
    message,
  }));
  throw new DomainError('invalid', 'report_request_invalid', 'The report cannot be made like this', {
    issues,
  });
}

/** Summed by the database as far as the split allows: hours and days are the viewer's, so those are folded here. */
async function readBuckets(queries: Queries, request: ReportRequest, mostRows: number): Promise<BucketRow[]> {
  const columns = request.groupBy.flatMap((grouping) =>
    grouping in COLUMN_OF ? [COLUMN_OF[grouping as keyof typeof COLUMN_OF]] : [],
  );
  const byTime = request.groupBy.some((grouping) => BY_TIME.includes(grouping));
  const keys = [...new Set([...columns, ...(byTime ? ['bucket_at'] : [])])];
  const sums = MEASURES.map((name) => `coalesce(sum(${name}), 0) as ${name}`);
  return queries.raw<BucketRow>(
    `select ${[...keys, ...sums].join(', ')} from report_buckets
     where campaign_id in (${request.campaignIds.map(() => '?').join(', ')})
       and bucket_at >= ? and bucket_at < ?
     ${keys.length > 0 ? `group by ${keys.join(', ')}` : ''} limit ?`,
    [...request.campaignIds, request.from, request.to, mostRows + 1],
  );
}

function keyOf(row: BucketRow, { groupBy, timeZone }: ReportRequest): ReportKey {
  const key: ReportKey = {};
  for (const grouping of groupBy) {
    if (grouping in COLUMN_OF) key[grouping] = row[COLUMN_OF[grouping as keyof typeof COLUMN_OF]] ?? '';
    else key[grouping] = localName(grouping, timeZone, row.bucket_at ?? 0);
  }
  return key;
}

function localName(grouping: Grouping, timeZone: string, at: Instant): string {
  const { day, minute } = localMoment(timeZone, at);
  const hour = String(Math.floor(minute / 60)).padStart(2, '0');
  if (grouping === 'hourOfDay') return hour;
  return grouping === 'day' ? dateOfDay(day) : `${dateOfDay(day)}T${hour}`;
}

function add(sums: Measures, more: Measures): void {
  for (const name of MEASURES) sums[name] = (sums[name] ?? 0) + (more[name] ?? 0);
}

interface LeadCount {
  campaignId: Id;
  listId: Id;
  leads: number;
}

/** Leads on the lists, from their tallies. */
async function readLeadCounts(queries: Queries, campaignIds: readonly Id[]): Promise<LeadCount[]> {
  const rows = await queries.raw<{ campaign_id: string; list_id: string; leads: number }>(
    `select s.campaign_id, t.list_id, sum(t.n) as leads from lists s join lead_tallies t on t.list_id = s.id
     where s.campaign_id in (${campaignIds.map(() => '?').join(', ')}) group by s.campaign_id, t.list_id`,
    campaignIds,
  );
  return rows.map((row) => ({ campaignId: row.campaign_id, listId: row.list_id, leads: row.leads }));
}

/** Only a line that stands for whole lists has a number of leads to be compared with. */
function leadsOf(key: ReportKey, counts: readonly LeadCount[]): number | null {
  const { campaign, list, ...narrower } = key;
  if (Object.keys(narrower).length > 0) return null;
  return counts
    .filter(
      ({ campaignId, listId }) => (campaign ?? campaignId) === campaignId && (list ?? listId) === listId,
    )
    .reduce((sum, { leads }) => sum + leads, 0);
}
