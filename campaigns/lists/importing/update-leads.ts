import type { Instant } from '../../../platform/clock/index.ts';
import { packRows, type Tx, updateRows } from '../../../platform/db/index.ts';
import type { Id } from '../../../platform/ids/index.ts';
import { changeLeads, liftedRank, plainRank, readLeads } from '../../leads/index.ts';
import { insertNumbers, packNumbers } from './insert-leads.ts';
import type { ConsentLevel, DraftNumber, LeadDraft } from './lead-draft.ts';

/** A lead that is there already, to be told more; `storedNumbers` of its numbers are on disk. */
export interface StoredDraft extends LeadDraft {
  listId: Id;
  storedNumbers: number;
}

interface LeadRow {
  id: Id;
  list_id: Id;
  customer_id: Id;
  profile: string;
  vars: string;
  consent: ConsentLevel | null;
  consent_until: number | null;
  zones: string | null;
}

const WANTED = { wanted: 'text' } as const;

/** Stored leads as drafts, by id. */
export async function readDrafts(tx: Tx, ids: readonly Id[]): Promise<Map<Id, StoredDraft>> {
  if (ids.length === 0) return new Map();
  const packed = packRows([...new Set(ids)].map((id) => [id]));
  const leads = await tx.raw<LeadRow>(
    `select l.id, l.list_id, l.customer_id, l.profile, l.vars, l.consent, l.consent_until, c.zones
     from ${tx.dialect.rowsFrom(WANTED)} v join leads l on l.id = v.wanted join customers c on c.id = l.customer_id`,
    [packed],
  );
  const numbers = await tx.raw<
    Pick<DraftNumber, 'e164' | 'extension' | 'kind'> & { lead_id: Id; zone_id: number }
  >(
    `select n.lead_id, n.e164, n.extension, n.kind, n.zone_id from ${tx.dialect.rowsFrom(WANTED)} v
     join lead_numbers n on n.lead_id = v.wanted order by n.lead_id, n.ordinal`,
    [packed],
  );
  const drafts = new Map(leads.map((row) => [row.id, toDraft(row)]));
  for (const { lead_id, zone_id, ...number } of numbers) {
    const draft = drafts.get(lead_id);
    draft?.numbers.push({ ...number, zoneId: zone_id });
    if (draft) draft.storedNumbers++;
  }
  return drafts;
}

function toDraft(row: LeadRow): StoredDraft {
  return {
    id: row.id,
    listId: row.list_id,
    customerId: row.customer_id,
    isNew: false,
    changed: false,
    fields: JSON.parse(row.profile),
    vars: JSON.parse(row.vars),
    numbers: [],
    storedNumbers: 0,
    consent: row.consent,
    consentUntil: row.consent_until,
    rank: undefined,
    confirmedZone: row.zones,
  };
}

const SAID = {
  table: 'leads',
  key: { id: 'text' },
  columns: {
    profile: 'text',
    vars: 'text',
    consent: 'text',
    consent_until: 'integer',
    updated_at: 'integer',
  },
} as const;
const ZONES = {
  table: 'lead_numbers',
  key: { lead_id: 'text', ordinal: 'integer' },
  columns: { zone_id: 'integer' },
} as const;

/** Writes back what was said of stored leads. Their state and history stay; where they may be can change. */
export async function updateLeads(tx: Tx, drafts: readonly StoredDraft[], now: Instant): Promise<void> {
  if (drafts.length === 0) return;
  await updateRows(
    tx,
    SAID,
    drafts.map((draft) => ({
      id: draft.id,
      profile: profileWithout(draft),
      vars: JSON.stringify(draft.vars),
      consent: draft.consent,
      consent_until: draft.consentUntil,
      updated_at: now,
    })),
  );
  for (const listId of new Set(drafts.map((draft) => draft.listId))) {
    const own = drafts.filter((draft) => draft.listId === listId);
    const added = own.flatMap((draft) => packNumbers(draft, draft.storedNumbers));
    if (added.length > 0) await insertNumbers(tx, packRows(added), listId);
  }
  await updateRows(
    tx,
    ZONES,
    drafts.flatMap(({ id, numbers }) =>
      numbers.map(({ zoneId }, ordinal) => ({ lead_id: id, ordinal, zone_id: zoneId })),
    ),
  );
  await moveLeads(tx, drafts, now);
}

function profileWithout({ fields: { priority: _priority, ...profile } }: StoredDraft): string {
  return JSON.stringify(profile);
}

async function moveLeads(tx: Tx, drafts: readonly StoredDraft[], now: Instant): Promise<void> {
  const leads = await readLeads(
    tx,
    drafts.map(({ id }) => id),
  );
  const changes = drafts.flatMap((draft) => {
    const before = leads.get(draft.id);
    if (!before) return [];
    const zoneId = draft.numbers[before.numberOrdinal]?.zoneId ?? before.zoneId;
    const rank = draft.rank ?? plainRank(before.rank);
    const isLifted = before.rank !== plainRank(before.rank);
    const after = { ...before, zoneId, rank: isLifted ? liftedRank(rank) : rank };
    return after.zoneId === before.zoneId && after.rank === before.rank ? [] : [{ before, after }];
  });
  await changeLeads(tx, changes, now);
}
