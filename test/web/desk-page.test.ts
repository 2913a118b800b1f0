import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { testChromium } from '../support/chromium.ts';
import { testDatabases } from '../support/databases.ts';
import { type BrowserLab, openBrowserLab, SCREEN, type Visit } from './browser-lab.ts';
import { connectCall, type Floor, openFloor, showPreview } from './floor.ts';

const browser = testChromium();
const [engine] = testDatabases();

if (browser && engine) {
  describe("the agent's desk in a browser", { timeout: 120_000 }, () => {
    let house: BrowserLab;
    let floor: Floor;
    let desk: Visit;
    let page: Page;
    before(async () => {
      house = await openBrowserLab(engine, browser);
      floor = await openFloor(house.lab);
      desk = await house.visit();
      page = desk.page;
    });
    after(() => house.close());

    const commands = () => house.lab.dialer.commands.map(({ command }) => command);

    test('a wrong password is refused in words, and the name stays', async () => {
      const { page: other } = await house.visit({ language: 'zh-CN' });
      await other.locator('input[name=login]').fill('agent2');
      await other.locator('input[name=password]').fill('no such password');
      await other.locator('button[type=submit]').click();
      await other.getByText('用户名或密码错误。').waitFor();
      assert.equal(await other.locator('input[name=login]').inputValue(), 'agent2');
    });

    test('an agent signs in, sits down and becomes ready without a mouse', async () => {
      await page.keyboard.type('agent');
      await page.keyboard.press('Tab');
      await page.keyboard.type('correct horse battery');
      await page.keyboard.press('Enter');
      await page.locator('.choose-row').waitFor();
      await page.keyboard.press('Enter'); // the first campaign has the focus
      await page.locator('.state-bar-paused').waitFor();
      await page.keyboard.press('F2');
      await page.locator('.state-bar-available').waitFor();
      assert.deepEqual(
        commands().map(({ type }) => type),
        ['start', 'ready'],
      );
    });

    test('a call shows the customer with a masked number, and the script, before anything is pressed', async () => {
      await connectCall(house.lab, floor);
      await page.getByRole('heading', { name: 'Wang Fang' }).waitFor();
      await page.getByText('Good day, Wang Fang.').waitFor();
      const text = (await page.locator('main').textContent()) ?? '';
      assert.match(text, /\*{4}/);
      assert.doesNotMatch(text, /2025550111/);
    });

    test('what was written and chosen is there after a reload', async () => {
      await page.keyboard.press('n');
      await page.keyboard.type('1 wants the price, 2 lines');
      await page.keyboard.press('Escape');
      await page.keyboard.press('3');
      await page.reload();
      await page.locator('.choice[aria-pressed=true]').waitFor();
      assert.equal(await page.locator('textarea').inputValue(), '1 wants the price, 2 lines');
    });

    test('a callback without a time is not sent, and says what is missing', async () => {
      await page.keyboard.press('Control+Enter');
      await page.getByText('Choose when to call back.').waitFor();
      assert.equal(
        commands().some(({ type }) => type === 'dispose'),
        false,
      );
    });

    test('everything of a call is on the screen at once, with the longest result chosen', async () => {
      const root = page.locator('html');
      const [height, width] = await Promise.all([
        root.evaluate(({ scrollHeight }) => scrollHeight),
        root.evaluate(({ scrollWidth }) => scrollWidth),
      ]);
      assert.deepEqual({ height, width }, { height: SCREEN.height, width: SCREEN.width });
      const save = await page.locator('.result-end button').boundingBox();
      assert.ok(save && save.y + save.height <= SCREEN.height);
    });

    test('hanging up and saving work from inside the note', async () => {
      await page.getByText('in 3 h').click();
      await page.locator('textarea').focus();
      await page.keyboard.press('F8');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Result saved').waitFor();
      const dispose = commands().find(({ type }) => type === 'dispose');
      assert.ok(dispose?.type === 'dispose');
      assert.equal(dispose.callId, floor.leadId);
      assert.equal(dispose.dispositionId, floor.callbackId);
      assert.equal(dispose.note, '1 wants the price, 2 lines');
      assert.equal(dispose.callback?.timeZone, 'America/New_York');
      assert.ok(commands().some(({ type }) => type === 'hangUp'));
    });

    test('the next call begins with nothing of the one before', async () => {
      await connectCall(house.lab, floor, floor.saleId);
      await page.locator('textarea').waitFor();
      assert.equal(await page.locator('textarea').inputValue(), '');
      assert.equal(await page.locator('.choice[aria-pressed=true]').count(), 0);
    });

    test('a customer to look at is dialed or passed over by one key, while the time runs', async () => {
      await showPreview(house.lab, floor);
      await page.getByText('Next customer').waitFor();
      assert.match((await page.locator('.preview-time').textContent()) ?? '', /^0:[34]\d$/);
      const sent = (path: string) => page.waitForResponse((answer) => answer.url().endsWith(path));
      await Promise.all([sent('/agent/preview/dial'), page.keyboard.press('Enter')]);
      await Promise.all([sent('/agent/preview/skip'), page.keyboard.press('s')]);
      assert.deepEqual(commands().slice(-2), [
        { type: 'previewDial' },
        { type: 'previewSkip', reason: 'skipped' },
      ]);
    });

    test('a second tab is told, and can take over', async () => {
      const second = await desk.context.newPage();
      await second.goto(house.lab.url);
      await second.getByRole('button', { name: 'Work here' }).click();
      await second.locator('.state-bar').waitFor();
      await page.getByRole('button', { name: 'Work here' }).waitFor();
      await second.close();
      await page.locator('.state-bar').waitFor();
    });

    test('a lost network is told, and its return is noticed', async () => {
      await desk.context.setOffline(true);
      await page.getByText('Connection lost').waitFor();
      await desk.context.setOffline(false);
      await page.getByText('Connection lost').waitFor({ state: 'detached' });
    });

    test('the desk loads neither charts nor the pages of managers', () => {
      const names = desk.scripts.join(' ');
      assert.match(names, /desk-page/);
      assert.doesNotMatch(names, /live-page|report-page|lists-page/);
    });

    test('the content policy let everything pass that the page does', () => {
      const own = desk.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text));
      assert.deepEqual(own, []);
    });
  });
}
