import type { Instant } from '../../../platform/clock/index.ts';
import { type ColumnType, packRows, type Tx } from '../../../platform/db/index.ts';
import type { Id } from '../../../platform/ids/index.ts';
import { addToTallies } from '../../leads/index.ts';
import { type LeadDraft, profileOf } from './lead-draft.ts';

const CUSTOMER = { id: 'text', name: 'text' } as const;
const NUMBER: Record<string, ColumnType> = {
  lead_id: 'text',
  ordinal: 'integer',
  customer_id: 'text',
  e164: 'text',
  extension: 'text',
  kind: 'text',
  zone_id: 'integer',
};
const LEAD: Record<string, ColumnType> = {
  id: 'text',
  customer_id: 'text',
  zone_id: 'integer',
  rank: 'integer',
  consent: 'text',
  consent_until: 'integer',
  profile: 'text',
  vars: 'text',
};

export interface LeadsToInsert {
  listId: Id;
  importId: Id;
  drafts: readonly LeadDraft[];
  /** Customers that are not known yet. */
  newCustomers: readonly { id: Id; name: string | null }[];
  now: Instant;
}

/** Writes new leads with their customers and numbers and counts them: five statements however many. */
export async function insertLeads(tx: Tx, insert: LeadsToInsert): Promise<void> {
  const { listId, importId, drafts, now } = insert;
  if (drafts.length === 0) return;
  await insertCustomers(tx, insert);
  const { dialect } = tx;
  const names = Object.keys(LEAD).join(', ');
  await tx.raw(
    `insert into leads (${names}, list_id, import_id, state, reason, created_at, updated_at)
     select ${names}, cast(? as text), cast(? as text), 'ready', '', cast(? as bigint), cast(? as bigint)
     from ${dialect.rowsFrom(LEAD)} v where true`,
    [listId, importId, now, now, packRows(drafts.map(packLead))],
  );
  const numbers = packRows(drafts.flatMap((draft) => packNumbers(draft, 0)));
  await insertNumbers(tx, numbers, listId);
  addToTallies(
    tx,
    drafts.map((draft) => ({ listId, state: 'ready', reason: '', zoneId: zoneOf(draft), n: 1 })),
  );
}

async function insertCustomers(tx: Tx, { newCustomers, now }: LeadsToInsert): Promise<void> {
  if (newCustomers.length === 0) return;
  await tx.raw(
    `insert into customers (id, name, created_at)
     select id, name, cast(? as bigint) from ${tx.dialect.rowsFrom(CUSTOMER)} v where true`,
    [now, packRows(newCustomers.map(({ id, name }) => [id, name]))],
  );
}

/** Numbers as `packNumbers` makes them, for their leads and for their customers. */
export async function insertNumbers(tx: Tx, packed: string, listId: Id): Promise<void> {
  const { dialect } = tx;
  await tx.raw(
    `insert into customer_numbers (e164, extension, customer_id)
     select e164, extension, customer_id from ${dialect.rowsFrom(NUMBER)} v where true on conflict do nothing`,
    [packed],
  );
  await tx.raw(
    `insert into lead_numbers (lead_id, ordinal, list_id, e164, extension, kind, zone_id, state)
     select lead_id, ordinal, cast(? as text), e164, extension, kind, zone_id, 'active'
     from ${dialect.rowsFrom(NUMBER)} v where true`,
    [listId, packed],
  );
}

/** A draft's numbers from the ordinal `from` on. */
export function packNumbers(draft: LeadDraft, from: number): unknown[][] {
  const rows: unknown[][] = [];
  for (let ordinal = from; ordinal < draft.numbers.length; ordinal++) {
    const number = draft.numbers[ordinal];
    if (number === undefined) continue;
    const { e164, extension, kind, zoneId } = number;
    rows.push([draft.id, ordinal, draft.customerId, e164, extension, kind, zoneId]);
  }
  return rows;
}

function packLead(draft: LeadDraft): unknown[] {
  return [
    draft.id,
    draft.customerId,
    zoneOf(draft),
    draft.rank,
    draft.consent,
    draft.consentUntil,
    profileOf(draft),
    JSON.stringify(draft.vars),
  ];
}

/** The place of the number that is dialed first. */
function zoneOf({ numbers }: LeadDraft): number {
  return numbers[0]?.zoneId ?? 0;
}
