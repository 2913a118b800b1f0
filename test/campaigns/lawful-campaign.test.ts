import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createCampaignReader } from '../../campaigns/campaigns/index.ts';
import {
  builtInHolidays,
  builtInPresets,
  createCampaignRulesets,
  createLawfulReader,
  createPresetCatalogue,
  placeOfLead,
} from '../../campaigns/compliance/index.ts';
import { VirtualTimers } from '../../platform/clock/index.ts';
import {
  addLeads,
  addList,
  addZone,
  type CampaignWorld,
  createWorld,
  START,
} from '../support/campaign-world.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';

for (const engine of testDatabases()) {
  describe(`a campaign within the law of the places it calls: ${engine.name}`, () => {
    let database: TestDatabase;
    let world: CampaignWorld;
    before(async () => {
      database = await engine.open();
      world = await createWorld(database.db);
    });
    after(() => database.close());

    test('takes on a country’s abandon limits with the first lead from there', async () => {
      const { db } = database;
      const timers = new VirtualTimers(START);
      const read = createCampaignReader();
      const rulesets = createCampaignRulesets({
        catalogue: createPresetCatalogue(builtInPresets()),
        holidays: builtInHolidays(),
        rulesOf: async (queries, campaignId) => {
          const { version, vendorId, settings } = await read(queries, campaignId);
          return { version, vendorId, presetIds: [], windows: settings.compliance.windows };
        },
      });
      const lawful = createLawfulReader({ clock: timers, rulesets, read });
      const listId = await addList(db, world);
      const load = async (e164: string) => {
        const zoneId = await addZone(db, placeOfLead({ e164 }).zoneKey);
        await addLeads(db, world, { listId, leads: [{ zoneId, numbers: [e164] }] });
        await timers.advanceBy(10_000);
        return (await lawful(db.reader, world.campaignId)).settings.dialing.abandonWindow;
      };
      assert.deepEqual(await load('+12025550143'), { kind: 'campaignBlock', days: 30 });
      assert.deepEqual(await load('+447700900123'), { kind: 'localDay', timeZone: 'Asia/Shanghai' });
    });

    test('is the same object until something about it changes', async () => {
      const timers = new VirtualTimers(START);
      const read = createCampaignReader();
      const rulesets = createCampaignRulesets({
        catalogue: createPresetCatalogue(builtInPresets()),
        holidays: builtInHolidays(),
        rulesOf: async () => ({ version: 1, vendorId: world.vendorId, presetIds: [], windows: [] }),
      });
      const lawful = createLawfulReader({ clock: timers, rulesets, read });
      const first = await lawful(database.db.reader, world.campaignId);
      await timers.advanceBy(60_000);
      assert.equal(await lawful(database.db.reader, world.campaignId), first);
    });
  });
}
