import { packRows, type Tx } from '../../../platform/db/index.ts';
import { createLeadPlacer } from '../../compliance/index.ts';
import { type LeadDraft, placeInputOf } from './lead-draft.ts';

/** Finds where leads may be, and the ids of those places in the queue. */
export interface LeadZones {
  /** Gives every number of the drafts the id of its place; new places are added. */
  place(tx: Tx, drafts: readonly LeadDraft[]): Promise<void>;
}

const KEY = { wanted: 'text' } as const;

export function createLeadZones(): LeadZones {
  const placeOf = createLeadPlacer();
  const known = new Map<string, number>();
  return {
    async place(tx, drafts) {
      const keys = drafts.map((draft) =>
        draft.numbers.map((number) => placeOf(placeInputOf(draft, number)).zoneKey),
      );
      const added = await addedIds(
        tx,
        [...new Set(keys.flat())].filter((key) => !known.has(key)),
      );
      // remembered only when they are really there
      tx.onCommit(() => {
        for (const [key, id] of added) known.set(key, id);
      });
      drafts.forEach((draft, at) => {
        draft.numbers.forEach((number, ordinal) => {
          const key = keys[at]?.[ordinal] ?? '';
          number.zoneId = known.get(key) ?? added.get(key) ?? 0;
        });
      });
    },
  };
}

async function addedIds(tx: Tx, keys: readonly string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const packed = packRows(keys.toSorted().map((key) => [key]));
  await tx.raw(
    `insert into zone_keys (zone_key) select wanted from ${tx.dialect.rowsFrom(KEY)} v where true on conflict do nothing`,
    [packed],
  );
  const rows = await tx.raw<{ id: number; zone_key: string }>(
    `select z.id, z.zone_key from ${tx.dialect.rowsFrom(KEY)} v join zone_keys z on z.zone_key = v.wanted`,
    [packed],
  );
  return new Map(rows.map((row) => [row.zone_key, row.id]));
}
