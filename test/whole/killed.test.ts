import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Database, openDatabase } from '../../platform/db/index.ts';
import { forkRandom, randomToken, seededRandom } from '../../platform/random/index.ts';
import { checkBooks } from '../support/book-keeper.ts';
import { illegalChanges, overlappingTalks, rawFigures, reportedFigures } from './audit.ts';
import { type Ended, firstAnswer, runScript } from './dialwright.ts';

const FLOOR = join(import.meta.dirname, 'small-floor.ts');
const LEADS = 400;
const DEATHS = 8;
/** A failure is repeated, as far as real time can be, with the seed it printed. */
const SEED = process.env.KILLED_SEED ?? randomToken(6);

interface EndedAttempt {
  id: string;
  outcome: string;
  ended_at: number;
}

describe(`a floor killed at random points (KILLED_SEED=${SEED})`, { timeout: 300_000 }, () => {
  const random = seededRandom(SEED);
  let folder: string;
  let file: string;
  /** What the books said was over at each death: it may never change again. */
  const over = new Map<string, EndedAttempt>();
  const placed = new Map<string, string>();
  let ends = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialwright-killed-'));
    file = join(folder, 'dialwright.sqlite');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const floor = (...args: string[]) => runScript(FLOOR, args, { DATA_DIR: folder, LOG_LEVEL: 'error' });

  async function onDisk<T>(look: (db: Database) => Promise<T>): Promise<T> {
    const db = openDatabase({ sqliteFile: file });
    try {
      return await look(db);
    } finally {
      await db.close();
    }
  }

  /** What must hold at any moment, also at that of a death. */
  async function assertSound(db: Database): Promise<void> {
    assert.deepEqual(await checkBooks(db), []);
    assert.deepEqual(await illegalChanges(db), []);
    assert.deepEqual(await overlappingTalks(db), []);
    const [leads] = await db.reader.raw<{ n: number; known: number }>(
      `select count(*) as n, sum(state in ('ready', 'waiting', 'held', 'claimed', 'inCall', 'suppressed', 'done'))
       as known from leads`,
    );
    assert.deepEqual(leads, { n: LEADS, known: LEADS }, 'leads were lost or made');
    for (const { id } of await db.reader.raw<{ id: string }>('select id from campaigns')) {
      const { leads: _leads, ...raw } = await rawFigures(db, id);
      assert.deepEqual(await reportedFigures(db, id), raw);
    }
  }

  /** What an earlier death left open has ended once, and what had ended is as it was. */
  async function assertHistoryStands(db: Database): Promise<void> {
    const ended = await db.reader.raw<EndedAttempt>(
      'select id, outcome, ended_at from attempts where ended_at is not null',
    );
    const now = new Map(ended.map((one) => [one.id, one]));
    for (const [id, before] of over) assert.deepEqual(now.get(id), before, 'an attempt ended again');
    for (const one of ended) over.set(one.id, one);
  }

  /** What was handed to the network, or promised to an agent, was on disk before. */
  async function assertPromisesKept(db: Database, { out }: Ended): Promise<void> {
    const said = out.split('\n').slice(0, -1);
    const attempts = await db.reader.raw<{ id: string; e164: string }>('select id, e164 from attempts');
    const numberOf = new Map(attempts.map(({ id, e164 }) => [id, e164]));
    for (const [what, id = '', e164 = ''] of said.map((line) => line.split(' '))) {
      if (what !== 'placed') continue;
      assert.ok(!placed.has(id), `${id} was dialed twice`);
      assert.equal(numberOf.get(id), e164, `${id} was dialed and is not in the books`);
      placed.set(id, e164);
    }
    const disposed = await db.reader.raw<{ id: string }>(
      'select id from calls where disposed_at is not null',
    );
    const known = new Set(disposed.map(({ id }) => id));
    const promised = said.filter((line) => line.startsWith('disposed ')).map((line) => line.slice(9));
    assert.deepEqual(
      promised.filter((id) => !known.has(id)),
      [],
      'results that agents were told are taken',
    );
  }

  async function openAttempts(db: Database): Promise<number> {
    const [row] = await db.reader.raw<{ n: number }>(
      'select count(*) as n from attempts where ended_at is null',
    );
    return row?.n ?? 0;
  }

  async function killed(begin: 'loading' | 'dialing', lifeMs: number): Promise<Ended> {
    const life = floor(`${SEED}-${ends++}`, begin, String(Math.round(lifeMs)));
    const ended = await life.ended;
    assert.equal(life.process.signalCode, 'SIGKILL', `it ended by itself: ${ended.error}`);
    assert.equal(ended.error, '', 'the process logged an error');
    return ended;
  }

  test('whole after its first life', async () => {
    const ended = await killed('dialing', 300 + random.next() * 700);
    await onDisk(async (db) => {
      await assertSound(db);
      await assertHistoryStands(db);
      await assertPromisesKept(db, ended);
      assert.ok(placed.size > 0, 'it has not dialed');
    });
  });

  for (let death = 2; death <= DEATHS; death++) {
    test(`death ${death}: no lead lost, none dialed twice, every attempt ends once, report equals calls`, async () => {
      // most die while they dial; some while they start, and reconcile what the one before left open
      const starting = forkRandom(SEED, `death ${death}`).next() < 0.25;
      const before = await onDisk((db) =>
        db.reader.raw<{ id: string }>('select id from attempts where ended_at is null'),
      );
      const ended = starting
        ? await killed('loading', 20 + random.next() * 300)
        : await killed('dialing', random.next() * 2_000);
      await onDisk(async (db) => {
        await assertSound(db);
        await assertHistoryStands(db);
        await assertPromisesKept(db, ended);
        if (starting) return;
        const stillOpen = before.filter(({ id }) => !over.has(id));
        assert.deepEqual(stillOpen, [], 'a life dialed before it had reconciled the one before');
      });
    });
  }

  test('stopped in order, nothing is left open', async () => {
    const life = floor(`${SEED}-last`);
    await firstAnswer(life, (line) => (line.startsWith('disposed ') ? line : undefined));
    life.process.kill('SIGTERM');
    const ended = await life.ended;
    assert.equal(ended.code, 0, ended.error);
    await onDisk(async (db) => {
      await assertSound(db);
      await assertHistoryStands(db);
      await assertPromisesKept(db, ended);
      assert.equal(await openAttempts(db), 0);
      const sessions = await db.reader.raw('select id from agent_sessions where ended_at is null');
      assert.deepEqual(sessions, []);
      const claimed = await db.reader.raw("select id from leads where state = 'claimed'");
      assert.deepEqual(claimed, []);
      assert.ok(over.size > 50, `only ${over.size} attempts in all`);
    });
  });
});
