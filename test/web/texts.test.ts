import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { AGENT_STATES } from '../../dialer/core/agent-state.ts';
import { OUTCOMES } from '../../dialer/core/outcomes.ts';
import { readSourceTree, type SourceFile } from '../house/source-tree.ts';

const ROOT = join(import.meta.dirname, '../..');
const LANGUAGES = ['en', 'zh-CN'] as const;
const AREAS = ['shell', 'live', 'report', 'desk', 'lists', 'codes', 'problems'] as const;

type Tree = { [key: string]: string | Tree };
type Texts = Map<string, string>;

/** Codes that no browser is ever answered: of the command line, of start-up, and of mistakes in our own code. */
const NEVER_ANSWERED = new Set([
  'backup_exists',
  'backup_of_postgres',
  'bad_file_key',
  'bad_job',
  'bad_schedule',
  'database_in_use',
  'far_end_model_invalid',
  'keys_invalid',
  'list_of_other_campaign',
  'list_of_other_country',
  'no_database',
  'no_such_schedule',
  'pacing_observation_invalid',
  'pacing_options_invalid',
  'pacing_snapshot_invalid',
  'port_forbidden',
  'port_in_use',
  'recording_invalid',
  'retry_input_invalid',
  'scenario_invalid',
]);

async function readTexts(language: string): Promise<Texts> {
  const texts: Texts = new Map();
  for (const area of AREAS) {
    const file = join(ROOT, 'web/src/i18n/locales', language, `${area}.json`);
    collect(JSON.parse(await readFile(file, 'utf8')) as Tree, area, texts);
  }
  return texts;
}

function collect(tree: Tree, path: string, into: Texts): void {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(`${path}.${key}`, value);
    else collect(value, `${path}.${key}`, into);
  }
}

/** All that `pattern` finds in the server's sources under `part`. */
function found(sources: readonly SourceFile[], part: RegExp, pattern: RegExp): Set<string> {
  const files = sources.filter(({ path }) => part.test(path) && !path.endsWith('.test.ts'));
  return new Set(files.flatMap(({ code }) => [...code.matchAll(pattern)].map((match) => match[1] ?? '')));
}

/** The members of a union of texts, by its name. */
function unionOf(sources: readonly SourceFile[], path: string, name: string): string[] {
  const { code } = sources.find((file) => file.path === path) ?? assert.fail(path);
  const union = new RegExp(`type ${name} =([^;]+);`).exec(code)?.[1] ?? assert.fail(name);
  return [...union.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '');
}

