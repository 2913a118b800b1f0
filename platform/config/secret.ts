import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken } from '../random/index.ts';
import type { Config } from './config.ts';

/**
 * The secret that signs and hashes: the configured one, or one generated at the first start and kept in
 * `DATA_DIR/secret`, readable by its owner only. Processes that start at once agree on one.
 */
export async function resolveSecret(config: Pick<Config, 'secret' | 'dataDir'>): Promise<string> {
  if (config.secret !== undefined) return config.secret;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const path = join(config.dataDir, 'secret');
  return (await readSecretFile(path)) ?? (await createSecretFile(path));
}

async function readSecretFile(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Written whole beside its place, then linked there: a reader sees all of it or none, the first writer wins. */
async function createSecretFile(path: string): Promise<string> {
  const draft = `${path}.${randomToken(6)}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomToken(48)}\n`);
    await file.sync();
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
  return (await readFile(path, 'utf8')).trim();
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
