import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadConfig } from '../../platform/config/index.ts';
import { backupCommand } from '../../server/cli/commands/backup-command.ts';
import { openGround } from '../../server/compose/ground.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialwright-private-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const others = async (path: string) => (await stat(path)).mode & 0o077;
const invocation = (env: NodeJS.ProcessEnv, file: string) => ({
  words: [file],
  options: {},
  json: true,
  env,
});

test('neither the data directory nor a backup is for other users of the machine', async () => {
  const env = { DATA_DIR: join(folder, 'new', 'data'), LOG_LEVEL: 'silent' };
  const copy = join(folder, 'copy.sqlite');
  await (await openGround(loadConfig(env))).close();
  assert.equal(await others(env.DATA_DIR), 0);
  await backupCommand.run(invocation(env, copy));
  assert.equal(await others(copy), 0);
  assert.ok((await stat(copy)).size > 0);
  await assert.rejects(backupCommand.run(invocation(env, copy)), { code: 'backup_exists' });
  assert.ok((await stat(copy)).size > 0, 'the copy there is left alone');
});
