import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { loadConfig } from '../../platform/config/index.ts';
import { openDatabase } from '../../platform/db/index.ts';
import { importCommand } from '../../server/cli/commands/import-command.ts';
import { runCli } from '../../server/cli/run-cli.ts';
import { openGround } from '../../server/compose/ground.ts';

describe('the command import', { timeout: 60_000 }, () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialwright-import-'));
    file = join(folder, 'leads.csv');
    await writeFile(file, '姓名,电话\n张三,13800138000\n李四,1.38E+10\n张三,13800138000\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function run(...args: string[]) {
    let out = '';
    let error = '';
    const status = await runCli([importCommand], ['import', ...args], {
      env: { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' },
      terminal: {
        out: (text) => {
          out += text;
        },
        error: (text) => {
          error += text;
        },
      },
    });
    return { status, out, error, json: args.includes('--json') ? JSON.parse(out) : undefined };
  }
  const list = ['--list', 'Spring', '--country', 'CN', '--json'];

  test('fills a new list in an empty data directory and tells what became of every row', async () => {
    const { status, json } = await run(file, ...list);
    assert.equal(status, 0, 'a file with rejects is done');
    const { rows, accepted, duplicates, doNotCall, rejected } = json;
    assert.deepEqual([rows, accepted, duplicates, doNotCall, rejected], [3, 1, 1, 0, 1]);
    assert.ok(json.wallSeconds >= 0);
    assert.match(await readFile(json.rejectsFile, 'utf8'), /李四,1\.38E\+10,3,spreadsheet_scientific: 电话/);
    const again = await run(file, ...list);
    assert.deepEqual([again.json.accepted, again.json.duplicates, again.json.listId], [0, 2, json.listId]);
  });

  test('is used wrongly without a list, a country, or with a word it does not know', async () => {
    for (const args of [
      [file],
      [file, '--list', 'A'],
      [file, '--list', 'A', '--country', 'ZZ'],
      [file, ...list, '--duplicates', 'merge'],
      [...list],
    ]) {
      assert.equal((await run(...args)).status, 2, args.join(' '));
    }
  });

  test('fails for a file that is not there or is no list', async () => {
    assert.equal((await run(join(folder, 'none.csv'), ...list)).json.error.code, 'file_not_found');
    await writeFile(file, '%PDF-1.7');
    const { status, json } = await run(file, ...list);
    assert.deepEqual([status, json.error.code], [1, 'list_kind_unsupported']);
    const wrong = await run(file, ...list, '--campaign', 'nope');
    assert.equal(wrong.json.error.code, 'campaign_not_found');
  });

  test('says so when the system runs on the same data directory', async () => {
    const ground = await openGround(loadConfig({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' }));
    try {
      const { status, json } = await run(file, ...list);
      assert.deepEqual([status, json.error.code], [1, 'database_in_use']);
    } finally {
      await ground.close();
    }
  });

  test('goes on with the import of the same file that was cut off', async () => {
    const { json } = await run(file, ...list);
    const db = openDatabase({ sqliteFile: join(folder, 'data', 'dialwright.sqlite') });
    await db.transact((tx) =>
      tx.knex('list_imports').where({ id: json.importId }).update({ state: 'running', finished_at: null }),
    );
    await db.close();
    const again = await run(file, ...list);
    assert.equal(again.json.importId, json.importId);
    assert.deepEqual([again.json.rows, again.json.accepted], [3, 1]);
  });
});
