import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { defaultDispositions } from './default-dispositions.ts';
import { type DispositionSet, dispositionSet } from './dispositions-schema.ts';
import { type Disposition, insertDispositions } from './dispositions-store.ts';

export interface DispositionsService {
  /** Gives a new campaign the default set; answers it. */
  createDefaults(tx: Tx, campaignId: Id): Promise<Disposition[]>;
  /**
   * Gives a new campaign a set of its own.
   * @throws DomainError `dispositions_invalid` with an issue for every mistake
   */
  createSet(tx: Tx, campaignId: Id, set: unknown): Promise<Disposition[]>;
}

export function createDispositionsService({ ids }: { ids: Ids }): DispositionsService {
  const create = async (tx: Tx, campaignId: Id, set: unknown): Promise<Disposition[]> => {
    const dispositions = flatten(parseSet(set), { campaignId, ids });
    await insertDispositions(tx, dispositions);
    return dispositions;
  };
  return {
    createDefaults: (tx, campaignId) => create(tx, campaignId, defaultDispositions),
    createSet: create,
  };
}

function parseSet(set: unknown): DispositionSet {
  const parsed = dispositionSet.safeParse(set);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, code, message }) => ({
    path: `/${path.join('/')}`,
    code,
    message,
  }));
  throw new DomainError('invalid', 'dispositions_invalid', 'The disposition set has mistakes', { issues });
}

/** Groups first, each followed by its reasons; positions count through. */
function flatten(set: DispositionSet, { campaignId, ids }: { campaignId: Id; ids: Ids }): Disposition[] {
  const all: Disposition[] = [];
  for (const { reasons, ...group } of set) {
    const parentId = ids.next();
    all.push({ ...group, id: parentId, campaignId, parentId: null, position: all.length, active: true });
    for (const reason of reasons ?? []) {
      all.push({ ...reason, id: ids.next(), campaignId, parentId, position: all.length, active: true });
    }
  }
  return all;
}
