import type { Clock } from '../../platform/clock/index.ts';
import type { Queries, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { type AuditLog, changedFields } from '../audit/index.ts';
import { type Campaign, campaignById } from '../campaigns/index.ts';
import { assertSees, ownerOf, type Viewer } from '../scope/index.ts';
import type { List, ListChange, NewList } from './lists-schema.ts';
import { insertList, listById, updateList } from './lists-store.ts';

export interface ListService {
  /** @throws DomainError `list_not_found`, also when it is not the viewer's to see */
  list: (queries: Queries, viewer: Viewer, listId: Id) => Promise<List>;
  /** @throws DomainError `list_name_taken`, `campaign_not_found`, `campaign_of_other_team` */
  create(tx: Tx, viewer: Viewer, input: NewList): Promise<List>;
  /** A list whose leads were dialed stays with its campaign: `list_in_use`. */
  change(tx: Tx, viewer: Viewer, change: { listId: Id; input: ListChange }): Promise<List>;
}

interface Services {
  clock: Clock;
  ids: Ids;
  audit: AuditLog;
}

export function createListService(services: Services): ListService {
  return {
    list: seen,
    create: (tx, viewer, input) => create(services, tx, { viewer, input }),
    change: (tx, viewer, change) => changeList(services, tx, { viewer, ...change }),
  };
}

async function seen(queries: Queries, viewer: Viewer, listId: Id): Promise<List> {
  return assertSees(viewer, await listById(queries, listId), 'list');
}

async function create(
  { clock, ids, audit }: Services,
  tx: Tx,
  { viewer, input }: { viewer: Viewer; input: NewList },
): Promise<List> {
  const campaign = input.campaignId ? await campaignSeen(tx, viewer, input.campaignId) : undefined;
  const owner = await ownerOf(tx, viewer, input.teamId ?? campaign?.teamId);
  const list: List = {
    id: ids.next(),
    vendorId: owner.vendorId,
    teamId: owner.teamId,
    campaignId: input.campaignId,
    name: input.name,
    country: input.country,
    state: 'active',
    position: input.position,
    leads: 0,
    createdAt: clock.now(),
  };
  assertSameTeam(list, campaign);
  await uniqueName(tx, () => insertList(tx, list));
  await audit.record(tx, { ...note(viewer, list, 'list.created'), after: list });
  return list;
}

async function changeList(
  { audit }: Services,
  tx: Tx,
  { viewer, listId, input }: { viewer: Viewer; listId: Id; input: ListChange },
): Promise<List> {
  const before = await seen(tx, viewer, listId);
  const after: List = { ...before };
  Object.assign(after, Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)));
  if (after.campaignId !== before.campaignId) await assertMayMove(tx, viewer, { before, after });
  await uniqueName(tx, () => updateList(tx, after));
  await audit.record(tx, { ...note(viewer, after, 'list.changed'), ...changedFields(before, after) });
  return after;
}

async function assertMayMove(
  tx: Tx,
  viewer: Viewer,
  { before, after }: { before: List; after: List },
): Promise<void> {
  if (after.campaignId) assertSameTeam(after, await campaignSeen(tx, viewer, after.campaignId));
  if (before.campaignId === null) return;
  const dialed = await tx.knex('leads').where('list_id', before.id).where('attempts', '>', 0).first('id');
  if (!dialed) return;
  throw new DomainError(
    'conflict',
    'list_in_use',
    'Leads of this list were dialed in its campaign: load a new list',
  );
}

async function campaignSeen(queries: Queries, viewer: Viewer, campaignId: Id): Promise<Campaign> {
  return assertSees(viewer, await campaignById(queries, campaignId), 'campaign');
}

function assertSameTeam(list: List, campaign: Campaign | undefined): void {
  if (!campaign || campaign.teamId === list.teamId) return;
  throw new DomainError('conflict', 'campaign_of_other_team', 'A list and its campaign belong to one team');
}

async function uniqueName(tx: Tx, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!tx.dialect.isUniqueViolation(error)) throw error;
    throw new DomainError('conflict', 'list_name_taken', 'The team has a list of this name', {
      cause: error,
    });
  }
}

function note(viewer: Viewer, list: List, action: string) {
  return { viewer, action, entity: 'list' as const, entityId: list.id, owner: list };
}
