import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { callRulesOf, createCampaignPlans, createCampaignReader } from '../../campaigns/campaigns/index.ts';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab } from './lab.ts';
import { buildWorld, DOCUMENT, type World } from './world.ts';

for (const engine of testDatabases()) {
  describe(`campaigns: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let manager: Client;
    let marketer: Client;
    let world: World;
    before(async () => {
      lab = await openLab(engine);
      manager = await lab.as('manager');
      marketer = await lab.as('marketer');
      world = await buildWorld(lab, { manager, marketer, number: '+12025550111' });
    });
    after(() => lab.close());

    const read = async (id = world.campaignId) => (await manager.get(`/campaigns/${id}`)).body;
    const act = async (action: string, id = world.campaignId, more: object = {}) => {
      const { version } = await read(id);
      return manager.send('post', `/campaigns/${id}/lifecycle`, { action, version, ...more });
    };
    const codes = (items: { code: string }[]) => items.map((item) => item.code).sort();

    test('an empty campaign names everything it misses at once, and stays a draft', async () => {
      const made = await manager.send('post', '/campaigns', { name: 'Empty', timeZone: 'Asia/Shanghai' });
      const missing = ['no_caller_id', 'no_list', 'no_presets', 'no_script'];
      const { body } = await manager.get(`/campaigns/${made.body.id}/blockers`);
      assert.deepEqual(codes(body.blockers), missing);
      const answer = await act('makeReady', made.body.id);
      assert.deepEqual([answer.status, answer.body.code], [409, 'campaign_not_ready']);
      assert.deepEqual(codes(answer.body.issues), missing);
      assert.equal((await read(made.body.id)).state, 'draft');
    });

    test('a list without leads, a script without approval and a preset nobody knows are blockers', async () => {
      const script = await marketer.send('post', '/scripts', { name: 'Unapproved' });
      await marketer.send('post', `/scripts/${script.body.id}/versions`, { document: DOCUMENT });
      const made = await manager.send('post', '/campaigns', {
        name: 'Half',
        timeZone: 'UTC',
        scriptId: script.body.id,
        callerIds: [{ e164: '+12025550101' }],
        settings: { compliance: { presets: ['atlantis'] } },
      });
      await marketer.send('post', '/lists', { name: 'None', country: 'US', campaignId: made.body.id });
      const { body } = await manager.get(`/campaigns/${made.body.id}/blockers`);
      assert.deepEqual(codes(body.blockers), ['no_leads', 'script_not_approved', 'unknown_preset']);
    });

    test('a draft takes a set of dispositions of its own, in two levels; once it is ready it keeps it', async () => {
      const made = (await manager.send('post', '/campaigns', { name: 'Own set', timeZone: 'UTC' })).body;
      const path = `/campaigns/${made.id}/dispositions`;
      const label = { en: 'No', zh: '不' };
      const no = {
        category: 'refusal',
        label,
        rule: { action: 'close', result: 'refused', coolDownDays: 30 },
      };
      const items = [{ ...no, code: 'no', reasons: [{ ...no, code: 'noMoney' }] }];
      const replaced = await manager.send('put', path, { items });
      assert.equal(replaced.status, 200);
      const kept = (await manager.get(path)).body.items as {
        code: string;
        parentId: string | null;
        id: string;
      }[];
      assert.deepEqual(
        kept.map(({ code }) => code),
        ['no', 'noMoney'],
      );
      assert.equal(kept[1]?.parentId, kept[0]?.id);
      const twice = await manager.send('put', path, { items: [...items, ...items] });
      assert.deepEqual([twice.status, twice.body.code], [422, 'invalid_input']);
      await lab.db.transact((tx) => tx.knex('campaigns').where('id', made.id).update({ state: 'ready' }));
      const late = await manager.send('put', path, { items });
      assert.deepEqual([late.status, late.body.code], [409, 'campaign_not_draft']);
      assert.deepEqual((await manager.get(path)).body.items, kept);
    });

    test('goes its way from draft to archive, and takes no step out of turn', async () => {
      const early = await act('start');
      assert.deepEqual([early.status, early.body.code], [409, 'wrong_campaign_state']);
      assert.deepEqual(early.body.params.from, ['ready']);
      const states = [];
      for (const action of ['makeReady', 'start', 'pause', 'resume']) {
        states.push((await act(action, world.campaignId, { reason: 'as planned' })).body.state);
      }
      assert.deepEqual(states, ['ready', 'running', 'paused', 'running']);
      assert.equal((await act('archive')).body.code, 'wrong_campaign_state');
      assert.equal((await read()).startedAt, lab.timers.now());
    });

    test('a running campaign keeps its mode and zone, and takes other settings', async () => {
      const { version } = await read();
      const path = `/campaigns/${world.campaignId}`;
      const mode = await manager.send('patch', path, { version, dialMode: 'ratio' });
      assert.deepEqual([mode.status, mode.body.code], [409, 'campaign_is_running']);
      const lines = await manager.send('patch', path, {
        version,
        settings: {
          dialing: { maxLines: 7 },
          retries: { rules: { busy: { delayMs: 1, turnTo: 'nextNumber' } } },
        },
        reason: 'trial',
      });
      assert.equal(lines.status, 200);
      const { dialing, retries, compliance } = lines.body.settings;
      assert.deepEqual([dialing.maxLines, dialing.ringTimeoutMs], [7, 25_000]);
      assert.deepEqual(retries.rules.busy, { delayMs: 1, turnTo: 'nextNumber' });
      assert.equal(retries.rules.noAnswer.turnTo, 'nextNumber');
      assert.deepEqual(compliance.presets, ['demo-open']);
    });

    test('of two who change the same version one wins, and the other is told', async () => {
      const { version } = await read();
      const change = (maxLines: number) =>
        manager.send('patch', `/campaigns/${world.campaignId}`, {
          version,
          settings: { dialing: { maxLines } },
        });
      const answers = await Promise.all([change(11), change(12)]);
      assert.deepEqual(
        answers.map((answer) => answer.status).sort((a, b) => a - b),
        [200, 409],
      );
      const lost = answers.find((answer) => answer.status === 409);
      assert.equal(lost?.body.code, 'campaign_changed_meanwhile');
    });

    test('every change is audited with who, before, after and why', async () => {
      const { body } = await manager.get(`/audit-entries?entity=campaign&entityId=${world.campaignId}`);
      const actions = body.items.map((entry: { action: string }) => entry.action);
      for (const action of [
        'campaign.created',
        'campaign.made_ready',
        'campaign.started',
        'campaign.paused',
      ]) {
        assert.ok(actions.includes(action), action);
      }
      const trial = body.items.find((entry: { reason: string }) => entry.reason === 'trial');
      assert.equal(trial.actorId, manager.userId);
      assert.equal(trial.before.settings.dialing.maxLines, 100);
      assert.equal(trial.after.settings.dialing.maxLines, 7);
      assert.ok(!('name' in trial.after));
    });

    test('the engine is given the plan, with the approved script version, and a new version on approval', async () => {
      const abandonedSoFar = async () => ({ answered: 5, abandoned: 1 });
      const campaign = createCampaignReader();
      const plans = createCampaignPlans({ db: lab.db, campaign, abandonedSoFar });
      const plan = (await plans.active()).find((one) => one.id === world.campaignId);
      assert.ok(plan);
      assert.deepEqual(
        [plan.running, plan.mode, plan.callerIds],
        [true, 'progressive', [{ e164: '+12025550100', dailyCap: null }]],
      );
      assert.deepEqual(plan.abandonedSoFar, { answered: 5, abandoned: 1 });
      const document = { ...DOCUMENT, steps: DOCUMENT.steps.map((step) => ({ ...step, body: 'Hello.' })) };
      const second = await marketer.send('post', `/scripts/${world.scriptId}/versions`, { document });
      const refused = await marketer.send('post', `/scripts/${world.scriptId}/versions/2/approve`);
      assert.equal(refused.status, 403);
      await manager.send('post', `/scripts/${world.scriptId}/versions/2/approve`);
      const next = (await plans.active()).find((one) => one.id === world.campaignId);
      assert.equal(next?.scriptVersionId, second.body.version.id);
      assert.ok((next?.version ?? 0) > plan.version);
      const rules = callRulesOf(await campaign(lab.db.reader, world.campaignId));
      assert.equal(rules.retryPlan.rules.busy.delayMs, 1);
    });

    test('production takes no demo preset', async () => {
      const strict = await openLab(engine, { production: true });
      const boss = await strict.as('manager');
      const made = await buildWorld(strict, {
        manager: boss,
        marketer: await strict.as('marketer'),
        number: '+12025550133',
      });
      const { body } = await boss.get(`/campaigns/${made.campaignId}/blockers`);
      await strict.close();
      assert.deepEqual(codes(body.blockers), ['demo_preset_in_production']);
    });

    test('a finished campaign keeps its settings', async () => {
      assert.equal((await act('finish')).body.state, 'finished');
      const { version } = await read();
      const answer = await manager.send('patch', `/campaigns/${world.campaignId}`, { version, name: 'Late' });
      assert.deepEqual([answer.status, answer.body.code], [409, 'campaign_closed']);
      assert.equal((await act('archive')).body.state, 'archived');
    });
  });
}
