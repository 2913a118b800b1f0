import type { NewCampaign } from '../../campaigns/campaigns/index.ts';
import type { Viewer } from '../../campaigns/scope/index.ts';
import { replayNumber } from '../../dialer/core/replay-numbers.ts';
import { defaultRetryPlan } from '../../dialer/core/retry-plan.ts';
import type { SignIn } from '../../dialer/engine/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { SAMPLE_SCRIPTS } from '../../scripts-templates/index.ts';
import type { Services } from '../compose/services.ts';
import { indexOfNumber } from './replay-scenario.ts';

/** The campaign a recording is replayed in, made for it. */
export interface ReplayCampaign {
  /** Its own in the database. */
  name: string;
  campaignId: Id;
  listId: Id;
  seats: SignIn[];
  saleId: Id;
  refusalId: Id;
  /** The recording's row of each lead. */
  indexOfLead: ReadonlyMap<Id, number>;
}

const VENDOR = 'Replay';
const CALLER_ID = 999_000_000;
/** Nobody signs in as a replayed agent: no password has this hash. */
const NO_PASSWORD = 'no password';
const RETRY_MS = 0;
const MOST = 1_000;

export interface CampaignRequest {
  agents: number;
  seed: string;
  dialMode?: NewCampaign['dialMode'];
  /** Default: those of a replay. */
  settings?: NewCampaign['settings'];
}

interface Parts {
  db: Database;
  services: Services;
}

/**
 * Makes team, agents, script, campaign and list; `load` puts the leads in; then the campaign is started.
 * A name with the start and a count keeps several replays in one database apart.
 */
export async function createReplayCampaign(
  { db, services }: Parts,
  { agents, seed, dialMode = 'progressive', settings = replaySettings(agents) }: CampaignRequest,
  load: (viewer: Viewer, listId: Id) => Promise<void>,
): Promise<ReplayCampaign> {
  const [row] = await db.reader.raw<{ n: number }>(
    "select count(*) as n from teams where name like 'Replay %'",
  );
  const name = `Replay ${(row?.n ?? 0) + 1} (seed ${seed})`;
  const made = await db.transact((tx) => createAll(tx, services, { name, agents, dialMode, settings }));
  await load(made.viewer, made.listId);
  await db.transact((tx) => start(tx, services, made));
  const { campaignId, listId, viewer } = made;
  const seats = made.agentIds.map((agentId) => ({
    agentId,
    vendorId: viewer.vendorId,
    teamId: viewer.teamId,
    campaignId,
  }));
  return {
    name,
    campaignId,
    listId,
    seats,
    saleId: await dispositionOf(db, campaignId, 'sale'),
    refusalId: await dispositionOf(db, campaignId, 'refusal'),
    indexOfLead: await readIndices(db, listId),
  };
}

interface Made {
  viewer: Viewer;
  agentIds: Id[];
  campaignId: Id;
  listId: Id;
}

async function createAll(
  tx: Tx,
  services: Services,
  { name, agents, dialMode, settings }: Required<Omit<CampaignRequest, 'seed'>> & { name: string },
): Promise<Made> {
  const { users, campaigns, lists } = services;
  const [known] = await tx.raw<{ id: Id }>('select id from vendors where name = ?', [VENDOR]);
  const vendorId = known?.id ?? (await users.createVendor(tx, null, { name: VENDOR })).id;
  const team = await users.createTeam(tx, null, { name, vendorId });
  const person = {
    teamId: team.id,
    locale: 'en',
    scope: 'team',
    passwordHash: NO_PASSWORD,
    robot: true,
  } as const;
  const login = `replay-${team.id}`;
  const manager = await users.createUser(tx, null, { ...person, login, name: 'Replay', role: 'manager' });
  const viewer: Viewer = { userId: manager.id, vendorId, teamId: team.id, role: 'manager', scope: 'team' };
  const agentIds: Id[] = [];
  for (let number = 1; number <= agents; number++) {
    const agent = { ...person, login: `${login}-${number}`, name: `Agent ${number}`, role: 'agent' } as const;
    agentIds.push((await users.createUser(tx, null, agent)).id);
  }
  const campaign = await campaigns.create(tx, viewer, {
    name,
    dialMode,
    timeZone: 'UTC',
    scriptId: await createScript(tx, services, { viewer, name }),
    callerIds: [{ e164: replayNumber(CALLER_ID), dailyCap: null }],
    settings,
  });
  const list = await lists.create(tx, viewer, { name, country: 'PT', campaignId: campaign.id, position: 0 });
  return { viewer, agentIds, campaignId: campaign.id, listId: list.id };
}

/** Open at any hour, no caps, and unanswered leads tried again until they answer. */
function replaySettings(agents: number) {
  return {
    compliance: { presets: ['replay-open'] },
    dialing: {
      hopperSize: Math.max(100, 4 * agents),
      ringTimeoutMs: 15_000,
      maxLines: Math.max(100, 2 * agents),
    },
    agentDesk: { wrapUpLimitMs: 5 * 60_000 },
    retries: {
      rules: { ...defaultRetryPlan.rules, noAnswer: { delayMs: RETRY_MS, turnTo: 'sameNumber' as const } },
      maxPerNumber: MOST,
      maxPerLead: MOST,
      maxPerLeadPerDay: MOST,
      betweenNumbersMs: 0,
    },
  };
}

async function createScript(
  tx: Tx,
  { scripts }: Services,
  { viewer, name }: { viewer: Viewer; name: string },
): Promise<Id> {
  const sample = SAMPLE_SCRIPTS.find((one) => one.id === 'term-deposit' && one.document.locale === 'en');
  if (!sample) throw new Error('The sample script of the replay is gone');
  const script = await scripts.create(tx, viewer, { name });
  const { version } = await scripts.saveVersion(tx, viewer, {
    scriptId: script.id,
    document: sample.document,
  });
  await scripts.approve(tx, viewer, { scriptId: script.id, number: version.number });
  return script.id;
}

async function start(tx: Tx, { campaigns }: Services, { viewer, campaignId }: Made): Promise<void> {
  const draft = await campaigns.campaign(tx, viewer, campaignId);
  const ready = await campaigns.act(tx, viewer, { campaignId, action: 'makeReady', version: draft.version });
  await campaigns.act(tx, viewer, { campaignId, action: 'start', version: ready.version });
}

/** One that is chosen without further ado. */
async function dispositionOf({ reader }: Database, campaignId: Id, category: string): Promise<Id> {
  const [row] = await reader.raw<{ id: Id }>(
    `select d.id from dispositions d
     where d.campaign_id = ? and d.category = ? and d.needs_note = 0
       and not exists (select 1 from dispositions c where c.parent_id = d.id)
     order by d.position limit 1`,
    [campaignId, category],
  );
  if (!row) throw new Error(`The default dispositions have no plain ${category}`);
  return row.id;
}

async function readIndices({ reader }: Database, listId: Id): Promise<Map<Id, number>> {
  const rows = await reader.raw<{ lead_id: Id; e164: string }>(
    'select lead_id, e164 from lead_numbers where list_id = ? and ordinal = 0',
    [listId],
  );
  return new Map(rows.map((row) => [row.lead_id, indexOfNumber(row.e164)]));
}
