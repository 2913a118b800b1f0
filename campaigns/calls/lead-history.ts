import { ourFailure } from '../../dialer/core/outcomes.ts';
import type { OutcomeName } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { packRows, type Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** A lead, when its local day began, and the attempt that is not to be counted. */
export interface DayOfLead {
  leadId: Id;
  dayStart: Instant;
  exceptAttemptId: Id;
}

/** Attempts of each lead on its local day that count against its cap, but the one; by lead. */
export async function readCountedToday(
  queries: Queries,
  days: readonly DayOfLead[],
): Promise<Map<Id, number>> {
  const counts = new Map<Id, number>();
  if (days.length === 0) return counts;
  const columns = { lead: 'text', day_start: 'integer', own: 'text' } as const;
  const rows = await queries.raw<{ lead_id: string; outcome: OutcomeName }>(
    `select a.lead_id, a.outcome from ${queries.dialect.rowsFrom(columns)} v
     join attempts a on a.lead_id = v.lead
     where a.ordered_at >= v.day_start and a.id <> v.own and a.ended_at is not null`,
    [packRows(days.map(({ leadId, dayStart, exceptAttemptId }) => [leadId, dayStart, exceptAttemptId]))],
  );
  for (const { lead_id, outcome } of rows) {
    if (!ourFailure.has(outcome)) counts.set(lead_id, (counts.get(lead_id) ?? 0) + 1);
  }
  return counts;
}
