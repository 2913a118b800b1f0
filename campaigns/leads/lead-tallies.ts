import type { SumTarget, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Lead } from './lead-states.ts';

/** Leads of one list that one thing holds in one place. */
export interface Tally {
  listId: Id;
  state: string;
  reason: string;
  zoneId: number;
  n: number;
}

const TALLIES: SumTarget = {
  table: 'lead_tallies',
  key: { list_id: 'text', state: 'text', reason: 'text', zone_id: 'integer' },
  sums: ['n'],
};

/** Adds signed counts to the tallies: for whoever adds or removes leads, in the same unit of work. */
export function addToTallies(tx: Tx, deltas: readonly Tally[]): void {
  const rows = deltas.map(({ listId, state, reason, zoneId, n }) => ({
    list_id: listId,
    state,
    reason,
    zone_id: zoneId,
    n,
  }));
  tx.sums.add(TALLIES, rows);
}

export function tallyOf(lead: Pick<Lead, 'listId' | 'state' | 'reason' | 'zoneId'>, n: 1 | -1): Tally {
  return { listId: lead.listId, state: lead.state, reason: lead.reason, zoneId: lead.zoneId, n };
}
