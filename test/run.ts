import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { testChromium } from './support/chromium.ts';
import { absentServices, summaryLines } from './support/run-report.ts';

/**
 * Runs every `*.test.ts` of the tree, or those whose path contains one of the arguments, and says at the end
 * which suites did not run because a service is away. With REQUIRE_SERVICES=1 that is a failure.
 */
const ROOT = join(import.meta.dirname, '..');
const NOT_OURS = new Set(['node_modules', 'dist', 'data', '.git', 'coverage']);

async function findTests(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : findTests(path);
    return entry.name.endsWith('.test.ts') ? [relative(ROOT, path)] : [];
  });
  return (await Promise.all(nested)).flat().sort();
}

/** Runs node's own test runner; its readable report goes to us, its countable one to `tapFile`. */
function runTests(files: string[], tapFile: string): Promise<number> {
  const flags = [
    '--import=tsx',
    '--test',
    '--test-concurrency=2',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tapFile}`,
  ];
  const child = spawn(process.execPath, [...flags, ...files], { cwd: ROOT, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function main(wanted: string[]): Promise<number> {
  const all = await findTests(ROOT);
  const files = wanted.length === 0 ? all : all.filter((file) => wanted.some((part) => file.includes(part)));
  if (files.length === 0) {
    process.stderr.write('No test file matches.\n');
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-run-'));
  try {
    const tapFile = join(folder, 'tap');
    const status = await runTests(files, tapFile);
    const sources = await Promise.all(
      files.map(async (file) => ({ file, text: await readFile(join(ROOT, file), 'utf8') })),
    );
    const absent = absentServices(sources, { ...process.env, CHROMIUM: testChromium() });
    process.stdout.write(`\n${[...summaryLines(await readFile(tapFile, 'utf8')), ...absent].join('\n')}\n`);
    if (absent.length > 0 && process.env.REQUIRE_SERVICES === '1') {
      process.stderr.write('REQUIRE_SERVICES=1: a service is away, so this run counts as failed.\n');
      return 1;
    }
    return status;
  } finally {
    await rm(folder, { recursive: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
