import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openDatabase } from '../../platform/db/index.ts';
import { checkBooks } from '../support/book-keeper.ts';
import { eventually } from '../support/signals.ts';
import { type Child, dialwright, firstAnswer } from './dialwright.ts';

/** What a person's browser keeps of a session. */
interface Visitor {
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  send(method: string, path: string, body: object): Promise<Answer>;
}

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at one field at a time
  body: any;
}

const MINUTE_MS = 60_000;

describe('start on an empty data directory', { timeout: 300_000 }, () => {
  let folder: string;
  let child: Child;
  let url: string;
  let people: { login: string; role: string; password: string }[];
  const dataDir = () => join(folder, 'data');
  const settings = (more: Record<string, string> = {}) => ({
    PORT: '0',
    DATA_DIR: dataDir(),
    LOG_LEVEL: 'error',
    ...more,
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialwright-start-'));
    await start();
    people = (await ask('GET', '/demo/people')).body.items ?? (await ask('GET', '/demo/people')).body;
  });
  after(async () => {
    child.process.kill('SIGKILL');
    await child.ended;
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    child = dialwright(['start', '--json'], settings());
    const welcome = await firstAnswer(child, (line) => (line.startsWith('{') ? JSON.parse(line) : undefined));
    assert.equal(welcome.demo, true);
    url = welcome.url;
  }

  async function ask(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: object } = {},
  ): Promise<Answer & { cookie: string }> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), cookie };
  }

  async function visit(role: string): Promise<Visitor> {
    const person = people.find((one) => one.role === role);
    assert.ok(person, `the demo shows a ${role}`);
    const { login, password } = person;
    const signedIn = await ask('POST', '/auth/sign-in', { body: { login, password } });
    assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
    const headers = { Cookie: signedIn.cookie, 'X-CSRF-Token': signedIn.body.csrfToken };
    return {
      get: (path) => ask('GET', path, { headers }),
      post: (path, body) => ask('POST', path, { headers, ...(body && { body }) }),
      send: (method, path, body) => ask(method, path, { headers, body }),
    };
  }

  const ok = ({ status, body }: Answer) => {
    assert.ok(status < 300, `${status} ${JSON.stringify(body)}`);
    return body;
  };

  async function runningCampaigns(visitor: Visitor): Promise<{ id: string; dialMode: string }[]> {
    return ok(await visitor.get('/campaigns')).items.filter(
      (one: { state: string }) => one.state === 'running',
    );
  }

  /** With more lines a person, a new one at the table is not kept waiting. */
  async function moreLines(manager: Visitor, campaignId: string): Promise<void> {
    const path = `/campaigns/${campaignId}`;
    const version = async () => ok(await manager.get(path)).version as number;
    const step = async (action: string) =>
      ok(await manager.post(`${path}/lifecycle`, { action, version: await version() }));
    await step('pause');
    const settings = { dialing: { ratio: 4 } };
    ok(await manager.send('PATCH', path, { version: await version(), dialMode: 'ratio', settings }));
    await step('resume');
  }

  test('it is healthy and ready, and shows its page', async () => {
    const ready = await fetch(`${url}/readyz`);
    assert.equal(ready.status, 200);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    const page = await fetch(url, { headers: { Accept: 'text/html' } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<div id="root"/);
  });

  test('all four people of the demo can sign in', async () => {
    assert.deepEqual(people.map(({ role }) => role).sort(), ['admin', 'agent', 'manager', 'marketer']);
    for (const { role } of people) {
      const me = ok(await (await visit(role)).get('/auth/me'));
      assert.equal(me.user.role, role);
    }
  });

  test('within a minute calls are dialed, answered, talked and counted in both campaigns', async () => {
    const manager = await visit('manager');
    const campaigns = await runningCampaigns(manager);
    assert.equal(campaigns.length, 2);
    for (const { id } of campaigns) {
      const live = await eventually(async () => {
        const { running, today, calls } = ok(await manager.get(`/campaigns/${id}/live`));
        return running && today?.attempts > 0 && calls.connected > 0 ? { today, calls } : undefined;
      }, MINUTE_MS);
      assert.ok(live.today.attempts > 0);
    }
  });

  test('an agent sits down, gets a call with customer and script, and says how it went', async () => {
    const agent = await visit('agent');
    const manager = await visit('manager');
    const campaign = (await runningCampaigns(manager)).find(({ dialMode }) => dialMode === 'progressive');
    assert.ok(campaign);
    await moreLines(manager, campaign.id);
    const paused = ok(await agent.post('/agent/session', { campaignId: campaign.id }));
    assert.equal(paused.state, 'paused');
    await eventually(async () => {
      const { status } = await agent.post('/agent/ready');
      return status === 200 ? true : undefined; // the phone comes up a moment after
    });
    const desk = await eventually(async () => {
      const found = ok(await agent.get('/agent/desk'));
      return found.agent.work?.callId && found.card ? found : undefined;
    }, 2 * MINUTE_MS);
    assert.ok(desk.card.lead.profile.name, 'who it is');
    assert.ok(desk.script.steps.length > 0, 'what to say');
    assert.doesNotMatch(JSON.stringify(desk.script), /\{\{/, 'the script is rendered');
    assert.doesNotMatch(JSON.stringify(desk.card.lead), /\+999\d{9}/, 'numbers are masked');
    const { callId } = desk.agent.work;
    ok(await agent.post('/agent/hang-up'));
    await eventually(async () => {
      const { agent: view } = ok(await agent.get('/agent/desk'));
      return view.state === 'wrapUp' ? true : undefined;
    });
    const groups = new Set(desk.dispositions.map((one: { parentId: string | null }) => one.parentId));
    const plain = desk.dispositions.find(
      (one: { id: string; category: string; needsNote: boolean }) =>
        one.category === 'refusal' && !groups.has(one.id) && !one.needsNote,
    );
    ok(await agent.post('/agent/pause', { reason: 'lunch' }));
    const disposed = ok(
      await agent.post('/agent/dispose', { callId, dispositionId: plain.id, note: 'kind' }),
    );
    assert.deepEqual([disposed.state, disposed.reason], ['paused', 'lunch']);
    const { today } = ok(await agent.get('/agent/desk'));
    assert.deepEqual([today.calls, today.disposed], [1, 1]);
    const again = await agent.post('/agent/dispose', { callId, dispositionId: plain.id, note: 'kind' });
    assert.ok(again.status === 200 || again.status === 409, JSON.stringify(again.body));
  });

  test('a second process on the same data ends with 1 and says why; so does an import', async () => {
    const list = join(folder, 'list.csv');
    await writeFile(list, 'phone\n13800138000\n');
    const second = await dialwright(['start', '--json'], settings()).ended;
    const load = await dialwright(['import', list, '--list', 'L', '--country', 'CN', '--json'], settings())
      .ended;
    for (const { code, out, error } of [second, load]) {
      assert.equal(code, 1, error);
      assert.equal(JSON.parse(out).error.code, 'database_in_use');
      assert.match(error, /Another Dialwright process/);
    }
    assert.equal((await fetch(`${url}/readyz`)).status, 200, 'the first one goes on');
  });

  test('killed and started again, it dials again at once', async () => {
    child.process.kill('SIGKILL');
    await child.ended;
    await start();
    const manager = await visit('manager');
    for (const { id } of await runningCampaigns(manager)) {
      await eventually(async () => {
        const { running, agents, calls } = ok(await manager.get(`/campaigns/${id}/live`));
        return running && agents.length > 0 && calls.ringing > 0 ? true : undefined;
      });
    }
  });

  test('told to stop it ends with 0, leaves no attempt open and its books in order', {
    timeout: 30_000,
  }, async () => {
    child.process.kill('SIGTERM');
    const { code, out, error } = await child.ended;
    assert.equal(code, 0, error);
    assert.match(out, /"stopped":true/);
    assert.equal(error, '');
    const db = openDatabase({ sqliteFile: join(dataDir(), 'dialwright.sqlite') });
    try {
      assert.deepEqual(await checkBooks(db), []);
      const [open] = await db.reader.raw<{ attempts: number; sessions: number; leads: number }>(
        `select (select count(*) from attempts where ended_at is null) as attempts,
           (select count(*) from agent_sessions where ended_at is null) as sessions,
           (select count(*) from leads) as leads`,
      );
      assert.deepEqual(open, { attempts: 0, sessions: 0, leads: 10_000 });
    } finally {
      await db.close();
    }
  });
});

test('production refuses the demo, and says so with status 2', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-production-'));
  try {
    const env = { NODE_ENV: 'production', SECRET: 'x'.repeat(40), DEMO: 'on', DATA_DIR: folder, PORT: '0' };
    const { code, error } = await dialwright(['start', '--json'], env).ended;
    assert.equal(code, 2);
    assert.match(error, /DEMO/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
