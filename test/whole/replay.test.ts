import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Database, openDatabase } from '../../platform/db/index.ts';
import { checkBooks } from '../support/book-keeper.ts';
import {
  illegalChanges,
  mostTalksAtOnce,
  overlappingTalks,
  rawFigures,
  reportedFigures,
  timeThatDoesNotAddUp,
} from './audit.ts';
import { dialwright } from './dialwright.ts';

const SAMPLE = join(import.meta.dirname, '..', 'samples', 'bank-telemarketing-sample.csv');
const AGENTS = 30;

/** One took 56 tries, one did not say a word, one did both; a quoted cell with a comma; columns in another order. */
const EXTREMES = [
  'output,job,campaign,duration',
  'no,"clerk, retired",56,120',
  'yes,services,1,0',
  'no,admin.,2,3600',
  'no,technician,56,0',
  'yes,student,3,61',
];

/** Sums straight from the file: plain cells, no quotes in the columns that count. */
function sumsOf(csv: string) {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/);
  const cells = (line: string) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const columns = cells(header);
  const rows = lines.map((line) => cells(line));
  const column = (name: string) => rows.map((row) => row[columns.indexOf(name)] ?? '');
  const total = (name: string) => column(name).reduce((sum, text) => sum + Number(text), 0);
  const sales = column('output').filter((text) => text === 'yes').length;
  return {
    leads: rows.length,
    attempts: total('campaign'),
    contacts: rows.length,
    talkSeconds: total('duration'),
    sales,
    conversionRate: sales / rows.length,
  };
}

describe('replay: a recorded campaign through the whole system', { timeout: 180_000 }, () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  const replay = (args: string[]) => {
    const child = dialwright(['replay', ...args], { DATA_DIR: file('data'), LOG_LEVEL: 'error' });
    return child.ended;
  };
  const kept = async <T>(look: (db: Database) => Promise<T>): Promise<T> => {
    const db = openDatabase({ sqliteFile: join(file('data'), 'dialwright.sqlite') });
    try {
      return await look(db);
    } finally {
      await db.close();
    }
  };
  const figuresOf = (out: string) => {
    const { wallSeconds, ...figures } = JSON.parse(out);
    assert.ok(wallSeconds > 0);
    return figures;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialwright-replayed-'));
    await writeFile(file('extremes.csv'), `${EXTREMES.join('\r\n')}\r\n`);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** @param agents of each replay so far: they all begin at the same instant of virtual time */
  async function assertInOrder(...agents: number[]): Promise<void> {
    await kept(async (db) => {
      const maxAgents = agents.reduce((sum, n) => sum + n, 0);
      assert.deepEqual(await checkBooks(db, { maxAgents }), []);
      assert.deepEqual(await illegalChanges(db), []);
      assert.deepEqual(await overlappingTalks(db), []);
      assert.deepEqual(await timeThatDoesNotAddUp(db), []);
      const ids = await db.reader.raw<{ id: string }>('select id from campaigns order by id');
      assert.equal(ids.length, agents.length);
      for (const [index, { id }] of ids.entries()) {
        const { leads: _leads, ...raw } = await rawFigures(db, id);
        assert.ok((await mostTalksAtOnce(db, id)) <= (agents[index] ?? 0));
        assert.deepEqual(await reportedFigures(db, id), raw);
      }
      const [open] = await db.reader.raw<{ n: number }>(
        "select count(*) as n from leads where state not in ('done', 'suppressed')",
      );
      assert.equal(open?.n, 0, 'leads left over');
    });
  }

  test('the sample comes out of the report as it is in the file, and the books are in order', async () => {
    const { code, out, error } = await replay([SAMPLE, '--agents', String(AGENTS), '--json']);
    assert.equal(code, 0, error);
    assert.deepEqual(figuresOf(out), sumsOf(await readFile(SAMPLE, 'utf8')));
    await assertInOrder(AGENTS);
  });

  test('another file into the same data directory reconciles by itself: 56 tries, talks of no length', async () => {
    const { code, out, error } = await replay([
      file('extremes.csv'),
      '--agents',
      '2',
      '--seed',
      'x',
      '--json',
    ]);
    assert.equal(code, 0, error);
    assert.deepEqual(figuresOf(out), {
      leads: 5,
      attempts: 118,
      contacts: 5,
      talkSeconds: 3_781,
      sales: 2,
      conversionRate: 0.4,
    });
    await assertInOrder(AGENTS, 2);
    await kept(async (db) => {
      const tries = await db.reader.raw<{ n: number }>(
        'select count(*) as n from attempts group by lead_id having count(*) = 56',
      );
      assert.deepEqual(tries, [{ n: 56 }, { n: 56 }]);
    });
  });

  test('a file with a wrong line ends with 1, names the line and changes nothing', async () => {
    await writeFile(file('wrong.csv'), 'duration,campaign,output\n10,1,no\nten,1,no\n');
    const { code, out, error } = await replay([file('wrong.csv'), '--json']);
    assert.equal(code, 1, error);
    assert.equal(JSON.parse(out).error.code, 'recording_invalid');
    assert.match(JSON.parse(out).error.message, /line 3: duration is not a whole number/);
    assert.doesNotMatch(error, /\n\s+at /, 'a stack');
    await assertInOrder(AGENTS, 2);
  });

  test('used wrongly it ends with 2 and says how it is used', async () => {
    const { code, out, error } = await replay([SAMPLE, SAMPLE, '--json']);
    assert.equal(code, 2, error);
    assert.equal(JSON.parse(out).error.code, 'usage');
    assert.match(error, /usage: dialwright replay FILE/);
  });
});
