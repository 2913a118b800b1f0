import { insertRows, type Queries, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { type DispositionCategory, type DispositionRule, dispositionRule } from './dispositions-schema.ts';

export interface Disposition {
  id: Id;
  campaignId: Id;
  parentId: Id | null;
  code: string;
  category: DispositionCategory;
  label: { en: string; zh: string };
  rightPerson: boolean;
  needsNote: boolean;
  needsCallbackTime: boolean;
  rule: DispositionRule;
  position: number;
  active: boolean;
}

const TABLE = {
  table: 'dispositions',
  columns: {
    id: 'text',
    campaign_id: 'text',
    parent_id: 'text',
    code: 'text',
    category: 'text',
    label_en: 'text',
    label_zh: 'text',
    right_person: 'integer',
    needs_note: 'integer',
    needs_callback_time: 'integer',
    rule: 'text',
    position: 'integer',
    active: 'integer',
  },
} as const;

interface DispositionRow extends Record<keyof typeof TABLE.columns, string | number | null> {
  id: string;
  campaign_id: string;
  parent_id: string | null;
  code: string;
  category: DispositionCategory;
  label_en: string;
  label_zh: string;
  rule: string;
  position: number;
}

const COLUMNS = Object.keys(TABLE.columns)
  .map((name) => `d.${name}`)
  .join(', ');

/** All dispositions of a campaign in their order, those put out of use too. */
export async function readDispositions(queries: Queries, campaignId: Id): Promise<Disposition[]> {
  const rows = await queries.raw<DispositionRow>(
    `select ${COLUMNS} from dispositions d where d.campaign_id = ? order by d.position, d.id`,
    [campaignId],
  );
  return rows.map(dispositionOf);
}

/** One that an agent may choose: of this campaign, in use, and no group of others. */
export async function findChoosable(
  queries: Queries,
  { campaignId, dispositionId }: { campaignId: Id; dispositionId: Id },
): Promise<Disposition | undefined> {
  const rows = await queries.raw<DispositionRow>(
    `select ${COLUMNS} from dispositions d where d.id = ? and d.campaign_id = ? and d.active = 1
       and not exists (select 1 from dispositions r where r.parent_id = d.id and r.active = 1)`,
    [dispositionId, campaignId],
  );
  return rows[0] && dispositionOf(rows[0]);
}

/** Inserts dispositions, groups before their reasons. */
export async function insertDispositions(tx: Tx, dispositions: readonly Disposition[]): Promise<void> {
  await insertRows(tx, TABLE, dispositions.map(rowOf));
}

/** Takes a campaign's whole set away, reasons before their groups; only while no call refers to it. */
export async function deleteDispositions(tx: Tx, campaignId: Id): Promise<void> {
  await tx.raw('delete from dispositions where campaign_id = ? and parent_id is not null', [campaignId]);
  await tx.raw('delete from dispositions where campaign_id = ?', [campaignId]);
}

function rowOf(one: Disposition): DispositionRow {
  return {
    id: one.id,
    campaign_id: one.campaignId,
    parent_id: one.parentId,
    code: one.code,
    category: one.category,
    label_en: one.label.en,
    label_zh: one.label.zh,
    right_person: Number(one.rightPerson),
    needs_note: Number(one.needsNote),
    needs_callback_time: Number(one.needsCallbackTime),
    rule: JSON.stringify(one.rule),
    position: one.position,
    active: Number(one.active),
  };
}

function dispositionOf(row: DispositionRow): Disposition {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    parentId: row.parent_id,
    code: row.code,
    category: row.category,
    label: { en: row.label_en, zh: row.label_zh },
    rightPerson: row.right_person === 1,
    needsNote: row.needs_note === 1,
    needsCallbackTime: row.needs_callback_time === 1,
    rule: dispositionRule.parse(JSON.parse(row.rule)),
    position: row.position,
    active: row.active === 1,
  };
}
