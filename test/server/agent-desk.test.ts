import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab } from './lab.ts';
import { buildWorld, type World } from './world.ts';

for (const engine of testDatabases()) {
  describe(`the agent's desk: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let agent: Client;
    let world: World;
    before(async () => {
      lab = await openLab(engine);
      const manager = await lab.as('manager');
      world = await buildWorld(lab, { manager, marketer: await lab.as('marketer'), number: '+12025550111' });
      agent = await lab.as('agent');
    });
    after(() => lab.close());

    test('a command before signing on is a conflict with the code of the engine', async () => {
      const answer = await agent.send('post', '/agent/ready');
      assert.deepEqual([answer.status, answer.body.code], [409, 'not_signed_on']);
    });

    test('an empty desk is whole: nothing in front, no call counted', async () => {
      const { status, body } = await agent.get('/agent/desk');
      assert.equal(status, 200);
      assert.deepEqual(
        [body.agent.state, body.card, body.script, body.dispositions],
        ['signedOff', null, null, []],
      );
      assert.equal(body.today.calls, 0);
    });

    test('commands reach the engine as they are meant, for the agent of the session only', async () => {
      lab.dialer.commands.length = 0;
      await agent.send('post', '/agent/session', { campaignId: world.campaignId });
      await agent.send('post', '/agent/ready');
      await agent.send('post', '/agent/pause', { reason: 'lunch' });
      await agent.send('post', '/agent/hang-up');
      await agent.send('post', '/agent/extend-wrap-up');
      await agent.send('post', '/agent/preview/dial');
      await agent.send('post', '/agent/preview/skip', { reason: 'wrongSegment' });
      const id = world.leadId;
      const callback = { localTime: '2026-11-23T20:30', timeZone: 'America/New_York' };
      await agent.send('post', '/agent/dispose', { callId: id, dispositionId: id, note: ' kind ', callback });
      assert.deepEqual(
        lab.dialer.commands.map(({ command }) => command),
        [
          { type: 'start', campaignId: world.campaignId, vendorId: lab.cast.vendor, teamId: lab.cast.team },
          { type: 'ready' },
          { type: 'pause', reason: 'lunch' },
          { type: 'hangUp' },
          { type: 'extendWrapUp' },
          { type: 'previewDial' },
          { type: 'previewSkip', reason: 'wrongSegment' },
          {
            type: 'dispose',
            callId: id,
            dispositionId: id,
            note: 'kind',
            callback: { ...callback, reservedForAgent: true },
          },
        ],
      );
      assert.ok(lab.dialer.commands.every(({ agentId }) => agentId === agent.userId));
    });

    test('with a lead in front: the card with masked numbers, the script said for it, what may be said of it', async () => {
      const version = await lab.db.reader.knex('script_versions').where('script_id', world.scriptId).first();
      const view = await lab.dialer.agentView(agent.userId);
      lab.dialer.set({
        ...view,
        state: 'connected',
        work: {
          attemptId: world.leadId,
          callId: world.leadId,
          leadId: world.leadId,
          listId: world.listId,
          numberOrdinal: 0,
          mode: 'progressive',
          scriptVersionId: version.id,
          connectedAt: lab.timers.now(),
          endedAt: null,
        },
      });
      const { body, text } = await agent.get('/agent/desk');
      assert.equal(body.card.lead.profile.name, 'Wang Fang');
      assert.equal(body.card.lead.vars.plan, 'gold');
      assert.ok(!text.includes(world.number));
      assert.deepEqual(body.script.steps[0].paragraphs, [{ lines: ['Good day, Wang Fang.'] }]);
      assert.ok(body.dispositions.some((one: { code: string }) => one.code === 'sale'));
      assert.equal(body.campaign.id, world.campaignId);
      assert.equal(body.now, lab.timers.now());
    });

    test("the day's numbers are the agent's own, of the campaign's local day", async () => {
      const now = lab.timers.now();
      const common = {
        vendor_id: lab.cast.vendor,
        team_id: lab.cast.team,
        campaign_id: world.campaignId,
        direction: 'outbound',
        agent_id: agent.userId,
      };
      const call = (n: number, more: object) => ({
        ...common,
        id: `${world.leadId.slice(0, 19)}${n}`,
        ...more,
      });
      await lab.db.transact(async (tx) => {
        await tx
          .knex('calls')
          .insert([
            call(1, { started_at: now, talk_ms: 1_000, disposed_at: now, disposition_category: 'sale' }),
            call(2, { started_at: now, talk_ms: 500 }),
            call(3, { started_at: now - 86_400_000, talk_ms: 7 }),
          ]);
      });
      const { today } = (await agent.get('/agent/desk')).body;
      assert.deepEqual([today.calls, today.disposed, today.sales, today.talkMs], [2, 1, 1, 1_500]);
      assert.equal(today.since, Date.UTC(2026, 10, 22, 5), 'midnight in New York');
    });

    test('an agent who is moved to another team or disabled is signed off the campaign', async () => {
      const admin = await lab.as('admin');
      const second = await lab.as('agent2');
      const start = (client: Client) =>
        client.send('post', '/agent/session', { campaignId: world.campaignId });
      await start(second);
      const change = (input: object) => admin.send('patch', `/users/${second.userId}`, input);
      assert.equal((await change({ name: 'Second' })).status, 200);
      assert.equal((await lab.dialer.agentView(second.userId)).campaignId, world.campaignId);
      assert.equal((await change({ teamId: lab.cast.otherTeam })).status, 200);
      assert.equal((await lab.dialer.agentView(second.userId)).campaignId, null);
      await change({ teamId: lab.cast.team });
      await start(await lab.as('agent2'));
      assert.equal((await change({ state: 'disabled' })).status, 200);
      assert.equal((await lab.dialer.agentView(second.userId)).campaignId, null);
    });
  });
}
