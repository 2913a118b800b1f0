import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLeadSource } from '../../campaigns/leads/index.ts';
import type { ClaimOrder, LeadCandidate, LeadSource } from '../../dialer/ports.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import {
  addLeads,
  addList,
  addZone,
  type CampaignWorld,
  createWorld,
  fictionalNumber,
  START,
} from '../support/campaign-world.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';

const OPEN = 'Asia/Shanghai;cn';
const CLOSED = 'America/New_York;us-NY';
const minute = 60_000;
const none: ReadonlySet<Id> = new Set();

function orderOf(world: CampaignWorld, lead: LeadCandidate): ClaimOrder {
  return {
    lead,
    attemptId: world.ids.next(),
    ticket: world.ids.next(),
    ticketExpiresAt: START + 5_000,
    mode: 'progressive',
    callerId: null,
    trunkId: null,
    scriptVersionId: null,
    agentId: null,
    basis: '{}',
  };
}

for (const engine of testDatabases()) {
  describe(`lead source on ${engine.name}`, () => {
    let database: TestDatabase;
    let db: Database;
    let source: LeadSource;
    let numbers = 0;
    const number = () => fictionalNumber(numbers++);

    before(async () => {
      database = await engine.open();
      db = database.db;
      source = createLeadSource({
        db,
        openZones: async ({ zoneKeys }) => new Set(zoneKeys.filter((key) => key === OPEN)),
      });
    });
    after(() => database.close());

    async function setUp() {
      const world = await createWorld(db, { seed: `world ${numbers++}` });
      const open = await addZone(db, OPEN);
      const closed = await addZone(db, CLOSED);
      const next = (limit: number, now = START, exclude = none) =>
        source.next({ campaignId: world.campaignId, limit, now, exclude });
      const claim = (orders: ClaimOrder[], now = START) =>
        db.transact((tx) => source.claim(tx, { campaignId: world.campaignId, orders, now }));
      return { world, open, closed, next, claim };
    }

    async function stateOf(leadId: Id) {
      const [row] = await db.reader.raw<{ state: string; reason: string; due_at: number | null }>(
        'select state, reason, due_at from leads where id = ?',
        [leadId],
      );
      return row;
    }

    /** Tallies counted afresh from the leads must be what the store kept. */
    async function assertTallies(): Promise<void> {
      const counted = await db.reader.raw(
        'select list_id, state, reason, zone_id, count(*) as n from leads group by 1, 2, 3, 4 order by 1, 2, 3, 4',
      );
      const kept = await db.reader.raw(
        'select list_id, state, reason, zone_id, n from lead_tallies where n <> 0 order by 1, 2, 3, 4',
      );
      assert.deepEqual(kept, counted);
    }

    test('a number that is live in another attempt is not claimed twice, and its lead rests a minute', async () => {
      const { world, open, next, claim } = await setUp();
      const listId = await addList(db, world);
      const shared = number();
      const leads = [
        { zoneId: open, numbers: [shared] },
        { zoneId: open, numbers: [shared] },
      ];
      const [first = '', second = ''] = await addLeads(db, world, { listId, leads });
      const orders = (await next(10)).map((lead) => orderOf(world, lead));
      const won = await claim(orders);
      assert.deepEqual([...won], [orders[0]?.attemptId]);
      assert.deepEqual(await stateOf(first), { state: 'claimed', reason: '', due_at: START + 5_000 });
      assert.deepEqual(await stateOf(second), {
        state: 'held',
        reason: 'number_in_use',
        due_at: START + minute,
      });
      assert.equal(await source.nextDueAt(world.campaignId), START + minute);
      await assertTallies();
    });

    test('a lead that was claimed meanwhile is not won again', async () => {
      const { world, open, next, claim } = await setUp();
      const listId = await addList(db, world);
      await addLeads(db, world, { listId, leads: [{ zoneId: open, numbers: [number()] }] });
      const [lead] = await next(1);
      assert.ok(lead);
      assert.equal((await claim([orderOf(world, lead)])).size, 1);
      assert.equal((await claim([orderOf(world, lead)])).size, 0);
      await assertTallies();
    });

    test('of two units of work at once only one wins a lead', async () => {
      const { world, open, next } = await setUp();
      const listId = await addList(db, world);
      const leads = Array.from({ length: 20 }, () => ({ zoneId: open, numbers: [number()] }));
      await addLeads(db, world, { listId, leads });
      const candidates = await next(20);
      const other = database.connectAgain();
      const tries = [db, other, db, other].map((one, index) => {
        const orders = candidates.map((lead) => orderOf(world, lead));
        if (index % 2) orders.reverse();
        return one.transact((tx) => source.claim(tx, { campaignId: world.campaignId, orders, now: START }));
      });
      const won = (await Promise.all(tries)).map((set) => set.size);
      assert.equal(
        won.reduce((a, b) => a + b),
        20,
      );
      await assertTallies();
    });

    test('leads come by list position, then rank, then age, and only of open zones', async () => {
      const { world, open, closed, next } = await setUp();
      const later = await addList(db, world, { position: 2 });
      const sooner = await addList(db, world, { position: 1 });
      const stopped = await addList(db, world, { position: 0, state: 'stopped' });
      const lead = (zoneId: number, rank: number) => ({ zoneId, rank, numbers: [number()] });
      await addLeads(db, world, { listId: stopped, leads: [lead(open, 1)] });
      const [e] = await addLeads(db, world, { listId: later, leads: [lead(open, 1)] });
      const [d, c, , b] = await addLeads(db, world, {
        listId: sooner,
        leads: [lead(open, 100), lead(open, 50), lead(closed, 1), lead(open, 50)],
      });
      const got = (await next(10)).map(({ leadId }) => leadId);
      assert.deepEqual(got, [c, b, d, e]);
      assert.deepEqual(
        (await next(2, START, new Set([c ?? '']))).map(({ leadId }) => leadId),
        [b, d],
      );
    });

    test('many zones and lists are merged exactly as sorting all of them would', async () => {
      const { world, next } = await setUp();
      const wide = createLeadSource({ db, openZones: async ({ zoneKeys }) => new Set(zoneKeys) });
      const zones = await Promise.all(
        Array.from({ length: 120 }, (_, n) => addZone(db, `Etc/GMT+${n};us-${n}`)),
      );
      const listId = await addList(db, world);
      const leads = Array.from({ length: 400 }, (_, n) => ({
        zoneId: zones[(n * 7) % (n < 200 ? 3 : 120)] ?? 0,
        rank: (n * 31) % 5,
        numbers: [number()],
      }));
      const ids = await addLeads(db, world, { listId, leads });
      const expected = ids
        .map((id, index) => ({ id, rank: leads[index]?.rank ?? 0 }))
        .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id);
      const exclude = new Set(expected.slice(3, 40));
      const got = await wide.next({ campaignId: world.campaignId, limit: 250, now: START, exclude });
      assert.deepEqual(
        got.map(({ leadId }) => leadId),
        expected.filter((id) => !exclude.has(id)).slice(0, 250),
      );
      assert.equal((await next(10)).length, 0);
    });

    test('waiting and held leads come back when they fall due, a live claim never', async () => {
      const { world, open, next, claim } = await setUp();
      const listId = await addList(db, world);
      const agentId = world.agentIds[0] ?? '';
      const base = { zoneId: open };
      const [waiting, held, callback, , live] = await addLeads(db, world, {
        listId,
        leads: [
          { ...base, numbers: [number()], state: 'waiting', reason: 'busy', dueAt: START + minute },
          { ...base, numbers: [number()], state: 'held', reason: 'window', dueAt: START + minute },
          { ...base, numbers: [number()], state: 'waiting', reason: 'callback', dueAt: START, agentId },
          { ...base, numbers: [number()], state: 'waiting', reason: 'busy', dueAt: START + 2 * minute },
          { ...base, numbers: [number()] },
        ],
      });
      const candidate = (await next(10)).find(({ leadId }) => leadId === live);
      assert.ok(candidate);
      await claim([orderOf(world, candidate)]);
      const got = await next(10, START + minute);
      assert.deepEqual(new Set(got.map(({ leadId }) => leadId)), new Set([waiting, held, callback]));
      assert.equal(got.find(({ leadId }) => leadId === callback)?.reservedFor, agentId);
      assert.equal(await source.nextDueAt(world.campaignId), START + 2 * minute);
      await assertTallies();
    });

    test('a claim whose ticket ran out without a live attempt returns to the queue', async () => {
      const { world, open, next } = await setUp();
      const listId = await addList(db, world);
      const [id = ''] = await addLeads(db, world, {
        listId,
        leads: [{ zoneId: open, numbers: [number()], state: 'claimed', dueAt: START + 5_000 }],
      });
      assert.equal((await next(5, START + 4_999)).length, 0);
      assert.deepEqual(
        (await next(5, START + 5_000)).map(({ leadId }) => leadId),
        [id],
      );
    });

    test('a refused lead goes on with its next number, and rests when none may be dialed', async () => {
      const { world, open, next } = await setUp();
      const listId = await addList(db, world);
      const [id = ''] = await addLeads(db, world, {
        listId,
        leads: [{ zoneId: open, numbers: [number(), number()] }],
      });
      const [first] = await next(1);
      assert.ok(first);
      await db.transact((tx) =>
        source.hold(tx, [{ lead: first, reason: 'cap', until: START + 60 * minute }], START),
      );
      const [second] = await next(1);
      assert.equal(second?.numberOrdinal, 1);
      assert.ok(second);
      const refusal = { lead: second, reason: 'cap', until: START + 30 * minute };
      await db.transact((tx) => source.hold(tx, [refusal], START));
      assert.deepEqual(await stateOf(id), { state: 'held', reason: 'cap', due_at: START + 30 * minute });
      assert.equal((await next(1, START + 30 * minute))[0]?.numberOrdinal, 1);
      await assertTallies();
    });

    test('a refusal without an end shuts the number, and the lead with its last one', async () => {
      const { world, open, next } = await setUp();
      const listId = await addList(db, world);
      const [id = ''] = await addLeads(db, world, { listId, leads: [{ zoneId: open, numbers: [number()] }] });
      const [lead] = await next(1);
      assert.ok(lead);
      await db.transact((tx) => source.hold(tx, [{ lead, reason: 'doNotCall' }], START));
      assert.deepEqual(await stateOf(id), { state: 'suppressed', reason: 'doNotCall', due_at: null });
      // said twice, it changes nothing more
      await db.transact((tx) => source.hold(tx, [{ lead, reason: 'doNotCall' }], START));
      await assertTallies();
    });
  });
}
