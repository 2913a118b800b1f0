import type { LeadNumber, NumberState } from '../../dialer/core/retry-plan.ts';
import { packRows, type Tx, updateRows } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Lead } from './lead-states.ts';
import { LEAD_COLUMNS, type LeadRow, leadOf } from './leads-store.ts';

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

/** A lead with all its numbers in dialing order. */
export interface NumberedLead {
  lead: Lead;
  numbers: StoredNumber[];
}

type NumberedRow = LeadRow & { [K in keyof NumberRow as `n_${K}`]: NumberRow[K] };

const NUMBER_COLUMNS = [
  'lead_id',
  'ordinal',
  'zone_id',
  'state',
  'attempts',
  'failures',
  'next_at',
  'last_outcome',
];

/** Leads by id with their numbers, the leads locked until the unit of work ends; in one statement. */
export async function readNumberedLeads(tx: Tx, ids: readonly Id[]): Promise<Map<Id, NumberedLead>> {
  const found = new Map<Id, NumberedLead>();
  if (ids.length === 0) return found;
  const wanted = [...new Set(ids)].sort();
  const columns = NUMBER_COLUMNS.map((name) => `n.${name} as n_${name}`).join(', ');
  const rows = await tx.raw<NumberedRow>(
    `select ${LEAD_COLUMNS}, ${columns} from leads l join lead_numbers n on n.lead_id = l.id
     where l.id in (select v.wanted from ${tx.dialect.rowsFrom({ wanted: 'text' })} v)
     order by l.id, n.ordinal${tx.dialect.lockRows('l')}`,
    [packRows(wanted.map((id) => [id]))],
  );
  for (const row of rows) {
    const one = found.get(row.id) ?? { lead: leadOf(row), numbers: [] };
    one.numbers.push({
      leadId: row.n_lead_id,
      ordinal: row.n_ordinal,
      zoneId: row.n_zone_id,
      state: row.n_state,
      attempts: row.n_attempts,
      failures: row.n_failures,
      nextAt: row.n_next_at,
      lastOutcome: row.n_last_outcome,
    });
    found.set(row.id, one);
  }
  return found;
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
