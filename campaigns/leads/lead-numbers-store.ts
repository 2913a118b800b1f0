import type { LeadNumber, NumberState } from '../../dialer/core/retry-plan.ts';
import { packRows, type Queries, type Tx, updateRows } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** A number of a lead as the retry plan sees it, and where it rings. */
export interface StoredNumber extends LeadNumber {
  leadId: Id;
  zoneId: number;
  lastOutcome: string | null;
}

interface NumberRow {
  lead_id: string;
  ordinal: number;
  zone_id: number;
  state: NumberState;
  attempts: number;
  failures: number;
  next_at: number | null;
  last_outcome: string | null;
}

/** All numbers of these leads in dialing order, by lead. */
export async function readNumbers(
  queries: Queries,
  leadIds: readonly Id[],
): Promise<Map<Id, StoredNumber[]>> {
  const byLead = new Map<Id, StoredNumber[]>();
  if (leadIds.length === 0) return byLead;
  const rows = await queries.raw<NumberRow>(
    `select n.lead_id, n.ordinal, n.zone_id, n.state, n.attempts, n.failures, n.next_at, n.last_outcome
     from lead_numbers n
     where n.lead_id in (select v.wanted from ${queries.dialect.rowsFrom({ wanted: 'text' })} v)
     order by n.lead_id, n.ordinal`,
    [packRows([...new Set(leadIds)].map((id) => [id]))],
  );
  for (const row of rows) {
    const numbers = byLead.get(row.lead_id) ?? [];
    numbers.push(numberOf(row));
    byLead.set(row.lead_id, numbers);
  }
  return byLead;
}

function numberOf(row: NumberRow): StoredNumber {
  return {
    leadId: row.lead_id,
    ordinal: row.ordinal,
    zoneId: row.zone_id,
    state: row.state,
    attempts: row.attempts,
    failures: row.failures,
    nextAt: row.next_at,
    lastOutcome: row.last_outcome,
  };
}

const NUMBERS = {
  table: 'lead_numbers',
  key: { lead_id: 'text', ordinal: 'integer' },
  columns: {
    state: 'text',
    attempts: 'integer',
    failures: 'integer',
    next_at: 'integer',
    last_outcome: 'text',
  },
} as const;

/** Writes numbers back. Their leads are locked by `readLeads` in the same unit of work. */
export async function writeNumbers(tx: Tx, numbers: readonly StoredNumber[]): Promise<void> {
  if (numbers.length === 0) return;
  const rows = numbers.map((number) => ({
    lead_id: number.leadId,
    ordinal: number.ordinal,
    state: number.state,
    attempts: number.attempts,
    failures: number.failures,
    next_at: number.nextAt,
    last_outcome: number.lastOutcome,
  }));
  await updateRows(tx, NUMBERS, rows);
}
