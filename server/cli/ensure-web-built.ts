import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const WEB = join(ROOT, 'web');
const BUILT = join(ROOT, 'dist', 'web', 'index.html');

/** Builds the web application when it was never built, or its sources have changed since. */
export async function ensureWebBuilt(say: (line: string) => void): Promise<void> {
  const built = await modifiedAt(BUILT);
  const changed = await newestIn(WEB);
  if (changed === 0 || built > changed) return;
  say('building the web application; this is done once');
  const { build } = await import('vite');
  await build({ root: WEB, logLevel: 'warn' });
}

async function modifiedAt(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.mtimeMs,
    () => 0, // not there: older than anything
  );
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'));
  const times = await Promise.all(files.map((entry) => modifiedAt(join(entry.parentPath, entry.name))));
  return Math.max(0, ...times);
}
