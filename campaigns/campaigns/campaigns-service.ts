import type { Clock } from '../../platform/clock/index.ts';
import type { Queries, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Outbox } from '../../platform/events/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { type AuditLog, changedFields } from '../audit/index.ts';
import { assertSees, ownerOf, type Viewer } from '../scope/index.ts';
import { type BlockerServices, findBlockers } from './blockers.ts';
import { campaignChanged } from './campaigns-events.ts';
import type { Blocker, Campaign, CampaignChange, LifecycleAction, NewCampaign } from './campaigns-schema.ts';
import { campaignById, insertCampaign, replaceCampaign } from './campaigns-store.ts';
import { isOpen, lifecycleStep } from './lifecycle.ts';
import { changedSettings, settingsSchema } from './settings-schema.ts';

export interface CampaignService {
  /** @throws DomainError `campaign_not_found`, also when it is not the viewer's to see */
  campaign: (queries: Queries, viewer: Viewer, campaignId: Id) => Promise<Campaign>;
  create(tx: Tx, viewer: Viewer, input: NewCampaign): Promise<Campaign>;
  /** @throws DomainError `campaign_changed_meanwhile`, `campaign_closed`, `campaign_is_running` */
  change(tx: Tx, viewer: Viewer, change: { campaignId: Id; input: CampaignChange }): Promise<Campaign>;
  /** @throws DomainError `wrong_campaign_state`, `campaign_not_ready` with every blocker as an issue */
  act(tx: Tx, viewer: Viewer, order: LifecycleOrder): Promise<Campaign>;
  blockers(queries: Queries, viewer: Viewer, campaignId: Id): Promise<Blocker[]>;
}

export interface LifecycleOrder {
  campaignId: Id;
  action: LifecycleAction;
  version: number;
  reason?: string | undefined;
}

export interface CampaignServices extends BlockerServices {
  clock: Clock;
  ids: Ids;
  audit: AuditLog;
  /** What other features put into a new campaign (its dispositions), in the same unit of work. */
  onCreated: (tx: Tx, campaign: Campaign) => Promise<void>;
  outbox: Outbox;
}

export function createCampaignService(services: CampaignServices): CampaignService {
  return {
    campaign: seen,
    create: (tx, viewer, input) => create(services, tx, { viewer, input }),
    change: (tx, viewer, change) => changeCampaign(services, tx, { viewer, ...change }),
    act: (tx, viewer, order) => act(services, tx, { viewer, order }),
    blockers: async (queries, viewer, campaignId) =>
      findBlockers(queries, await seen(queries, viewer, campaignId), services),
  };
}

async function seen(queries: Queries, viewer: Viewer, campaignId: Id): Promise<Campaign> {
  return assertSees(viewer, await campaignById(queries, campaignId), 'campaign');
}

