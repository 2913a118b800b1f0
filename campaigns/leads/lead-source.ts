import type { LeadCandidate, LeadSource } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Database, Queries } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { claim } from './claim-leads.ts';
import { findDue, findNextDue, makeDueReady } from './due-leads.ts';
import { hold } from './hold-leads.ts';
import { type QueueRun, readCandidates, readHeads } from './lead-queue.ts';

/** Which of these zone keys may be called now under the campaign's rules. */
export type OpenZones = (request: {
  campaignId: Id;
  now: Instant;
  zoneKeys: readonly string[];
}) => Promise<ReadonlySet<string>>;

export interface LeadSourceParts {
  db: Database;
  openZones: OpenZones;
}

/** More than any hopper holds. */
const MAX_LIMIT = 5_000;

interface ActiveList {
  id: Id;
  position: number;
}

/** The engine's view of the leads; see {@link LeadSource}. */
export function createLeadSource(parts: LeadSourceParts): LeadSource {
  return {
    next: (request) => next(parts, request),
    hold,
    claim,
    async nextDueAt(campaignId) {
      const lists = await activeLists(parts.db.reader, campaignId);
      return findNextDue(
        parts.db.reader,
        lists.map(({ id }) => id),
      );
    },
  };
}

async function next(
  { db, openZones }: LeadSourceParts,
  { campaignId, limit, now, exclude }: Parameters<LeadSource['next']>[0],
): Promise<LeadCandidate[]> {
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) {
    throw new DomainError('invalid', 'limit_invalid', `limit must be an integer from 0 to ${MAX_LIMIT}`);
  }
  const lists = await activeLists(db.reader, campaignId);
  if (limit === 0 || lists.length === 0) return [];
  const listIds = lists.map(({ id }) => id);
  const due = await findDue(db.reader, listIds, now);
  if (due.length > 0) await db.grouped((tx) => makeDueReady(tx, due, now));
  const runs = await openRuns(db.reader, { lists, campaignId, now, openZones });
  return readCandidates(db.reader, await readHeads(db.reader, runs, { limit, exclude }));
}

function activeLists(queries: Queries, campaignId: Id): Promise<ActiveList[]> {
  return queries.raw<ActiveList>(
    "select id, position from lists where campaign_id = ? and state = 'active' order by position, id",
    [campaignId],
  );
}

interface OpenRunsRequest {
  lists: readonly ActiveList[];
  campaignId: Id;
  now: Instant;
  openZones: OpenZones;
}

/** The runs of the queue that hold leads and may be called now. */
async function openRuns(queries: Queries, request: OpenRunsRequest): Promise<QueueRun[]> {
  const { lists, campaignId, now } = request;
  const rows = await queries.raw<{ list_id: string; zone_id: number; zone_key: string }>(
    `select distinct t.list_id, t.zone_id, z.zone_key from lead_tallies t join zone_keys z on z.id = t.zone_id
     where t.list_id in (${lists.map(() => '?').join(', ')}) and t.state = 'ready' and t.n > 0`,
    lists.map(({ id }) => id),
  );
  const zoneKeys = [...new Set(rows.map((row) => row.zone_key))];
  if (zoneKeys.length === 0) return [];
  const open = await request.openZones({ campaignId, now, zoneKeys });
  const positions = new Map(lists.map(({ id, position }) => [id, position]));
  return rows
    .filter((row) => open.has(row.zone_key))
    .map((row) => ({
      listId: row.list_id,
      zoneId: row.zone_id,
      position: positions.get(row.list_id) ?? 0,
    }));
}
