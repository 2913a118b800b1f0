import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  builtInHolidays,
  builtInPresets,
  createCampaignRulesets,
  createComplianceGate,
  createPresetCatalogue,
} from '../../campaigns/compliance/index.ts';
import { putOnDoNotCall } from '../../campaigns/do-not-call/index.ts';
import type { LeadCandidate } from '../../dialer/ports.ts';
import { type CallDriver, createDriver } from '../support/call-driver.ts';
import { addLeads, addList, fictionalNumber, START } from '../support/campaign-world.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

for (const engine of testDatabases()) {
  describe(`compliance gate over what is on record: ${engine.name}`, () => {
    let database: TestDatabase;
    let worlds = 0;
    before(async () => {
      database = await engine.open();
    });
    after(() => database.close());

    /** A lead of one number, and the gate of its campaign under the preset. */
    async function setUp(presetId: string) {
      const { db } = database;
      const driver = await createDriver(db, `gate ${worlds++}`);
      const listId = await addList(db, driver.world);
      const numbers = [fictionalNumber(worlds)];
      await addLeads(db, driver.world, { listId, leads: [{ zoneId: driver.zoneId, numbers }] });
      await db.transact((tx) => tx.knex('leads').where('list_id', listId).update({ consent: 'optIn' }));
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      return { driver, lead, asks: gateOf(driver, lead, presetId) };
    }

    function gateOf({ db, world }: CallDriver, lead: LeadCandidate, presetId: string) {
      const gate = createComplianceGate(
        createCampaignRulesets({
          catalogue: createPresetCatalogue(builtInPresets()),
          holidays: builtInHolidays(),
          rulesOf: async () => ({
            version: 1,
            vendorId: world.vendorId,
            presetIds: [presetId],
            windows: [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1_440 }],
          }),
        }),
      );
      return async (now: number) => {
        const request = { campaignId: world.campaignId, candidates: [lead], now };
        const [verdict] = await gate.check(db.reader, request);
        if (!verdict || verdict.allowed) return ['allowed'];
        return [verdict.reason, verdict.until];
      };
    }

    test('a number just called is at its cap, and is called again when the cap has room', async () => {
      const { driver, lead, asks } = await setUp('cn');
      assert.deepEqual(await asks(START), ['allowed']);
      await driver.fail(lead, { outcome: 'noAnswer', now: START, ms: 1_000 });
      assert.deepEqual(await asks(START + 2_000), ['frequency_cap', START + minute]);
      assert.deepEqual(await asks(START + minute), ['allowed']);
    });

    test('a call that never rang disturbs nobody and counts against no cap', async () => {
      const { driver, lead, asks } = await setUp('cn');
      await driver.fail(lead, { outcome: 'congestion', now: START, ms: 1_000 });
      assert.deepEqual(await asks(START + 2_000), ['allowed']);
    });

    test('who refused is left alone as long as the disposition asks, where no preset says more', async () => {
      const { driver, lead, asks } = await setUp('demo-open');
      const call = await driver.talk(lead, { now: START, talkMs: minute });
      assert.deepEqual(await asks(START + 2 * minute), ['allowed']);
      await driver.dispose(call, { code: 'refusalPrice', now: START + 2 * minute });
      const until = Date.parse('2027-05-21T16:00:00Z'); // 180 whole days after 22 November, midnight in Shanghai
      assert.deepEqual(await asks(START + 3 * minute), ['refusal_cool_down', until]);
      assert.deepEqual(await asks(until - 1), ['refusal_cool_down', until]);
      assert.deepEqual(await asks(until), ['allowed']);
    });

    test('a refusal stands for good where the law says so, whatever the disposition asks', async () => {
      const { driver, lead, asks } = await setUp('cn');
      const call = await driver.talk(lead, { now: START, talkMs: minute });
      await driver.dispose(call, { code: 'refusalPrice', now: START + 2 * minute });
      const later = START + 400 * day;
      assert.deepEqual(await asks(later), ['refusal_cool_down', later + day], 'looked at again daily');
    });

    test('another vendor’s do-not-call list holds nobody back, this one’s and everybody’s do', async () => {
      const { driver, lead, asks } = await setUp('demo-open');
      const { ids, vendorId } = driver.world;
      const entry = { e164: lead.e164, customerId: null, reason: 'asked', source: 'user', note: null };
      const put = (of: string | null) =>
        driver.db.transact((tx) =>
          putOnDoNotCall(tx, { entries: [{ ...entry, vendorId: of, createdBy: null }], ids, now: START }),
        );
      await put(ids.next());
      assert.deepEqual(await asks(START), ['allowed']);
      await put(vendorId);
      assert.deepEqual(await asks(START), ['do_not_call', undefined]);
    });
  });
}
