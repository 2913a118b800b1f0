import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { diagnose } from '../../campaigns/diagnosis/index.ts';
import {
  GROUPINGS,
  MEASURES,
  type Report,
  readAbandonWindows,
  readReport,
  reportCsv,
} from '../../campaigns/reports/index.ts';
import { REPORT_MEASURES } from '../../migrations/004-calls.ts';
import type { Database } from '../../platform/db/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import { checkBooks } from '../support/book-keeper.ts';
import { type CallDriver, createDriver } from '../support/call-driver.ts';
import { addLeads, addList, fictionalNumber, START } from '../support/campaign-world.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';
import { playDay } from '../support/random-day.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LEADS = 120;

test('the report counts what its table has columns for', () => {
  assert.deepEqual([...MEASURES].sort(), [...REPORT_MEASURES].sort());
});

for (const engine of testDatabases()) {
  describe(`reports on ${engine.name}`, () => {
    let database: TestDatabase;
    let db: Database;
    let driver: CallDriver;
    let range: { campaignIds: string[]; from: number; to: number; timeZone: string };

    before(async () => {
      database = await engine.open();
      db = database.db;
      driver = await createDriver(db, 'reports');
      for (let list = 0; list < 2; list++) {
        const listId = await addList(db, driver.world, { position: list });
        const leads = Array.from({ length: LEADS / 2 }, (_, n) => ({
          zoneId: driver.zoneId,
          numbers: [fictionalNumber(list * 1_000 + 2 * n), fictionalNumber(list * 1_000 + 2 * n + 1)],
        }));
        await addLeads(db, driver.world, { listId, leads });
      }
      const { calls } = await playDay(driver, { seed: 'reports', rounds: 30 });
      assert.ok(calls > 150, `only ${calls} calls were made`);
      const campaignIds = [driver.world.campaignId];
      range = { campaignIds, from: START, to: START + 3 * DAY, timeZone: 'Asia/Kathmandu' };
    });
    after(() => database.close());

    const report = (groupBy: string[] = []): Promise<Report> => readReport(db.reader, { ...range, groupBy });

    test('a report of more rows than memory is given for is refused, not cut', async () => {
      const request = { ...range, groupBy: ['hour', 'agent'] };
      await assert.rejects(readReport(db.reader, request, { mostRows: 3 }), (error) =>
        isDomainError(error, 'report_too_large'),
      );
      assert.deepEqual(
        await readReport(db.reader, request, { mostRows: 100_000 }),
        await report(request.groupBy),
      );
    });

    async function number(sql: string): Promise<number> {
      const [row] = await db.reader.raw<{ n: number }>(sql);
      return row?.n ?? Number.NaN;
    }

    test('the books of a random day are in order', async () => {
      assert.deepEqual(await checkBooks(db, { maxAgents: driver.world.agentIds.length }), []);
    });

    test('the totals are those of the raw tables', async () => {
      const { total } = await report();
      assert.equal(total.leads, LEADS);
      assert.equal(
        total.attempts,
        await number("select count(*) as n from attempts where outcome <> 'cancelled'"),
      );
      assert.equal(
        total.attemptedLeads,
        await number("select count(distinct lead_id) as n from attempts where outcome <> 'cancelled'"),
      );
      assert.equal(total.contacts, await number('select count(*) as n from calls'));
      assert.equal(total.contactedLeads, await number('select count(distinct lead_id) as n from calls'));
      assert.equal(
        total.sales,
        await number("select count(*) as n from calls where disposition_category = 'sale'"),
      );
      assert.equal(total.talkMs, await number('select sum(talk_ms) as n from calls'));
      assert.equal(total.wrapUpMs, await number('select sum(wrap_up_ms) as n from segments'));
      assert.equal(
        total.abandoned,
        await number("select count(*) as n from attempts where outcome = 'abandoned' or connected_late = 1"),
      );
      assert.equal(total.conversionRate, total.sales / total.contacts);
      assert.ok(total.sales > 0 && total.abandoned > 0);
    });

    test('however it is split, the lines add up to the total', async () => {
      const { total } = await report();
      for (const groupBy of [...GROUPINGS.map((one) => [one]), ['list', 'agent', 'day']]) {
        const { lines } = await report(groupBy);
        for (const name of ['attempts', 'contacts', 'talkMs', 'sales', 'attemptedLeads'] as const) {
          const sum = lines.reduce((all, line) => all + line[name], 0);
          assert.equal(sum, total[name], `${groupBy.join(' and ')}: ${name}`);
        }
        assert.ok(lines.length > 0);
      }
    });

    test('hours and days are those of the viewer’s clock', async () => {
      const { lines } = await report(['day', 'hour']);
      // Kathmandu is 5:45 ahead: the first bucket of 10:00 UTC is 15:45 there
      assert.equal(lines[0]?.key.day, '2026-11-22');
      assert.match(lines[0]?.key.hour ?? '', /^2026-11-22T1[56]$/);
      assert.ok((await report(['day'])).lines.length >= 1);
    });

    test('only lines of whole lists are compared with the leads on them', async () => {
      const { lines } = await report(['list']);
      assert.deepEqual(
        lines.map(({ leads }) => leads),
        [LEADS / 2, LEADS / 2],
      );
      assert.equal((await report(['list', 'agent'])).lines[0]?.leads, null);
    });

    test('a range that cuts a bucket, or another mistake, is refused with where it is', async () => {
      const wrong = { ...range, from: range.from + 1, timeZone: 'Mars/Olympus', groupBy: ['moon'] };
      await assert.rejects(readReport(db.reader, wrong), (error: unknown) => {
        assert.ok(isDomainError(error, 'report_request_invalid'));
        assert.deepEqual(error.issues.map(({ path }) => path).sort(), ['/from', '/groupBy/0', '/timeZone']);
        return true;
      });
    });

    test('the file holds the same lines, and no name becomes a formula', async () => {
      const told = await report(['agent']);
      const nameOf = () => '=HYPERLINK("http://x","a")';
      const text = reportCsv(told, { locale: 'zh-CN', nameOf });
      const rows: string[][] = parse(text, { bom: true });
      assert.equal(rows[0]?.[0], '坐席');
      assert.equal(rows.length, told.lines.length + 2);
      assert.equal(rows[1]?.[0], `'${nameOf()}`);
      const attempts = rows[0]?.indexOf('拨打次数') ?? -1;
      assert.equal(rows.at(-1)?.[attempts], String(told.total.attempts));
      assert.equal(rows.at(-1)?.[0], '合计');
    });

    test('the abandon rate stands by legal window', async () => {
      const { campaignId } = driver.world;
      const day = { kind: 'localDay' as const, timeZone: 'Asia/Shanghai' };
      const lines = await readAbandonWindows(db.reader, { ...range, campaignId, window: day });
      assert.equal(lines[0]?.start, Date.UTC(2026, 10, 21, 16));
      const { total } = await report();
      const sum = (name: 'answered' | 'abandoned' | 'hungUpWaiting') =>
        lines.reduce((all, line) => all + line[name], 0);
      assert.equal(sum('abandoned'), total.abandoned);
      assert.equal(sum('answered') + sum('hungUpWaiting'), total.answered);
      assert.equal(lines[0]?.rate, (lines[0]?.abandoned ?? 0) / (lines[0]?.answered ?? 0));
    });

    test('what holds the leads back adds up to all of them', async () => {
      const zoneHours = async ({ zoneKeys }: { zoneKeys: readonly string[] }) =>
        new Map(zoneKeys.map((key) => [key, { open: true, opensAt: START }]));
      const floor = {
        campaignState: 'running' as const,
        agentsSignedIn: 0,
        agentsAvailable: 0,
        freeLines: 1,
        callerIdLeft: true,
        abandonBudgetSpent: false,
        databaseBehind: false,
      };
      const { campaignId } = driver.world;
      const told = await diagnose({ queries: db.reader, zoneHours }, { campaignId, now: START, floor });
      assert.equal(told.leads, LEADS);
      assert.equal(
        told.parts.reduce((sum, { leads }) => sum + leads, 0),
        LEADS,
      );
      const codes = new Set(told.parts.map(({ code }) => code));
      for (const code of ['retry_wait', 'done', 'do_not_call', 'awaiting_disposition'] as const) {
        assert.ok(codes.has(code), code);
      }
    });
  });
}
