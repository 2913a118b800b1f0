import { mayHaveRung, type Outcome } from '../../dialer/core/outcomes.ts';
import type { LeadCandidate } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { packRows, type Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { dispositionRule } from '../dispositions/index.ts';
import type { ConsentHeld, CoolDown } from './gate-decision.ts';

/** What is on record about called parties, read for any number of them at once. */

/** Calls to one party within the time looked back. */
export interface PartyHistory {
  attempts: Instant[];
  conversations: Instant[];
  lastAbandonedAt: Instant | null;
  lastMachineAt: Instant | null;
}

/** Numbers on a list that holds for this vendor: everybody's, or its own. */
export async function readSuppressed(
  queries: Queries,
  request: { numbers: readonly string[]; vendorId: Id; now: Instant },
): Promise<Set<string>> {
  const { numbers, vendorId, now } = request;
  const rows = await queries.raw<{ e164: string }>(
    `select distinct d.e164 from ${queries.dialect.rowsFrom({ number: 'text' })} v
     join do_not_call d on d.e164 = v.number
     where d.released_at is null and (d.expires_at is null or d.expires_at > ?) and d.scope in ('all', ?)`,
    [packRows([...new Set(numbers)].map((number) => [number])), now, vendorId],
  );
  return new Set(rows.map((row) => row.e164));
}

interface AttemptRow {
  lead_id: string;
  ordered_at: number;
  connected_at: number | null;
  outcome: Outcome | null;
}

/**
 * Earlier attempts to the candidates' numbers, and to other numbers of the same customers: rules by number are
 * given the wider count by person, which can only be stricter.
 */
export async function readHistories(
  queries: Queries,
  request: { candidates: readonly LeadCandidate[]; since: Instant },
): Promise<Map<Id, PartyHistory>> {
  const { candidates, since } = request;
  const parties = packRows(candidates.map(({ leadId, e164, customerId }) => [leadId, e164, customerId]));
  const columns = { lead: 'text', number: 'text', customer: 'text' } as const;
  const found = 'v.lead as lead_id, a.id, a.ordered_at, a.connected_at, a.outcome';
  const rows = await queries.raw<AttemptRow>(
    `select ${found} from ${queries.dialect.rowsFrom(columns)} v
       join attempts a on a.e164 = v.number where a.ordered_at >= ?
     union
     select ${found} from ${queries.dialect.rowsFrom(columns)} v
       join leads l on l.customer_id = v.customer join attempts a on a.lead_id = l.id where a.ordered_at >= ?`,
    [parties, since, parties, since],
  );
  const histories = new Map(candidates.map(({ leadId }) => [leadId, emptyHistory()]));
  for (const row of rows) addAttempt(histories.get(row.lead_id), row);
  return histories;
}

function addAttempt(history: PartyHistory | undefined, row: AttemptRow): void {
  if (!history || (row.outcome !== null && !mayHaveRung.has(row.outcome))) return;
  history.attempts.push(row.ordered_at);
  if (row.connected_at !== null) history.conversations.push(row.connected_at);
  if (row.outcome === 'abandoned') history.lastAbandonedAt = later(history.lastAbandonedAt, row.ordered_at);
  if (row.outcome === 'machine') history.lastMachineAt = later(history.lastMachineAt, row.ordered_at);
}

/** What the person told this vendor's agents. */
export interface Refusals {
  lastRefusalAt: Instant | null;
  coolDowns: CoolDown[];
}

interface RefusalRow {
  customer_id: string;
  at: number;
  category: string;
  rule: string;
}

/** When each candidate's customer last refused this vendor, and how long what was said asks to leave them alone. */
export async function readRefusals(
  queries: Queries,
  request: { candidates: readonly LeadCandidate[]; vendorId: Id },
): Promise<Map<Id, Refusals>> {
  const { candidates, vendorId } = request;
  const rows = await queries.raw<RefusalRow>(
    `select c.customer_id, max(c.disposed_at) as at, c.disposition_category as category, d.rule
     from ${queries.dialect.rowsFrom({ customer: 'text' })} v
     join calls c on c.customer_id = v.customer join dispositions d on d.id = c.disposition_id
     where c.vendor_id = ? and (c.disposition_category = 'refusal' or d.rule like '%"coolDownDays"%')
     group by c.customer_id, c.disposition_category, d.rule`,
    [packRows([...new Set(candidates.map(({ customerId }) => customerId))].map((id) => [id])), vendorId],
  );
  const found = new Map<Id, Refusals>();
  for (const row of rows) {
    const known = found.get(row.customer_id) ?? { lastRefusalAt: null, coolDowns: [] };
    if (row.category === 'refusal') known.lastRefusalAt = later(known.lastRefusalAt, row.at);
    const rule = dispositionRule.parse(JSON.parse(row.rule));
    if (rule.action === 'close') known.coolDowns.push({ since: row.at, days: rule.coolDownDays ?? 0 });
    found.set(row.customer_id, known);
  }
  return found;
}

/** What the leads' lists say was agreed to. */
export async function readConsents(
  queries: Queries,
  candidates: readonly LeadCandidate[],
): Promise<Map<Id, ConsentHeld>> {
  const rows = await queries.raw<{ id: string; consent: ConsentHeld['level']; consent_until: number | null }>(
    `select l.id, l.consent, l.consent_until from ${queries.dialect.rowsFrom({ lead: 'text' })} v
     join leads l on l.id = v.lead where l.consent is not null`,
    [packRows(candidates.map(({ leadId }) => [leadId]))],
  );
  return new Map(rows.map((row) => [row.id, { level: row.consent, expiresAt: row.consent_until }]));
}

export function emptyHistory(): PartyHistory {
  return { attempts: [], conversations: [], lastAbandonedAt: null, lastMachineAt: null };
}

function later(a: Instant | null, b: Instant): Instant {
  return a === null ? b : Math.max(a, b);
}
