import { addToTallies, type Tally } from '../../campaigns/leads/index.ts';
import { type Database, insertRows, type Tx } from '../../platform/db/index.ts';
import { createIds, type Id, type Ids } from '../../platform/ids/index.ts';
import { seededRandom } from '../../platform/random/index.ts';

/** Sunday, 22 November 2026, 10:00 UTC. */
export const START = Date.UTC(2026, 10, 22, 10);

/** A campaign with what stands around it, for the suites of the stores. */
export interface CampaignWorld {
  ids: Ids;
  vendorId: Id;
  teamId: Id;
  campaignId: Id;
  agentIds: Id[];
}

export async function createWorld(db: Database, options: { agents?: number; seed?: string } = {}) {
  const ids = createIds({ now: () => START }, seededRandom(options.seed ?? 'world'));
  const vendorId = ids.next();
  const teamId = ids.next();
  const agentIds = Array.from({ length: options.agents ?? 2 }, () => ids.next());
  const world: CampaignWorld = { ids, vendorId, teamId, agentIds, campaignId: ids.next() };
  await db.transact(async (tx) => {
    await tx.knex('vendors').insert({ id: vendorId, name: `vendor ${vendorId}`, created_at: START });
    await tx
      .knex('teams')
      .insert({ id: teamId, vendor_id: vendorId, name: `team ${teamId}`, created_at: START });
    for (const id of agentIds) await tx.knex('users').insert(agentRow(world, id));
    await insertCampaign(tx, world, world.campaignId);
  });
  return world;
}

function agentRow({ vendorId, teamId }: CampaignWorld, id: Id) {
  const owner = { vendor_id: vendorId, team_id: teamId };
  const person = { login: `agent-${id}`, name: 'Agent', role: 'agent', scope: 'team', state: 'active' };
  return { id, ...owner, ...person, password_hash: '-', created_at: START, updated_at: START };
}

export async function insertCampaign(tx: Tx, world: CampaignWorld, id: Id): Promise<void> {
  await tx.knex('campaigns').insert({
    id,
    vendor_id: world.vendorId,
    team_id: world.teamId,
    name: `campaign ${id}`,
    state: 'running',
    dial_mode: 'progressive',
    time_zone: 'Asia/Shanghai',
    settings: '{}',
    started_at: START,
    created_at: START,
    updated_at: START,
  });
}

export async function addList(
  db: Database,
  world: CampaignWorld,
  options: { position?: number; campaignId?: Id; vendorId?: Id; state?: 'active' | 'stopped' } = {},
): Promise<Id> {
  const id = world.ids.next();
  await db.transact((tx) =>
    tx.knex('lists').insert({
      id,
      vendor_id: options.vendorId ?? world.vendorId,
      team_id: world.teamId,
      campaign_id: options.campaignId ?? world.campaignId,
      name: `list ${id}`,
      country: 'CN',
      state: options.state ?? 'active',
      position: options.position ?? 0,
      created_at: START,
    }),
  );
  return id;
}

export async function addZone(db: Database, zoneKey: string): Promise<number> {
  return db.transact(async (tx) => {
    await tx.raw('insert into zone_keys (zone_key) values (?) on conflict do nothing', [zoneKey]);
    const rows = await tx.raw<{ id: number }>('select id from zone_keys where zone_key = ?', [zoneKey]);
    return rows[0]?.id ?? 0;
  });
}

export interface NewLead {
  zoneId: number;
  /** E.164, in dialing order. */
  numbers: readonly string[];
  state?: string;
  reason?: string;
  dueAt?: number | null;
  rank?: number;
  agentId?: Id;
}

const LEADS = {
  table: 'leads',
  columns: {
    id: 'text',
    list_id: 'text',
    customer_id: 'text',
    state: 'text',
    reason: 'text',
    due_at: 'integer',
    zone_id: 'integer',
    rank: 'integer',
    agent_id: 'text',
    profile: 'text',
    vars: 'text',
    created_at: 'integer',
    updated_at: 'integer',
  },
} as const;
const NUMBERS = {
  table: 'lead_numbers',
  columns: {
    lead_id: 'text',
    ordinal: 'integer',
    list_id: 'text',
    e164: 'text',
    zone_id: 'integer',
    state: 'text',
  },
} as const;
const CUSTOMERS = { table: 'customers', columns: { id: 'text', created_at: 'integer' } } as const;

/** Puts leads into a list with the tallies that belong to them; answers their ids in order. */
export function addLeads(
  db: Database,
  world: CampaignWorld,
  { listId, leads }: { listId: Id; leads: readonly NewLead[] },
): Promise<Id[]> {
  return db.transact(async (tx) => {
    const made = leads.map((lead) => ({ id: world.ids.next(), customerId: world.ids.next(), lead }));
    await insertRows(
      tx,
      CUSTOMERS,
      made.map(({ customerId }) => ({ id: customerId, created_at: START })),
    );
    await insertRows(
      tx,
      LEADS,
      made.map((one) => leadRow(listId, one)),
    );
    const numbers = made.flatMap(({ id, lead }) =>
      lead.numbers.map((e164, ordinal) => ({
        lead_id: id,
        ordinal,
        list_id: listId,
        e164,
        zone_id: lead.zoneId,
        state: 'active',
      })),
    );
    await insertRows(tx, NUMBERS, numbers);
    addToTallies(
      tx,
      leads.map((lead) => tallyOfNew(listId, lead)),
    );
    return made.map(({ id }) => id);
  });
}

function leadRow(listId: Id, { id, customerId, lead }: { id: Id; customerId: Id; lead: NewLead }) {
  return {
    id,
    list_id: listId,
    customer_id: customerId,
    state: lead.state ?? 'ready',
    reason: lead.reason ?? '',
    due_at: lead.dueAt ?? null,
    zone_id: lead.zoneId,
    rank: lead.rank ?? 100,
    agent_id: lead.agentId ?? null,
    profile: '{}',
    vars: '{}',
    created_at: START,
    updated_at: START,
  };
}

function tallyOfNew(listId: Id, { state, reason, zoneId }: NewLead): Tally {
  return { listId, state: state ?? 'ready', reason: reason ?? '', zoneId, n: 1 };
}

/** The n-th number of a range that rings nowhere (Ofcom keeps +44 7700 900xxx for fiction). */
export function fictionalNumber(n: number): string {
  return `+447700${String(900_000 + n)}`;
}
