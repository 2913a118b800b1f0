import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { testDatabases } from '../support/databases.ts';
import { type EventReader, readEvents, type ServerSent } from './event-client.ts';
import { type Client, type Lab, openLab } from './lab.ts';
import { buildWorld, type World } from './world.ts';

const isEvent = (message: ServerSent) => message.event === 'event';
const dataOf = (message: ServerSent) =>
  message.data as { type: string; campaignId: string; payload: { version: number } };

for (const engine of testDatabases()) {
  describe(`the event stream: ${engine.name}`, { timeout: 60_000 }, () => {
    let lab: Lab;
    let manager: Client;
    let world: World;
    const readers: EventReader[] = [];
    before(async () => {
      lab = await openLab(engine);
      manager = await lab.as('manager');
      world = await buildWorld(lab, { manager, marketer: await lab.as('marketer'), number: '+12025550111' });
      await lab.events.flush();
    });
    after(async () => {
      for (const reader of readers) reader.close();
      await lab.close();
    });

    const open = async (client: Client, more: { query?: string; lastEventId?: string } = {}) => {
      const reader = await readEvents(lab.url, client, more);
      readers.push(reader);
      return reader;
    };
    const hello = (reader: EventReader) => reader.next((message) => message.event === 'hello');
    const rename = async (name: string) => {
      const { version } = (await manager.get(`/campaigns/${world.campaignId}`)).body;
      const answer = await manager.send('patch', `/campaigns/${world.campaignId}`, { version, name });
      assert.equal(answer.status, 200);
      await lab.events.flush();
      return version + 1;
    };

    test('a change is told to its own team with a number to resume from, and to nobody of another vendor', async () => {
      const stranger = await open(await lab.as('other-manager'));
      const listener = await open(manager);
      await hello(stranger);
      await hello(listener);
      const version = await rename('Told');
      const message = await listener.next(isEvent);
      assert.match(message.id ?? '', /^\d+$/);
      assert.deepEqual(
        [dataOf(message).type, dataOf(message).campaignId, dataOf(message).payload.version],
        ['campaign.changed', world.campaignId, version],
      );
      const theirs = await lab.as('other-manager');
      const made = await theirs.send('post', '/campaigns', { name: 'Theirs', timeZone: 'UTC' });
      await lab.events.flush();
      const heard = await stranger.next(isEvent);
      assert.equal(dataOf(heard).campaignId, made.body.id, 'the first event a stranger hears is their own');
    });

    test('who comes back with the last id gets what was missed, in order, each once', async () => {
      const first = await open(manager);
      const { id } = await hello(first);
      first.close();
      const versions = [await rename('Missed 1'), await rename('Missed 2'), await rename('Missed 3')];
      const again = await open(manager, { lastEventId: id ?? '' });
      const heard = [];
      for (let n = 0; n < 3; n++) heard.push(dataOf(await again.next(isEvent)).payload.version);
      assert.deepEqual(heard, versions);
      const next = await rename('Live again');
      assert.equal(dataOf(await again.next(isEvent)).payload.version, next);
    });

    test('an id that is not ours is refused, and one from before all that is kept says to start anew', async () => {
      const odd = await open(manager, { lastEventId: 'yesterday' });
      assert.equal(odd.status, 422);
      const ahead = await open(manager, { lastEventId: '999999' });
      const reset = await ahead.next((message) => message.event === 'reset');
      assert.equal(reset.id, String(await lab.events.lastSequence()));
    });

    test('live numbers come at once and then every second, to who sees the campaign', async () => {
      const reader = await open(manager, { query: `?campaignId=${world.campaignId}` });
      const isLive = (message: ServerSent) => message.event === 'live';
      assert.deepEqual((await reader.next(isLive)).data, {
        campaignId: world.campaignId,
        at: lab.timers.now(),
        running: false,
        agents: [],
        calls: { ringing: 0, waiting: 0, connected: 0 },
        pacing: null,
        today: null,
      });
      await lab.timers.advanceBy(1_000);
      assert.equal((await reader.next(isLive)).id, undefined);
      const stranger = await open(await lab.as('other-manager'), {
        query: `?campaignId=${world.campaignId}`,
      });
      assert.equal(stranger.status, 404);
      const agent = await open(await lab.as('agent'), { query: `?campaignId=${world.campaignId}` });
      assert.equal(agent.status, 403);
    });

    test('an agent is told when the desk changes, and not of another desk', async () => {
      const agent = await lab.as('agent');
      const other = await lab.as('agent2');
      const reader = await open(agent);
      await hello(reader);
      await other.send('post', '/agent/session', { campaignId: world.campaignId });
      await agent.send('post', '/agent/session', { campaignId: world.campaignId });
      await agent.send('delete', '/agent/session');
      let told = 0;
      for (; told < 2; told++) await reader.next((message) => message.event === 'agent');
      await lab.timers.advanceBy(15_000);
      const beat = await reader.next((message) => message.event === 'agent' || message.event === 'beat');
      assert.equal(beat.event, 'beat', 'two changes of the own desk, and no third');
    });

    test('a stream beats within 20 seconds and ends when its session does', async () => {
      const marketer = await lab.as('marketer');
      const reader = await open(marketer);
      await hello(reader);
      await lab.timers.advanceBy(20_000);
      await reader.next((message) => message.event === 'beat');
      await marketer.send('post', '/auth/sign-out');
      await lab.timers.advanceBy(20_000);
      await reader.ended;
    });

    test('a user has at most six streams', async () => {
      const client = await lab.as('vendor-manager');
      const opened = [];
      for (let n = 0; n < 6; n++) opened.push(await open(client));
      assert.ok(opened.every((reader) => reader.status === 200));
      const seventh = await open(client);
      assert.equal(seventh.status, 429);
      for (const reader of opened) reader.close();
    });

    test('shutting down ends all streams, leaves no listener behind and takes no new one', async () => {
      const reader = await open(manager);
      await hello(reader);
      lab.web.streams.close();
      await reader.ended;
      assert.equal(lab.dialer.listeners, 0);
      assert.equal(lab.events.bus.subscribers, 0);
      assert.equal((await open(manager)).status, 503);
    });
  });
}
