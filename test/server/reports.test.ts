import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab, START } from './lab.ts';
import { buildWorld, type World } from './world.ts';

const QUARTER = 900_000;

for (const engine of testDatabases()) {
  describe(`reports and diagnosis by HTTP: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let manager: Client;
    let world: World;
    before(async () => {
      lab = await openLab(engine);
      manager = await lab.as('manager');
      world = await buildWorld(lab, { manager, marketer: await lab.as('marketer'), number: '+12025550111' });
      const bucket = { campaign_id: world.campaignId, list_id: world.listId, agent_id: manager.userId };
      await lab.db.transact(async (tx) => {
        const first = { attempts: 4, first_attempts: 1, answered: 2, connected: 2, sales: 1, talk_ms: 9_000 };
        await tx.knex('report_buckets').insert({ ...bucket, ...first, bucket_at: START });
        const second = { attempts: 1, answered: 1, abandoned: 1 };
        await tx.knex('report_buckets').insert({ ...bucket, ...second, bucket_at: START + QUARTER });
      });
    });
    after(() => lab.close());

    const range = `from=${START}&to=${START + 2 * QUARTER}`;

    test('sums the campaigns the viewer sees, split and named as asked', async () => {
      const { status, body } = await manager.get(
        `/reports?${range}&groupBy=campaign,agent&timeZone=Asia/Shanghai`,
      );
      assert.equal(status, 200);
      assert.equal(body.lines.length, 1);
      const [line] = body.lines;
      assert.deepEqual(line.key, { campaign: world.campaignId, agent: manager.userId });
      assert.equal(line.names.agent, 'manager');
      assert.deepEqual([line.attempts, line.contacts, line.sales, line.abandonRate], [5, 2, 1, 1 / 3]);
      assert.deepEqual([body.total.leads, body.total.talkMs], [1, 9_000]);
    });

    test('to a stranger the same report is empty, and one campaign of it is not there', async () => {
      const stranger = await lab.as('other-manager');
      const all = await stranger.get(`/reports?${range}&groupBy=campaign`);
      assert.deepEqual([all.body.lines, all.body.total.attempts], [[], 0]);
      const one = await stranger.get(`/reports?${range}&campaignId=${world.campaignId}`);
      assert.deepEqual([one.status, one.body.code], [404, 'campaign_not_found']);
    });

    test('the file is CSV with a mark, headed in the language asked for, and named', async () => {
      const file = await manager.get(`/reports/file?${range}&groupBy=campaign&locale=zh-CN`);
      assert.equal(file.status, 200);
      assert.match(String(file.headers['content-disposition']), /attachment; filename="?report\.csv/);
      assert.ok(file.text.startsWith('\ufeff活动,'));
      assert.match(file.text, /Campaign [0-9a-f]{8},/);
    });

    test('a range that is none, a grouping nobody knows and half an hour off are refused', async () => {
      for (const query of [
        'from=0&to=0',
        `${range}&groupBy=moon`,
        `from=${START + 1}&to=${START + QUARTER}`,
        'to=900000',
      ]) {
        const answer = await manager.get(`/reports?${query}`);
        assert.equal(answer.status, 422, `${query} ${answer.text}`);
        assert.ok(answer.body.issues.length > 0);
      }
    });

    test('the abandon windows are those of the ledger', async () => {
      await lab.db.transact((tx) =>
        tx.knex('abandon_ledger').insert({
          campaign_id: world.campaignId,
          window_key: 'one',
          window_start: START,
          window_end: START + QUARTER,
          answered: 10,
          abandoned: 1,
        }),
      );
      const { body } = await manager.get(`/campaigns/${world.campaignId}/abandon-windows?${range}`);
      assert.deepEqual(body.items, [
        { start: START, end: START + QUARTER, answered: 10, abandoned: 1, hungUpWaiting: 0, rate: 0.1 },
      ]);
    });

    test('why nobody is dialed adds up, and follows the campaign and its floor', async () => {
      const diagnosis = async () => (await manager.get(`/campaigns/${world.campaignId}/diagnosis`)).body;
      const act = async (action: string) => {
        const { version } = (await manager.get(`/campaigns/${world.campaignId}`)).body;
        await manager.send('post', `/campaigns/${world.campaignId}/lifecycle`, { action, version });
      };
      assert.deepEqual((await diagnosis()).parts, [
        { code: 'campaign_not_running', params: { state: 'draft' }, leads: 1 },
      ]);
      await act('makeReady');
      await act('start');
      const running = await diagnosis();
      assert.deepEqual([running.leads, running.parts], [1, [{ code: 'no_agents', params: {}, leads: 1 }]]);
      lab.dialer.live.set(world.campaignId, {
        campaignId: world.campaignId,
        at: lab.timers.now(),
        agents: [{ agentId: manager.userId, state: 'available', reason: '', since: START }],
        calls: { ringing: 0, waiting: 0, connected: 0 },
        pacing: {
          mode: 'progressive',
          placed: 0,
          reason: '',
          linesInUse: 0,
          maxLines: 1,
          abandonRate: 0,
          targetAbandonRate: 0,
        },
        today: { attempts: 0, answered: 0, connected: 0, abandoned: 0, sales: 0 },
        floor: { freeLines: 0, callerIdLeft: true, abandonBudgetSpent: false, databaseBehind: false },
      });
      assert.equal((await diagnosis()).parts[0].code, 'no_trunk');
      const live = (await manager.get(`/campaigns/${world.campaignId}/live`)).body;
      assert.deepEqual([live.running, live.agents[0].name], [true, 'manager']);
    });
  });
}
