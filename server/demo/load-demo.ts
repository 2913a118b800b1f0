import type { CampaignService } from '../../campaigns/campaigns/index.ts';
import type { ListService } from '../../campaigns/lists/index.ts';
import type { ProductService } from '../../campaigns/products/index.ts';
import type { Viewer } from '../../campaigns/scope/index.ts';
import type { ScriptService } from '../../campaigns/scripts/index.ts';
import { type UserService, withHash } from '../../campaigns/users/index.ts';
import { replayNumber } from '../../dialer/core/replay-numbers.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { SAMPLE_SCRIPTS } from '../../scripts-templates/index.ts';
import {
  DEMO_CAMPAIGNS,
  DEMO_PASSWORD,
  DEMO_PEOPLE,
  DEMO_PRODUCTS,
  DEMO_TEAM,
  DEMO_VENDOR,
  type DemoCampaign,
} from './demo-campaigns.ts';
import { demoLeadList } from './demo-leads.ts';

export interface DemoParts {
  db: Database;
  users: UserService;
  campaigns: CampaignService;
  scripts: ScriptService;
  products: ProductService;
  lists: ListService;
  /** Loads a list's file and resolves when its leads are there. */
  importList(viewer: Viewer, request: { listId: Id; fileName: string; content: string }): Promise<void>;
}

/** Caller IDs lie above all lead numbers. */
const FIRST_CALLER_ID = 900_000_000;
/** The least that the law of most places allows: who tries the demo soon has somebody on the line. */
const DEMO_RING_MS = 15_000;
const NUMBERS_PER_CAMPAIGN = 1_000_000;

/**
 * Loads the demo into an empty system, through the same services a person's clicks go through. What is there
 * already is left alone: a start that was broken off is continued by the next.
 */
export async function loadDemo(parts: DemoParts): Promise<void> {
  const { db } = parts;
  const [known] = await db.reader.raw('select id from vendors where name = ?', [DEMO_VENDOR]);
  if (!known) await loadPeople(parts);
  const manager = await viewerOf(db, 'demo-manager');
  for (const [index, campaign] of DEMO_CAMPAIGNS.entries())
    await loadCampaign(parts, { manager, campaign, index });
}

async function loadPeople({ db, users, products }: DemoParts): Promise<void> {
  const people = await Promise.all(
    [...DEMO_PEOPLE, ...robots()].map(async (person) => ({
      ...person,
      ...(await withHash({ password: DEMO_PASSWORD })),
    })),
  );
  await db.transact(async (tx) => {
    const vendor = await users.createVendor(tx, null, { name: DEMO_VENDOR });
    const team = await users.createTeam(tx, null, { name: DEMO_TEAM, vendorId: vendor.id });
    for (const person of people) {
      const scope = person.role === 'admin' ? 'all' : person.role === 'manager' ? 'vendor' : 'team';
      await users.createUser(tx, null, { ...person, scope, teamId: team.id, locale: 'zh-CN' });
    }
    const manager = await viewerOf({ reader: tx }, 'demo-manager');
    for (const product of DEMO_PRODUCTS) await products.create(tx, manager, { ...product });
  });
}

function robots() {
  return DEMO_CAMPAIGNS.flatMap((campaign, index) =>
    Array.from({ length: campaign.robots }, (_, number) => ({
      role: 'agent' as const,
      login: robotLogin(index, number),
      name: `机器人 Robot ${index + 1}-${number + 1}`,
      robot: true,
    })),
  );
}

export function robotLogin(campaignIndex: number, number: number): string {
  return `robot-${campaignIndex + 1}-${number + 1}`;
}

interface CampaignLoad {
  manager: Viewer;
  campaign: DemoCampaign;
  index: number;
}

async function loadCampaign(parts: DemoParts, load: CampaignLoad): Promise<void> {
  const { db, campaigns } = parts;
  const { manager, campaign } = load;
  const [row] = await db.reader.raw<{ id: Id; state: string }>(
    'select id, state from campaigns where team_id = ? and name = ?',
    [manager.teamId, campaign.name],
  );
  const campaignId = row?.id ?? (await db.transact((tx) => createCampaign(tx, parts, load)));
  if (row && row.state !== 'draft') return;
  await loadLeads(parts, { ...load, campaignId });
  await db.transact(async (tx) => {
    const draft = await campaigns.campaign(tx, manager, campaignId);
    const ready = await campaigns.act(tx, manager, {
      campaignId,
      action: 'makeReady',
      version: draft.version,
    });
    await campaigns.act(tx, manager, { campaignId, action: 'start', version: ready.version });
  });
}

async function createCampaign(
  tx: Tx,
  parts: DemoParts,
  { manager, campaign, index }: CampaignLoad,
): Promise<Id> {
  const sample = SAMPLE_SCRIPTS.find(
    (one) => one.id === campaign.script && one.document.locale === campaign.locale,
  );
  if (!sample) throw new Error(`There is no sample script ${campaign.script} in ${campaign.locale}`);
  const script = await parts.scripts.create(tx, manager, { name: `${sample.name} (demo)` });
  const { version } = await parts.scripts.saveVersion(tx, manager, {
    scriptId: script.id,
    document: sample.document,
  });
  await parts.scripts.approve(tx, manager, { scriptId: script.id, number: version.number });
  const made = await parts.campaigns.create(tx, manager, {
    name: campaign.name,
    dialMode: campaign.dialMode,
    timeZone: campaign.timeZone,
    scriptId: script.id,
    callerIds: [{ e164: replayNumber(FIRST_CALLER_ID + index), dailyCap: null }],
    settings: {
      compliance: { presets: ['demo-open'] },
      dialing: {
        abandonWindow: { kind: 'localDay', timeZone: campaign.timeZone },
        targetAbandonRate: 0.03,
        ringTimeoutMs: DEMO_RING_MS,
      },
    },
  });
  return made.id;
}

async function loadLeads(parts: DemoParts, load: CampaignLoad & { campaignId: Id }): Promise<void> {
  const { db, lists } = parts;
  const { manager, campaign, campaignId, index } = load;
  const [known] = await db.reader.raw<{ id: Id }>('select id from lists where campaign_id = ?', [campaignId]);
  const listId =
    known?.id ??
    (
      await db.transact((tx) =>
        lists.create(tx, manager, {
          name: campaign.listName,
          country: campaign.listCountry,
          campaignId,
          position: 0,
        }),
      )
    ).id;
  const content = demoLeadList(campaign, { seed: 'demo', first: index * NUMBERS_PER_CAMPAIGN });
  await parts.importList(manager, { listId, fileName: `${campaign.script}.csv`, content });
}

interface ViewerRow {
  id: Id;
  vendor_id: Id;
  team_id: Id;
  role: Viewer['role'];
  scope: Viewer['scope'];
}

async function viewerOf({ reader }: Pick<Database, 'reader'>, login: string): Promise<Viewer> {
  const [row] = await reader.raw<ViewerRow>(
    'select id, vendor_id, team_id, role, scope from users where login = ?',
    [login],
  );
  if (!row) throw new Error('The demo was loaded by half: remove DATA_DIR and start again');
  return { userId: row.id, vendorId: row.vendor_id, teamId: row.team_id, role: row.role, scope: row.scope };
}
