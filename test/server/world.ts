import { randomBytes } from 'node:crypto';
import type { Id } from '../../platform/ids/index.ts';
import type { Client, Lab } from './lab.ts';

/** A small business of one vendor, made through the API by its own people, and a lead in its list. */
export interface World {
  campaignId: Id;
  listId: Id;
  leadId: Id;
  scriptId: Id;
  productId: Id;
  userId: Id;
  entryId: Id;
  number: string;
}

export const DOCUMENT = {
  locale: 'en',
  start: 'hello',
  steps: [
    { id: 'hello', title: 'Opening', kind: 'thank', body: 'Good day, {{customer.name}}.', branches: [] },
  ],
};

/** Needs a manager and a marketer of one team; numbers are of the range of the North American plan kept for fiction. */
export async function buildWorld(
  lab: Lab,
  { manager, marketer, number }: { manager: Client; marketer: Client; number: string },
): Promise<World> {
  const tag = randomBytes(4).toString('hex');
  const made = async (client: Client, path: string, body: object) => {
    const answer = await client.send('post', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { user } = (await manager.get('/auth/me')).body;
  const script = await made(marketer, '/scripts', { name: `Script ${tag}` });
  await made(marketer, `/scripts/${script.id}/versions`, { document: DOCUMENT });
  await made(manager, `/scripts/${script.id}/versions/1/approve`, {});
  const campaign = await made(manager, '/campaigns', {
    name: `Campaign ${tag}`,
    timeZone: 'America/New_York',
    scriptId: script.id,
    callerIds: [{ e164: '+12025550100' }],
    settings: { compliance: { presets: ['demo-open'] } },
  });
  const list = await made(marketer, '/lists', {
    name: `List ${tag}`,
    country: 'US',
    campaignId: campaign.id,
  });
  const product = await made(marketer, '/products', {
    code: `P-${tag}`,
    nameEn: 'Thing',
    nameZh: '东西',
    priceMinor: 100,
    currency: 'USD',
  });
  const entry = await made(marketer, '/do-not-call', { e164: '+12025550199' });
  const leadId = await addLead(lab, { listId: list.id, number });
  return {
    campaignId: campaign.id,
    listId: list.id,
    leadId,
    scriptId: script.id,
    productId: product.id,
    userId: user.id,
    entryId: entry.id,
    number,
  };
}

/** What the import writes for one lead. */
async function addLead({ db, timers }: Lab, { listId, number }: { listId: Id; number: string }): Promise<Id> {
  const id = `${listId.slice(0, 9)}${randomBytes(6).toString('hex').slice(0, 11)}`.replaceAll(/[ilou]/g, '0');
  const now = timers.now();
  await db.transact(async (tx) => {
    const zone = await tx.raw<{ id: number }>(
      "insert into zone_keys (zone_key) values ('America/New_York;us-NY') on conflict (zone_key) do update set zone_key = excluded.zone_key returning id",
    );
    const zone_id = zone[0]?.id ?? 0;
    await tx.knex('customers').insert({ id, created_at: now });
    const common = { list_id: listId, zone_id };
    await tx.knex('leads').insert({
      ...common,
      id,
      customer_id: id,
      state: 'ready',
      profile: JSON.stringify({ name: 'Wang Fang' }),
      vars: JSON.stringify({ plan: 'gold' }),
      created_at: now,
      updated_at: now,
    });
    await tx
      .knex('lead_numbers')
      .insert({ ...common, lead_id: id, ordinal: 0, e164: number, state: 'active' });
    await tx.knex('lead_tallies').insert({ ...common, state: 'ready', reason: '', n: 1 });
  });
  return id;
}
