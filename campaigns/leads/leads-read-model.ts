import type { Queries } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { maskNumber } from '../../scripts-templates/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import { scoped, type Viewer } from '../scope/index.ts';
import type { LeadAttempt, LeadView } from './leads-schema.ts';

/** Leads as people look at them. What another vendor knows of the same person is not in it. */

interface LeadRow {
  id: Id;
  list_id: Id;
  state: LeadView['state'];
  reason: string;
  due_at: number | null;
  attempts: number;
  agent_id: Id | null;
  profile: string;
  vars: string;
  created_at: number;
  updated_at: number;
}

interface NumberRow {
  lead_id: Id;
  ordinal: number;
  e164: string;
  extension: string;
  kind: string;
  state: LeadView['numbers'][number]['state'];
  attempts: number;
  next_at: number | null;
  last_outcome: string | null;
}

const MOST_FOUND = 50;
const MOST_HISTORY = 50;

/** Who plans and checks sees whole numbers; who only needs to know that there is one does not. */
export function seesNumbers(viewer: Viewer): boolean {
  return viewer.role === 'admin' || viewer.role === 'manager';
}

export async function listLeads(
  queries: Queries,
  viewer: Viewer,
  filter: PageRequest & { listId: Id; state?: string | undefined; reason?: string | undefined },
): Promise<Page<LeadView>> {
  const query = leads(queries, viewer).where('l.list_id', filter.listId);
  query.orderBy('l.id').limit(filter.limit + 1);
  if (filter.state) query.where('l.state', filter.state);
  if (filter.reason) query.where('l.reason', filter.reason);
  const after = cursorKey(filter.cursor);
  if (after) query.where('l.id', '>', after);
  const page = keyPage((await query) as LeadRow[], filter.limit, (row) => row.id);
  return { ...page, items: await withNumbers(queries, viewer, page.items) };
}

/** @throws DomainError `lead_not_found`, also when it is not the viewer's to see */
export async function leadById(queries: Queries, viewer: Viewer, leadId: Id): Promise<LeadView> {
  const rows = (await leads(queries, viewer).where('l.id', leadId)) as LeadRow[];
  const [found] = await withNumbers(queries, viewer, rows);
  if (found) return found;
  throw new DomainError('notFound', 'lead_not_found', 'There is no such lead');
}

/** Leads with this number, newest first. */
export async function findLeads(
  queries: Queries,
  viewer: Viewer,
  { e164, campaignId }: { e164: string; campaignId?: Id | undefined },
): Promise<LeadView[]> {
  const query = leads(queries, viewer)
    .whereIn('l.id', queries.knex('lead_numbers').where({ e164 }).select('lead_id'))
    .orderBy('l.id', 'desc')
    .limit(MOST_FOUND);
  if (campaignId) query.where('s.campaign_id', campaignId);
  return withNumbers(queries, viewer, (await query) as LeadRow[]);
}

/** A lead's attempts, newest first; ask only for a lead that the viewer sees. */
export async function leadHistory(queries: Queries, leadId: Id): Promise<LeadAttempt[]> {
  const rows = await queries
    .knex('attempts as a')
    .leftJoin('calls as c', 'c.attempt_id', 'a.id')
    .where('a.lead_id', leadId)
    .orderBy('a.id', 'desc')
    .limit(MOST_HISTORY)
    .select(
      'a.id',
      'a.ordered_at',
      'a.mode',
      'a.outcome',
      'a.agent_id',
      'c.talk_ms',
      'c.disposition_id',
      'c.note',
    );
  return rows.map((row) => ({
    attemptId: row.id,
    at: row.ordered_at,
    mode: row.mode,
    outcome: row.outcome,
    talkMs: row.talk_ms,
    agentId: row.agent_id,
    dispositionId: row.disposition_id,
    note: row.note,
  }));
}

function leads(queries: Queries, viewer: Viewer) {
  const query = queries.knex('leads as l').join('lists as s', 's.id', 'l.list_id').select('l.*');
  return scoped(query, viewer, 's');
}

async function withNumbers(queries: Queries, viewer: Viewer, rows: readonly LeadRow[]): Promise<LeadView[]> {
  const ids = rows.map((row) => row.id);
  const numbers: NumberRow[] = await queries
    .knex('lead_numbers')
    .whereIn('lead_id', ids)
    .orderBy(['lead_id', 'ordinal']);
  const whole = seesNumbers(viewer);
  return rows.map((row) => ({
    id: row.id,
    listId: row.list_id,
    state: row.state,
    reason: row.reason,
    dueAt: row.due_at,
    attempts: row.attempts,
    agentId: row.agent_id,
    numbers: numbers.filter((number) => number.lead_id === row.id).map((number) => toNumber(number, whole)),
    profile: JSON.parse(row.profile),
    vars: JSON.parse(row.vars),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

function toNumber(row: NumberRow, whole: boolean): LeadView['numbers'][number] {
  return {
    ordinal: row.ordinal,
    e164: whole ? row.e164 : (maskNumber(row.e164) ?? ''),
    extension: row.extension,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    nextAt: row.next_at,
    lastOutcome: row.last_outcome,
  };
}
