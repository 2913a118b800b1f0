import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'server', 'cli', 'main.ts');

/** A Dialwright of its own process, as a person starts it. */
export interface Child {
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly written: { out: string; error: string };
  /** Resolves when it has ended and everything it wrote is here. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  /** Exit status; null when a signal ended it. */
  code: number | null;
  out: string;
  error: string;
}

/** Only what a test sets: a developer's own settings must not reach the child. */
const SETTINGS = /^(PATH|HOME|TMPDIR|NODE_V8_COVERAGE)$/;

/** Starts `dialwright …`; nothing of the surrounding settings but the path is handed on. */
export function dialwright(args: readonly string[], env: Record<string, string>): Child {
  return runScript(MAIN, args, env);
}

/** Starts a program of the project's, TypeScript as it is. */
export function runScript(file: string, args: readonly string[], env: Record<string, string>): Child {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => SETTINGS.test(name)));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: ROOT,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.error += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...written }));
  return { process: child, written, ended };
}

/** Resolves with the first line on standard output that `parse` makes something of. @throws when it ends before */
export async function firstAnswer<T>(child: Child, parse: (line: string) => T | undefined): Promise<T> {
  const { stdout } = child.process;
  if (!stdout) throw new Error('A child without standard output');
  return new Promise((resolve, reject) => {
    const look = () => {
      for (const line of child.written.out.split('\n').slice(0, -1)) {
        const found = parse(line);
        if (found !== undefined) resolve(found);
      }
    };
    stdout.on('data', look);
    child.ended.then(({ code, error }) => reject(new Error(`It ended with ${code} first: ${error}`)), reject);
    look();
  });
}
