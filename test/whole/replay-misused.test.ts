import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { replayCommand } from '../../server/cli/commands/replay-command.ts';
import { runCli } from '../../server/cli/run-cli.ts';
import { readRecordedCampaign } from '../../server/replay/recorded-campaign.ts';

describe('replay, given something wrong', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialwright-misused-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function written(lines: readonly string[]): Promise<string> {
    const file = join(folder, 'recording.csv');
    await writeFile(file, lines.join('\n'));
    return file;
  }

  const HEADER = 'duration,campaign,output';
  const wrong: [what: string, lines: string[], message: RegExp][] = [
    ['a talk that is no number', [HEADER, '10,1,no', 'ten,1,no'], /line 3: duration/],
    ['a talk longer than a day', [HEADER, '86401,1,no'], /line 2: duration/],
    ['no try at all', [HEADER, '10,0,no'], /line 2: campaign/],
    ['an empty cell that counts', [HEADER, ',1,no'], /line 2: duration/],
    ['a result that is neither yes nor no', [HEADER, '1,1,maybe'], /line 2: output/],
    ['a column too few', ['duration,output', '10,no'], /line 1: the header lacks campaign/],
    ['no lead', [HEADER], /line 2: the file has no leads/],
    ['nothing', [''], /line 1: the file has no leads/],
    ['a row with cells missing', [HEADER, '1,1,no', '10,1'], /line 3: it has more or fewer cells/],
    ['a row too short behind one of two lines', [`"a\nb",${HEADER}`, '1,1,1,no', '10,1'], /line 4/],
    ['a wrong row behind an empty line', [HEADER, '', '1,1,x'], /line 3: output/],
    ['a quote amid a cell', [HEADER, '1,1,no', '10,1,n"o'], /line 3: a quote opens/],
    ['an open quote', [HEADER, '1,1,no', '10,1,"no'], /line 3: a quote is opened/],
    ['a line without end', [HEADER, '1,1,no', 'x'.repeat(70_000)], /line 3: it is longer/],
  ];
  for (const [what, lines, message] of wrong) {
    test(`a file with ${what} is refused with its line, and none of its cells is repeated`, async () => {
      const read = readRecordedCampaign(await written(lines), () => {});
      await assert.rejects(read, (error: Error & { code?: string }) => {
        assert.equal(error.code, 'recording_invalid', error.message);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /ten|maybe|n"o/);
        return true;
      });
    });
  }

  const misused: [what: string, args: string[], status: number, told: RegExp][] = [
    ['no file', [], 2, /usage: dialwright replay FILE/],
    ['no agents', ['x.csv', '--agents', '0'], 2, /--agents takes a whole number/],
    ['half an agent', ['x.csv', '--agents', '1.5'], 2, /--agents takes a whole number/],
    ['more agents than it seats', ['x.csv', '--agents', '1001'], 2, /--agents/],
    ['an option nobody knows', ['x.csv', '--speed', '2'], 2, /--speed/],
    ['a file that is not there', ['x.csv'], 1, /no file .*x\.csv/],
  ];
  for (const [what, args, status, told] of misused) {
    test(`with ${what} it ends with ${status}, says why, and opens no database`, async () => {
      const dataDir = join(folder, 'data');
      const files = args.map((arg) => (arg === 'x.csv' ? join(folder, arg) : arg));
      let error = '';
      const terminal = {
        out: () => {},
        error: (text: string) => {
          error += text;
        },
      };
      if (status === 2) await writeFile(join(folder, 'x.csv'), `${HEADER}\n1,1,no\n`);
      else await rm(join(folder, 'x.csv'), { force: true });
      const context = { env: { DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, terminal };
      assert.equal(await runCli([replayCommand], ['replay', ...files], context), status, error);
      assert.match(error, told);
      assert.ok(!(await readdir(folder)).includes('data'));
    });
  }
});
