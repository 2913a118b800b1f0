import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import request from 'supertest';
import { testDatabases } from '../support/databases.ts';
import { type Client, type Lab, openLab } from './lab.ts';
import { buildWorld, type World } from './world.ts';

for (const engine of testDatabases()) {
  describe(`bad input: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let manager: Client;
    let agent: Client;
    let world: World;
    let others: World;
    before(async () => {
      lab = await openLab(engine);
      manager = await lab.as('manager');
      agent = await lab.as('agent');
      world = await buildWorld(lab, { manager, marketer: await lab.as('marketer'), number: '+12025550111' });
      const strangers = { manager: await lab.as('other-manager'), marketer: await lab.as('other-marketer') };
      others = await buildWorld(lab, { ...strangers, number: '+12025550122' });
    });
    after(() => lab.close());

    const rawPost = (path: string, text: string, type = 'application/json') =>
      request(lab.url)
        .post(`/api/v1${path}`)
        .set('Cookie', manager.cookie)
        .set('X-CSRF-Token', manager.csrf)
        .set('Content-Type', type)
        .send(text);
    const count = async (table: string) => (await lab.db.reader.knex(table).select('*')).length;

    test('malformed JSON, another media type and a body too large are told apart', async () => {
      const campaigns = await count('campaigns');
      const answers = [
        await rawPost('/campaigns', '{"name": '),
        await rawPost('/campaigns', '"just a text"'),
        await rawPost('/campaigns', '<campaign/>', 'application/xml'),
        await rawPost('/campaigns', `{"name": "${'x'.repeat(1_100_000)}"}`),
      ];
      assert.deepEqual(
        answers.map((answer) => [answer.status, answer.body.code, answer.type]),
        [
          [400, 'malformed_json', 'application/problem+json'],
          [400, 'malformed_json', 'application/problem+json'],
          [415, 'unsupported_media_type', 'application/problem+json'],
          [413, 'body_too_large', 'application/problem+json'],
        ],
      );
      assert.equal(await count('campaigns'), campaigns);
    });

    test('a question that names a media type for the body it has not is answered', async () => {
      const answer = await request(lab.url)
        .get('/api/v1/campaigns')
        .set('Cookie', manager.cookie)
        .set('Content-Type', 'application/json');
      assert.equal(answer.status, 200);
    });

    test('every wrong field is named at once, with its place and what would be right', async () => {
      const answer = await manager.send('post', '/campaigns', {
        name: '',
        timeZone: 'Mars/Olympus',
        dialMode: 'loud',
        colour: 'red',
        settings: { dialing: { maxLines: 'many', ratio: 99 } },
        callerIds: [{ e164: '12345' }],
      });
      assert.equal(answer.status, 422);
      assert.equal(answer.body.code, 'invalid_input');
      assert.deepEqual(
        answer.body.issues
          .map((issue: { path: string; code: string }) => `${issue.path} ${issue.code}`)
          .sort(),
        [
          '/callerIds/0/e164 bad_format',
          '/colour unknown_field',
          '/dialMode not_one_of',
          '/name too_small',
          '/settings/dialing/maxLines wrong_type',
          '/settings/dialing/ratio too_big',
          '/timeZone unknown_time_zone',
        ],
      );
    });

    test('prototype keys are fields nobody knows, and pollute nothing', async () => {
      const answers = [
        await rawPost('/campaigns', '{"name":"x","timeZone":"UTC","__proto__":{"role":"admin"}}'),
        await rawPost('/campaigns', '{"name":"x","timeZone":"UTC","constructor":{"prototype":{"a":1}}}'),
        await rawPost('/campaigns', '{"name":"x","timeZone":"UTC","settings":{"__proto__":{"dialing":{}}}}'),
      ];
      for (const answer of answers) {
        assert.equal(answer.status, 422);
        assert.equal(answer.body.issues[0].code, 'unknown_field');
      }
      const query = await manager.get('/campaigns?__proto__[limit]=5&constructor=1');
      assert.equal(query.status, 422);
      assert.equal(({} as Record<string, unknown>).role, undefined);
    });

    test('wrong queries: repeated, unknown, out of range, a cursor made up', async () => {
      const paths = [
        '?limit=1&limit=2',
        '?colour=red',
        '?limit=0',
        '?limit=abc',
        '?state=loud',
        '?cursor=!!!',
      ];
      for (const path of paths) {
        const answer = await manager.get(`/campaigns${path}`);
        assert.equal(answer.status, 422, `${path} ${answer.text}`);
      }
      const malformed = await request(lab.url)
        .get('/api/v1/campaigns/%E0%A4%A')
        .set('Cookie', manager.cookie);
      assert.deepEqual([malformed.status, malformed.type], [400, 'application/problem+json']);
    });

    test("somebody else's ids inside a body are not there", async () => {
      const campaign = (await manager.get(`/campaigns/${world.campaignId}`)).body;
      const answers = [
        await manager.send('post', '/campaigns', { name: 'y', timeZone: 'UTC', scriptId: others.scriptId }),
        await manager.send('post', '/campaigns', { name: 'y', timeZone: 'UTC', teamId: lab.cast.otherTeam }),
        await manager.send('patch', `/campaigns/${world.campaignId}`, {
          version: campaign.version,
          scriptId: others.scriptId,
        }),
        await manager.send('post', '/lists', { name: 'y', country: 'US', campaignId: others.campaignId }),
        await manager.send('patch', `/lists/${world.listId}`, { campaignId: others.campaignId }),
        await agent.send('post', '/agent/session', { campaignId: others.campaignId }),
      ];
      assert.deepEqual(
        answers.map((answer) => answer.status),
        answers.map(() => 404),
      );
      assert.deepEqual((await manager.get(`/campaigns/${world.campaignId}`)).body, campaign);
      assert.equal(lab.dialer.commands.length, 0);
    });

    test('a number is looked up by a body, and an agent does not see it whole', async () => {
      const found = await manager.send('post', '/leads/search', { e164: world.number });
      assert.deepEqual(
        found.body.items.map((lead: { id: string }) => lead.id),
        [world.leadId],
      );
      const elsewhere = await manager.send('post', '/leads/search', { e164: others.number });
      assert.deepEqual(elsewhere.body.items, []);
      const marketer = await lab.as('marketer');
      const lead = await marketer.get(`/leads/${world.leadId}`);
      assert.ok(!lead.text.includes(world.number) && lead.text.includes('Wang Fang'));
    });

    test('an error of ours says nothing of its inside', async () => {
      await lab.db.transact((tx) =>
        tx.knex('campaigns').where('id', others.campaignId).update({ settings: '{"x":1}' }),
      );
      const admin = await lab.as('admin');
      const answer = await admin.get(`/campaigns/${others.campaignId}`);
      assert.equal(answer.status, 500);
      assert.equal(answer.body.code, 'internal_error');
      assert.doesNotMatch(answer.text, /Zod|unrecognized|select|stack|\.ts/i);
    });
  });
}
