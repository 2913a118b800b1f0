import type { LeadCandidate } from '../../dialer/ports.ts';
import { packRows, type Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/**
 * The queue of a campaign is many sorted runs, one for each list and zone, each of them a stretch of one index.
 * It is read by merging the heads of the runs of open zones, so that leads of closed zones, waiting, held or
 * done ones cost nothing, however many stand before the next dialable one.
 */

export interface QueueRun {
  listId: Id;
  /** Lists of a lower position come first; those of one position are merged by rank. */
  position: number;
  zoneId: number;
}

interface Head {
  id: Id;
  rank: number;
}

interface Reading {
  run: QueueRun;
  heads: Head[];
  next: number;
  /** The last key that was read; the next page begins after it. */
  after: Head;
  exhausted: boolean;
}

/** SQLite allows 500 parts of a compound select. */
const RUNS_PER_STATEMENT = 100;
const BEFORE_ALL: Head = { id: '', rank: -2_147_483_648 };
const SMALLEST_PAGE = 4;

export interface QueueRequest {
  limit: number;
  exclude: ReadonlySet<Id>;
}

/** Ids of the first leads over all runs, in dialing order. */
export async function readHeads(
  queries: Queries,
  runs: readonly QueueRun[],
  { limit, exclude }: QueueRequest,
): Promise<Id[]> {
  const taken: Id[] = [];
  const positions = [...new Set(runs.map(({ position }) => position))].sort((a, b) => a - b);
  for (const position of positions) {
    if (taken.length >= limit) break;
    const group = runs.filter((run) => run.position === position);
    taken.push(...(await mergeRuns(queries, group, { limit: limit - taken.length, exclude })));
  }
  return taken;
}

async function mergeRuns(
  queries: Queries,
  runs: readonly QueueRun[],
  { limit, exclude }: QueueRequest,
): Promise<Id[]> {
  const page = Math.max(SMALLEST_PAGE, Math.ceil((2 * limit) / runs.length));
  const readings = runs.map<Reading>((run) => ({
    run,
    heads: [],
    next: 0,
    after: BEFORE_ALL,
    exhausted: false,
  }));
  const taken: Id[] = [];
  while (taken.length < limit) {
    const empty = readings.filter(({ heads, next, exhausted }) => !exhausted && next >= heads.length);
    if (empty.length > 0) await readPages(queries, empty, page);
    const first = smallest(readings);
    const head = first?.heads[first.next];
    if (!first || !head) break;
    first.next++;
    if (!exclude.has(head.id)) taken.push(head.id);
  }
  return taken;
}

function smallest(readings: readonly Reading[]): Reading | undefined {
  let best: Reading | undefined;
  for (const reading of readings) {
    if (isBefore(reading.heads[reading.next], best?.heads[best.next])) best = reading;
  }
  return best;
}

function isBefore(a: Head | undefined, b: Head | undefined): boolean {
  if (!a) return false;
  return !b || a.rank < b.rank || (a.rank === b.rank && a.id < b.id);
}

async function readPages(queries: Queries, readings: readonly Reading[], page: number): Promise<void> {
  for (let start = 0; start < readings.length; start += RUNS_PER_STATEMENT) {
    const part = readings.slice(start, start + RUNS_PER_STATEMENT);
    const branches = part.map(
      (_, index) =>
        `select * from (select ${index} as run, id, rank from leads where list_id = ? and state = 'ready' ` +
        `and zone_id = ? and (rank, id) > (?, ?) order by rank, id limit ?) q${index}`,
    );
    const rows = await queries.raw<Head & { run: number }>(
      branches.join(' union all '),
      part.flatMap(({ run, after }) => [run.listId, run.zoneId, after.rank, after.id, page]),
    );
    part.forEach((reading, index) => {
      reading.heads = rows.filter(({ run }) => run === index).sort((a, b) => (isBefore(a, b) ? -1 : 1));
      reading.next = 0;
      reading.exhausted = reading.heads.length < page;
      reading.after = reading.heads.at(-1) ?? reading.after;
    });
  }
}

interface CandidateRow {
  id: string;
  list_id: string;
  customer_id: string;
  number_ordinal: number;
  agent_id: string | null;
  e164: string;
  extension: string;
  zone_key: string;
  zone_id: number;
}

/** What the engine needs of these leads, in the order of the ids; one that left the queue meanwhile is not in it. */
export async function readCandidates(queries: Queries, ids: readonly Id[]): Promise<LeadCandidate[]> {
  if (ids.length === 0) return [];
  const rows = await queries.raw<CandidateRow>(
    `select l.id, l.list_id, l.customer_id, l.number_ordinal, l.agent_id, n.e164, n.extension,
       z.zone_key, l.zone_id
     from ${queries.dialect.rowsFrom({ wanted: 'text' })} v
     join leads l on l.id = v.wanted
     join lead_numbers n on n.lead_id = l.id and n.ordinal = l.number_ordinal
     join zone_keys z on z.id = l.zone_id
     where l.state = 'ready'`,
    [packRows(ids.map((id) => [id]))],
  );
  const byId = new Map(rows.map((row) => [row.id, candidateOf(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function candidateOf(row: CandidateRow): LeadCandidate {
  return {
    leadId: row.id,
    listId: row.list_id,
    customerId: row.customer_id,
    numberOrdinal: row.number_ordinal,
    e164: row.e164,
    extension: row.extension,
    zoneKey: row.zone_key,
    zoneId: row.zone_id,
    reservedFor: row.agent_id,
  };
}
