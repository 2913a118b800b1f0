import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { AuditLog } from '../audit/index.ts';
import type { Viewer } from '../scope/index.ts';
import { defaultDispositions } from './default-dispositions.ts';
import { type DispositionSet, dispositionSet } from './dispositions-schema.ts';
import { type Disposition, deleteDispositions, insertDispositions } from './dispositions-store.ts';

/** What of a campaign decides whether it may have another set. */
export interface SetOwner {
  id: Id;
  vendorId: Id;
  teamId: Id;
  state: string;
}

export interface DispositionsService {
  /** Gives a new campaign the default set; answers it. */
  createDefaults(tx: Tx, campaignId: Id): Promise<Disposition[]>;
  /**
   * Puts a set of its own in the place of a campaign's set, before its first call: what was said of calls stays.
   * @throws DomainError `campaign_not_draft`
   */
  replaceSet(
    tx: Tx,
    viewer: Viewer,
    request: { campaign: SetOwner; set: DispositionSet },
  ): Promise<Disposition[]>;
}

export function createDispositionsService({
  ids,
  audit,
}: {
  ids: Ids;
  audit: AuditLog;
}): DispositionsService {
  const create = async (tx: Tx, campaignId: Id, set: DispositionSet): Promise<Disposition[]> => {
    const dispositions = flatten(set, { campaignId, ids });
    await insertDispositions(tx, dispositions);
    return dispositions;
  };
  return {
    createDefaults: (tx, campaignId) => create(tx, campaignId, dispositionSet.parse(defaultDispositions)),
    async replaceSet(tx, viewer, { campaign, set }) {
      if (campaign.state !== 'draft') throw notDraft(campaign.state);
      await deleteDispositions(tx, campaign.id);
      const dispositions = await create(tx, campaign.id, set);
      await audit.record(tx, {
        viewer,
        action: 'dispositions.replaced',
        entity: 'campaign',
        entityId: campaign.id,
        owner: campaign,
        after: { codes: dispositions.map(({ code }) => code) },
      });
      return dispositions;
    },
  };
}

function notDraft(state: string): DomainError {
  return new DomainError('conflict', 'campaign_not_draft', 'Change the set while the campaign is a draft', {
    params: { state },
  });
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
