import { ourFailure } from '../../dialer/core/outcomes.ts';
import type { OutcomeName } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { packRows, type Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { EndedAttempt } from './attempts-writer.ts';

/** What a lead has behind it before an attempt. */
export interface LeadHistory {
  /** Attempts that went to the network. */
  tried: number;
  /** Those of the lead's local day that count against its cap. */
  countedToday: number;
  contacts: number;
}

/** An attempt that has just ended, and when its lead's local day began. */
export interface DatedAttempt {
  attempt: EndedAttempt;
  dayStart: Instant;
}

/** What the leads of these attempts had behind them, each before its own attempt; by attempt. */
export async function readHistory(
  queries: Queries,
  dated: readonly DatedAttempt[],
): Promise<Map<Id, LeadHistory>> {
  const totals = await readTotals(queries, dated);
  // the totals hold the new attempts too: taken off first, and put on again one by one
  for (const one of dated) add(totals, one, -1);
  const before = new Map<Id, LeadHistory>();
  for (const one of dated) {
    before.set(one.attempt.id, { ...historyOf(totals, one.attempt.leadId) });
    add(totals, one, 1);
  }
  return before;
}

function historyOf(totals: Map<Id, LeadHistory>, leadId: Id): LeadHistory {
  const known = totals.get(leadId) ?? { tried: 0, countedToday: 0, contacts: 0 };
  totals.set(leadId, known);
  return known;
}

function add(totals: Map<Id, LeadHistory>, { attempt, dayStart }: DatedAttempt, sign: 1 | -1): void {
  if (attempt.outcome === 'cancelled') return;
  const history = historyOf(totals, attempt.leadId);
  history.tried += sign;
  if (attempt.orderedAt >= dayStart && !ourFailure.has(attempt.outcome)) history.countedToday += sign;
  if (attempt.connectedAt !== null) history.contacts += sign;
}

async function readTotals(queries: Queries, dated: readonly DatedAttempt[]): Promise<Map<Id, LeadHistory>> {
  const dayStarts = new Map(dated.map(({ attempt, dayStart }) => [attempt.leadId, dayStart]));
  if (dayStarts.size === 0) return new Map();
  const rows = await queries.raw<{ lead: string; tried: number; today: number; contacts: number }>(
    `select v.lead, count(*) as tried,
       sum(case when a.ordered_at >= v.day_start
         and a.outcome not in ('congestion', 'failed', 'cancelled', 'unknown') then 1 else 0 end) as today,
       sum(case when a.connected_at is not null then 1 else 0 end) as contacts
     from ${queries.dialect.rowsFrom({ lead: 'text', day_start: 'integer' })} v
     join attempts a on a.lead_id = v.lead
     where a.ended_at is not null and a.outcome <> 'cancelled'
     group by v.lead`,
    [packRows([...dayStarts])],
  );
  return new Map(
    rows.map(({ lead, tried, today, contacts }) => [lead, { tried, countedToday: today, contacts }]),
  );
}

/** Attempts of the lead since `dayStart` that count against its cap, but one. */
export async function readCountedToday(
  queries: Queries,
  { leadId, dayStart, exceptAttemptId }: { leadId: Id; dayStart: Instant; exceptAttemptId: Id },
): Promise<number> {
  const rows = await queries.raw<{ outcome: OutcomeName }>(
    `select outcome from attempts where lead_id = ? and ordered_at >= ? and id <> ? and ended_at is not null`,
    [leadId, dayStart, exceptAttemptId],
  );
  return rows.filter(({ outcome }) => !ourFailure.has(outcome)).length;
}