async function create(
  { clock, ids, audit, outbox, onCreated }: CampaignServices,
  tx: Tx,
  { viewer, input }: { viewer: Viewer; input: NewCampaign },
): Promise<Campaign> {
  const owner = await ownerOf(tx, viewer, input.teamId);
  if (input.scriptId) await assertScript(tx, viewer, input.scriptId);
  const now = clock.now();
  const campaign: Campaign = {
    id: ids.next(),
    ...owner,
    name: input.name,
    state: 'draft',
    dialMode: input.dialMode,
    timeZone: input.timeZone,
    scriptId: input.scriptId,
    settings: changedSettings(settingsSchema.parse({}), input.settings),
    callerIds: input.callerIds,
    version: 1,
    startedAt: null,
    finishedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await uniqueName(tx, () => insertCampaign(tx, campaign, ids));
  await onCreated(tx, campaign);
  const { id: entityId } = campaign;
  await audit.record(tx, {
    viewer,
    action: 'campaign.created',
    entity: 'campaign',
    entityId,
    owner,
    after: campaign,
  });
  await tell(outbox, tx, campaign);
  return campaign;
}

async function changeCampaign(
  services: CampaignServices,
  tx: Tx,
  { viewer, campaignId, input }: { viewer: Viewer; campaignId: Id; input: CampaignChange },
): Promise<Campaign> {
  const before = await seen(tx, viewer, campaignId);
  const { version, reason, settings, ...fields } = input;
  assertVersion(before, version);
  if (!isOpen(before.state)) {
    throw new DomainError(
      'conflict',
      'campaign_closed',
      'A finished campaign keeps its settings: make a new one',
      {
        params: { state: before.state },
      },
    );
  }
  assertMayChangeNow(before, fields);
  if (fields.scriptId) await assertScript(tx, viewer, fields.scriptId);
  const after: Campaign = { ...before, ...definedOnly(fields) };
  if (settings) after.settings = changedSettings(before.settings, settings);
  return save(services, tx, { viewer, before, after, reason, action: 'campaign.changed' });
}

/** What live calls were counted under stays while they run. */
function assertMayChangeNow(campaign: Campaign, fields: { dialMode?: unknown; timeZone?: unknown }): void {
  if (campaign.state !== 'running') return;
  const names = (['dialMode', 'timeZone'] as const).filter(
    (name) => fields[name] !== undefined && fields[name] !== campaign[name],
  );
  if (names.length === 0) return;
  throw new DomainError('conflict', 'campaign_is_running', 'Pause the campaign to change these', {
    params: { fields: names },
  });
}

async function act(
  services: CampaignServices,
  tx: Tx,
  { viewer, order }: { viewer: Viewer; order: LifecycleOrder },
): Promise<Campaign> {
  const before = await seen(tx, viewer, order.campaignId);
  assertVersion(before, order.version);
  const step = lifecycleStep(before.state, order.action);
  if (step.needsAll) assertNothingMissing(await findBlockers(tx, before, services));
  const now = services.clock.now();
  const after: Campaign = { ...before, state: step.to };
  if (step.to === 'running') after.startedAt = before.startedAt ?? now;
  if (step.to === 'finished') after.finishedAt = now;
  const action = `campaign.${PAST[order.action]}`;
  return save(services, tx, { viewer, before, after, reason: order.reason, action });
}

const PAST: Record<LifecycleAction, string> = {
  makeReady: 'made_ready',
  backToDraft: 'taken_back',
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  finish: 'finished',
  archive: 'archived',
};

function assertNothingMissing(blockers: readonly Blocker[]): void {
  if (blockers.length === 0) return;
  throw new DomainError('conflict', 'campaign_not_ready', 'Something is missing: see the issues', {
    issues: blockers.map((blocker) => ({ path: '', ...blocker })),
  });
}

interface Saving {
  viewer: Viewer;
  before: Campaign;
  after: Campaign;
  reason: string | undefined;
  action: string;
}

async function save(services: CampaignServices, tx: Tx, saving: Saving): Promise<Campaign> {
  const { viewer, before, reason, action } = saving;
  const changed = changedFields(before, saving.after);
  if (Object.keys(changed.after).length === 0) return before;
  const after = { ...saving.after, version: before.version + 1, updatedAt: services.clock.now() };
  const won = await uniqueName(tx, () => replaceCampaign(tx, { before, after, ids: services.ids }));
  if (!won) throw changedMeanwhile();
  const note = { viewer, action, entity: 'campaign' as const, entityId: before.id, owner: before, reason };
  await services.audit.record(tx, { ...note, ...changed });
  await tell(services.outbox, tx, after);
  return after;
}

function tell(outbox: Outbox, tx: Tx, { id, vendorId, teamId, state, version }: Campaign): Promise<void> {
  const payload = { campaignId: id, state, version };
  return outbox.append(tx, campaignChanged, { payload, scope: { vendorId, teamId, campaignId: id } });
}

function assertVersion(campaign: Campaign, version: number): void {
  if (campaign.version !== version) throw changedMeanwhile();
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'campaign_changed_meanwhile',
    'Somebody changed the campaign: read it again',
  );
}

async function assertScript(queries: Queries, viewer: Viewer, scriptId: Id): Promise<void> {
  const row: { vendor_id: Id; team_id: Id } | undefined = await queries
    .knex('scripts')
    .where('id', scriptId)
    .first('vendor_id', 'team_id');
  assertSees(viewer, row && { vendorId: row.vendor_id, teamId: row.team_id }, 'script');
}

async function uniqueName<T>(tx: Tx, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!tx.dialect.isUniqueViolation(error)) throw error;
    throw new DomainError('conflict', 'campaign_name_taken', 'The team has a campaign of this name', {
      cause: error,
    });
  }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the fields that were not given. */
function definedOnly<T extends object>(fields: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
}
