import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { testChromium } from '../support/chromium.ts';
import { testDatabases } from '../support/databases.ts';
import { type BrowserLab, openBrowserLab, type Visit } from './browser-lab.ts';
import { type Floor, openFloor, snapshotOf } from './floor.ts';

const browser = testChromium();
const [engine] = testDatabases();

if (browser && engine) {
  describe("the manager's pages in a browser", { timeout: 120_000 }, () => {
    let house: BrowserLab;
    let floor: Floor;
    let visit: Visit;
    before(async () => {
      house = await openBrowserLab(engine, browser);
      floor = await openFloor(house.lab);
      house.lab.dialer.live.set(floor.campaignId, snapshotOf(house.lab, floor));
      visit = await house.visit({ language: 'zh-CN' });
    });
    after(() => house.close());

    test('in the demo its people are one click away', async () => {
      await visit.page.locator('.demo-people button', { hasText: '主管' }).click();
      await visit.page.locator('.floor').waitFor();
    });

    test('the numbers of the moment are those of the engine', async () => {
      const { page } = visit;
      await page.locator('.numbers', { hasText: '1,234' }).waitFor();
      const text = ((await page.locator('.numbers').textContent()) ?? '').replaceAll(/\s+/g, ' ');
      for (const figure of ['1,234', '400', '44', '1.25%', '上限 2.5%', '剩余额度：6']) {
        assert.ok(text.includes(figure), `${figure} in ${text}`);
      }
      await page.locator('.agent-grid', { hasText: '整理' }).waitFor();
    });

    test('why nobody is dialed is said in words, and the parts make up the whole', async () => {
      const { page } = visit;
      await page.getByText('当前没有拨打：没有空闲线路。').waitFor();
      const parts = await page.locator('.parts tbody td:nth-child(2)').allTextContents();
      const sum = parts.reduce((all, part) => all + Number(part.replaceAll(',', '')), 0);
      assert.equal(String(sum), await page.locator('.parts tfoot td').first().textContent());
      assert.equal(await page.locator('.parts [role=alert]').count(), 0);
    });

    test('new numbers come by themselves', async () => {
      const snapshot = snapshotOf(house.lab, floor);
      const today = { ...snapshot.today, attempts: 1_235 };
      house.lab.dialer.live.set(floor.campaignId, { ...snapshot, at: snapshot.at + 1, today });
      await house.lab.timers.advanceBy(1_000);
      await visit.page.locator('.numbers', { hasText: '1,235' }).waitFor();
    });

    test('a manager pauses the campaign and goes on with it', async () => {
      const { page } = visit;
      await page.getByRole('button', { name: '暂停', exact: true }).click();
      await page.getByRole('button', { name: '继续', exact: true }).click();
      await page.getByRole('button', { name: '暂停', exact: true }).waitFor();
    });

    test('the language changes at once and is kept by the account', async () => {
      const { page } = visit;
      await Promise.all([
        page.waitForResponse((answer) => answer.url().endsWith('/auth/locale') && answer.status() === 204),
        page.getByRole('button', { name: 'English' }).click(),
      ]);
      await page.getByText('Why is nobody being dialed?').waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      const { body } = await (await house.lab.as('manager')).get('/auth/me');
      assert.equal(body.user.locale, 'en');
    });

    test('a report of nothing says so, and offers the file', async () => {
      const { page } = visit;
      await page.getByRole('link', { name: 'Report' }).click();
      await page.getByText('No calls in this time').waitFor();
      const href = await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href');
      const status = await page.evaluate(async (url) => (await fetch(url ?? '')).status, href);
      assert.equal(status, 200);
    });

    test('a file is looked at before it is loaded', async () => {
      const { page } = visit;
      await page.getByRole('link', { name: 'Lists' }).click();
      await page.locator('.drop').waitFor();
      const csv = 'name,phone,plan\nWang Fang,(202) 555-0123,gold\nLi Wei,1.20E+10,silver\n';
      const file = { name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
      await page.locator('input[type=file]').setInputFiles(file);
      const preview = page.locator('.file-preview');
      await preview.getByText('Phone 1').waitFor();
      await preview.getByText('Script field “plan”').waitFor();
      await preview.getByText('digits lost by a spreadsheet').waitFor();
      await page.getByRole('button', { name: 'Load these rows' }).click();
      await page.locator('.import', { hasText: 'spring.csv' }).waitFor();
    });

    test('who only reads is offered no buttons that would be refused', async () => {
      const { page, signIn } = await house.visit();
      await signIn('marketer');
      await page.getByRole('link', { name: 'Live' }).click();
      await page.locator('.numbers', { hasText: '1,235' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Pause', exact: true }).count(), 0);
    });

    test('the content policy let everything pass that the page does', () => {
      assert.deepEqual(visit.complaints, []);
    });
  });
}