describe('the texts of the page', () => {
  let sources: SourceFile[];
  let texts: Map<string, Texts>;
  before(async () => {
    sources = (await readSourceTree(ROOT)).filter(({ path }) => !path.startsWith('web/'));
    const entries = LANGUAGES.map(async (language) => [language, await readTexts(language)] as const);
    texts = new Map(await Promise.all(entries));
  });

  const of = (language: string) => texts.get(language) ?? assert.fail(language);
  const missing = (keys: Iterable<string>) =>
    LANGUAGES.flatMap((language) =>
      [...keys].filter((key) => !of(language).get(key)).map((key) => [language, key]),
    );

  test('have the same keys in every language, and none is empty', () => {
    assert.deepEqual([...of('zh-CN').keys()].sort(), [...of('en').keys()].sort());
    assert.deepEqual(missing(of('en').keys()), []);
  });

  test('take the same parameters in every language', () => {
    const parameters = (text = '') =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)]
        .map((match) => match[1] ?? '')
        .toSorted((a, b) => a.localeCompare(b));
    const differing = [...of('en')].filter(
      ([key, text]) => String(parameters(text)) !== String(parameters(of('zh-CN').get(key))),
    );
    assert.deepEqual(differing, []);
  });

  test('speak Chinese in Chinese', () => {
    const notTranslated = [...of('zh-CN')]
      .filter(([, text]) => !/[\u4e00-\u9fff]/.test(text))
      .map(([key]) => key);
    assert.deepEqual(notTranslated, []);
  });

  test('say every problem that the server can answer', () => {
    const thrown = /new (?:DomainError|HttpError)\(\s*[^,]+,\s*'([a-z][a-z_]*)'/g;
    const codes = found(sources, /^(campaigns|server|dialer|platform|scripts-templates)\//, thrown);
    const parsers = found(sources, /^server\/http\/problem\.ts$/, /\[\d{3}, '([a-z_]+)'/g);
    const refusals = unionOf(sources, 'dialer/core/agent-state.ts', 'AgentRefusal');
    const all = [...codes, ...parsers, ...refusals.map((refusal) => `agent_${refusal}`), 'internal_error'];
    assert.ok(codes.size > 80, 'the search finds the codes');
    const answered = all.filter((code) => !NEVER_ANSWERED.has(code));
    assert.deepEqual(missing(answered.map((code) => `problems.${code}`)), []);
  });

  test('say every fault of an input', () => {
    const codes = found(sources, /^(campaigns|server)\//, /params: \{ code: '([a-z_]+)'/g);
    const general = found(sources, /^server\/http\/input\.ts$/, /one\('([a-z_]+)'/g);
    assert.ok(general.size > 4, 'the search finds the codes');
    assert.deepEqual(missing([...codes, ...general].map((code) => `problems.issue.${code}`)), []);
  });

  test('say everything that can hold a lead back or keep a campaign from starting', () => {
    const holds = found(sources, /^campaigns\/diagnosis\/explain\.ts$/, /^ {2}\| '([a-z_]+)'/gm);
    assert.ok(holds.size > 15, 'the search finds the codes');
    const blockers = found(sources, /^campaigns\/campaigns\/blockers\.ts$/, /blocker\(\s*'([a-z_]+)'/g);
    assert.ok(blockers.size > 5, 'the search finds the codes');
    const bounds = found(sources, /^dialer\/engine\//, /#bound\('([a-z_]+)'/g);
    const pacing = found(sources, /^dialer\/pacing\/explanation\.ts$/, /^ {2}\| '(\w+)'/gm);
    const gate = found(sources, /^campaigns\/compliance\/gate-decision\.ts$/, /^ {2}\| '([a-z_]+)'/gm);
    const dones = found(sources, /^dialer\/core\/retry-plan\.ts$/, /kind: 'done', reason: '(\w+)'/g);
    assert.deepEqual(
      missing([
        ...[...holds].map((code) => `codes.hold.${code}`),
        ...[...blockers].map((code) => `codes.blocker.${code}`),
        ...[...bounds, ...pacing].map((code) => `codes.bound.${code}`),
        ...[...gate, ...dones].map((code) => `codes.leadReason.${code}`),
      ]),
      [],
    );
  });

  test('say every outcome, every state of an agent, and every fault of a row', () => {
    const rows = found(
      sources,
      /^campaigns\/lists\/reading\/(rows|interpret-row|numbers\/number-types)\.ts$/,
      /^ {2}\| '([a-z_]+)'/gm,
    );
    assert.ok(rows.size > 15, 'the search finds the codes');
    assert.deepEqual(
      missing([
        ...OUTCOMES.map((outcome) => `codes.outcome.${outcome}`),
        ...AGENT_STATES.map((state) => `codes.agentState.${state}`),
        ...unionOf(sources, 'dialer/core/agent-state.ts', 'PauseReason').map(
          (reason) => `codes.pauseReason.${reason}`,
        ),
        ...[...rows].map((code) => `codes.rowFault.${code}`),
      ]),
      [],
    );
  });

  test('are there for every key that the page asks for', async () => {
    const page = (await readSourceTree(ROOT)).filter(({ path }) => path.startsWith('web/src/'));
    const keys = new Set(
      page.flatMap(({ code }) => [...code.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => match[1] ?? '')),
    );
    assert.ok(keys.size > 80, 'the search finds the keys');
    assert.deepEqual(missing(keys), []);
  });
});
