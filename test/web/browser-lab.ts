import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { type Lab, openLab, PASSWORD } from '../server/lab.ts';
import type { TestEngine } from '../support/databases.ts';

/** The screen that the desk must fit: a small laptop's, with the browser's own bars taken off. */
export const SCREEN = { width: 1_366, height: 625 };

const DEMO_PEOPLE = (['manager', 'agent', 'marketer'] as const).map((role) => ({
  role,
  login: role,
  name: role,
  password: PASSWORD,
}));

export interface BrowserLab {
  lab: Lab;
  /** A browser of its own, nobody signed in. */
  visit(options?: { language?: 'en' | 'zh-CN'; scheme?: 'light' | 'dark' }): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Everything the page complained about: refused by the content policy, thrown, not found. */
  complaints: string[];
  /** Scripts that were loaded, by name. */
  scripts: string[];
  signIn(login: string): Promise<void>;
}

/** The page as it is built, served by the real server over a database of its own, in a real browser. */
export async function openBrowserLab(engine: TestEngine, executablePath: string): Promise<BrowserLab> {
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-web-'));
  await build({
    root: join(import.meta.dirname, '../../web'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  const lab = await openLab(engine, { webFolder: folder, demoPeople: DEMO_PEOPLE });
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
  const browser = await chromium.launch({ executablePath, args });
  return {
    lab,
    visit: (options = {}) => visit(browser, lab.url, options),
    close: async () => {
      await browser.close();
      await lab.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function visit(
  browser: Browser,
  url: string,
  { language = 'en', scheme = 'light' }: { language?: string; scheme?: 'light' | 'dark' },
): Promise<Visit> {
  const context = await browser.newContext({ viewport: SCREEN, locale: language, colorScheme: scheme });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const scripts: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // nobody is signed in at first: the browser itself reports the 401
    const expected = /status of 401/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(new URL(response.url()).pathname);
  });
  await page.goto(url);
  const signIn = async (login: string) => {
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await page.locator('header.bar').waitFor();
  };
  return { context, page, complaints, scripts, signIn };
}
