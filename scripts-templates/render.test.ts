import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDomainError } from '../platform/errors/index.ts';
import type { ScriptContext } from './context.ts';
import type { Locale } from './document.ts';
import { RENDER_LIMITS } from './limits.ts';
import type { Moment } from './moment.ts';
import { createScriptRenderer, type ScriptRenderer } from './render.ts';
import { createScriptVersion } from './version.ts';

// 20 May 2026, 10:06 in Shanghai.
const MOMENT: Moment = { now: Date.UTC(2026, 4, 20, 2, 6), timeZone: 'Asia/Shanghai' };
const renderer = createScriptRenderer();

const versionOf = (body: string, locale: Locale = 'en', more: object = {}) =>
  createScriptVersion({
    locale,
    start: 'a',
    steps: [{ id: 'a', title: 'A', kind: 'thank', body, branches: [], ...more }],
  });

function first(script: ReturnType<ScriptRenderer['render']>) {
  const [step] = script.steps;
  assert.ok(step);
  return step;
}

const say = (body: string, context: ScriptContext = {}, locale: Locale = 'en') =>
  first(renderer.render(versionOf(body, locale), context, MOMENT))
    .paragraphs.map(({ lines }) => lines.join('\n'))
    .join('\n\n');

describe('rendering', () => {
  it('gives paragraphs of lines, without empty ones', () => {
    const { paragraphs } = first(
      renderer.render(versionOf('one\n two  \n\n \n\n{{#if vars.x}}no{{/if}}\n\nthree'), {}, MOMENT),
    );
    assert.deepEqual(paragraphs, [{ lines: ['one', 'two'] }, { lines: ['three'] }]);
  });

  it('gives plain text: markup in a value stays text, and nothing is escaped twice', () => {
    const said = say('{{customer.name}} & co', { customer: { name: `O'Brien <b onclick="x">` } });
    assert.equal(said, `O'Brien <b onclick="x"> & co`);
  });

  it('keeps a value on its line and takes control and direction characters out of it', () => {
    const said = say('[{{vars.note}}]', { vars: { note: ' a\r\n\u2028b\u202ec\u0000 ' } });
    assert.equal(said, '[a b c]');
  });

  it('shows the number masked only', () => {
    const context = { number: '+8613812345678' };
    assert.equal(
      say('{{number}} {{#if number}}{{fallback number "x"}}{{/if}}', context),
      '138****5678 138****5678',
    );
  });

  it('walks lists, with a way to say that there are none', () => {
    const body =
      '{{#each customer.products}}\n{{name}}: {{money price}}, {{../customer.city}}\n{{else}}\nnothing\n{{/each}}';
    const products = [{ name: 'Fibre', price: { minor: 12900, currency: 'EUR' } }, { name: 'TV' }];
    assert.equal(
      say(body, { customer: { city: 'Porto', products } }),
      'Fibre: €129, Porto\nTV: [price: not on file], Porto',
    );
    assert.equal(say(body, { customer: { products: [] } }), 'nothing');
    assert.equal(say(body), 'nothing');
  });

  it('shows only the branches whose condition holds', () => {
    const branches = [
      { label: 'always', goTo: 'a' },
      { label: 'vip', goTo: 'a', when: { field: 'vars.level', equals: 'VIP' } },
      { label: 'one', goTo: 'a', when: { field: 'vars.count', equals: 1 } },
      { label: 'has products', goTo: 'a', when: { field: 'customer.products', exists: true } },
      { label: 'no city', goTo: 'a', when: { field: 'customer.city', exists: false } },
    ];
    const context = { vars: { level: 'VIP', count: '1' }, customer: { city: 'Porto', products: [] } };
    const { branches: shown } = first(renderer.render(versionOf('x', 'en', { branches }), context, MOMENT));
    assert.deepEqual(shown, [
      { label: 'always', goTo: 'a' },
      { label: 'vip', goTo: 'a' },
      { label: 'one', goTo: 'a' },
    ]);
  });

  it('shows every branch rather than none', () => {
    const branches = [{ label: 'vip', goTo: 'a', when: { field: 'vars.level', equals: 'VIP' } }];
    const { branches: shown } = first(renderer.render(versionOf('x', 'en', { branches }), {}, MOMENT));
    assert.deepEqual(shown, [{ label: 'vip', goTo: 'a' }]);
  });
});

describe('a missing value', () => {
  it('is replaced by words that can be said, in the language of the script', () => {
    assert.equal(
      say('Hi {{customer.name}}, you live in {{customer.city}}.'),
      'Hi valued customer, you live in your area.',
    );
    assert.equal(say('{{customer.name}}，您好', {}, 'zh-CN'), '尊敬的客户，您好');
    assert.equal(say('{{customer.name}}', { customer: { name: ' \n ' } }), 'valued customer');
  });

  for (const nothing of ['-', '?', 'N/A', 'null', 'Unknown', '无', '未知', '！']) {
    it(`is also a cell that says so: "${nothing}"`, () => {
      assert.equal(say('{{customer.name}}', { customer: { name: nothing } }), 'valued customer');
    });
  }

  it('is a bracketed note where no words would fit, and is named for the desk', () => {
    const step = first(
      renderer.render(
        versionOf('{{vars.Plan}} {{money vars.fee "CNY"}} {{date vars.end}} {{customer.name}}'),
        {},
        MOMENT,
      ),
    );
    assert.equal(
      step.paragraphs[0]?.lines[0],
      '[Plan: not on file] [fee: not on file] [end: not on file] valued customer',
    );
    assert.deepEqual(step.missing, ['vars.Plan', 'vars.fee', 'vars.end', 'customer.name']);
  });

  it('takes the fallback the author wrote', () => {
    assert.equal(say('{{fallback vars.a vars.b "c"}} {{default (money vars.fee "CNY") "cheap"}}'), 'c cheap');
    assert.equal(say('{{fallback vars.a vars.b "c"}}', { vars: { b: 0 } }), '0');
  });

  it('leaves no stranded punctuation when the author wants nothing said', () => {
    assert.equal(say('Hi {{fallback customer.name ""}}, welcome'), 'Hi, welcome');
    assert.equal(say('{{fallback customer.name ""}}，您好', {}, 'zh-CN'), '您好');
    assert.equal(say('您好，{{fallback customer.name ""}}，欢迎', {}, 'zh-CN'), '您好，欢迎');
  });

  it('counts as false in if, and a zero does as Handlebars has it', () => {
    assert.equal(say('{{#if vars.a}}yes{{else}}no{{/if}}', { vars: { a: ' ' } }), 'no');
    assert.equal(say('{{#if vars.a includeZero=true}}yes{{else}}no{{/if}}', { vars: { a: 0 } }), 'yes');
  });
});

describe('a context that is not what it should be', () => {
  it('cannot be read beyond the listed fields', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"x":"leak"},"constructor":{"x":"leak"},"a":"fine","deep":{"x":"leak"}}',
    );
    const body = '{{vars.a}} {{vars.deep}} {{customer.secret}} {{agent.password}} {{secret}}';
    const context = {
      vars: hostile,
      customer: { secret: 'leak' },
      agent: { password: 'leak' },
      secret: 'leak',
    };
    const said = say(body, context as ScriptContext);
    assert.match(said, /^fine /);
    assert.doesNotMatch(said, /leak/);
  });

  it('cannot lend its prototype', () => {
    const context = { vars: Object.create({ inherited: 'leak' }), customer: Object.create({ name: 'leak' }) };
    assert.doesNotMatch(
      say('{{vars.inherited}} {{customer.name}} {{customer.toString}} {{customer.products.map}}', context),
      /leak|function/,
    );
  });

  it('does not make Handlebars write to the console', (test) => {
    const written = test.mock.method(console, 'error', () => undefined);
    say('{{vars.a.length}} {{customer.name.length}} {{customer.products.at}} {{customer.name.trim}}', {
      vars: { a: 'x' },
      customer: { name: 'x', products: [{}] },
    });
    assert.equal(written.mock.callCount(), 0);
  });

  it('may hold wrong types everywhere', () => {
    const context = {
      customer: [],
      number: {},
      agent: 'x',
      campaign: null,
      vars: [1],
    } as unknown as ScriptContext;
    assert.equal(
      say('{{customer.name}} {{number}} {{agentName}}', context),
      'valued customer your number your adviser',
    );
  });
});

describe('a rendering that would run away', () => {
  it('stops at a hundred items', () => {
    const products = Array.from({ length: 5000 }, (_, index) => ({ name: `p${index}` }));
    const said = say('{{#each customer.products}}{{name}},{{/each}}', { customer: { products } });
    assert.equal(said.split(',').filter(Boolean).length, RENDER_LIMITS.items);
  });

  it('cuts a value, a step and a script, and says so', () => {
    assert.equal(say('{{vars.a}}', { vars: { a: 'x'.repeat(1e6) } }).length, RENDER_LIMITS.valueLength);
    const loop = '{{#each customer.products}}{{name}}{{name}}{{/each}}'.repeat(8);
    const products = Array.from({ length: 100 }, () => ({ name: 'x'.repeat(500) }));
    const steps = Array.from({ length: 30 }, (_, index) => ({
      id: `s${index}`,
      title: 'S',
      kind: 'thank',
      body: loop,
      branches: [],
    }));
    const version = createScriptVersion({ locale: 'en', start: 's0', steps });
    const script = renderer.render(version, { customer: { products } }, MOMENT);
    const lengths = script.steps.map(
      ({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines).join('').length,
    );
    assert.equal(script.truncated, true);
    assert.equal(Math.max(...lengths), RENDER_LIMITS.stepLength);
    assert.equal(
      lengths.reduce((sum, length) => sum + length),
      RENDER_LIMITS.scriptLength,
    );
  });

  it('says nothing of cutting when nothing was cut', () => {
    assert.equal(renderer.render(versionOf('short'), {}, MOMENT).truncated, false);
  });
});

describe('the renderer', () => {
  const unsafe = [
    '{{lookup customer "name"}}',
    '{{{customer.name}}}',
    '{{> x}}',
    '{{#with customer}}{{/with}}',
    '{{vars.__proto__}}',
    '{{#each a}}{{#each b}}{{/each}}{{/each}}',
    '{{show vars.a "x"}}',
    '{{#vars}}{{/vars}}',
    '{{',
  ];
  for (const body of unsafe) {
    it(`refuses to run ${body} even if nobody linted it`, () => {
      assert.throws(
        () => renderer.render(versionOf(body), {}, MOMENT),
        (error) => isDomainError(error, 'script_invalid') && error.issues.length > 0,
      );
    });
  }

  it('refuses a ready-made tree in the place of text', () => {
    const version = versionOf('x');
    const tree = { type: 'Program', body: [], loc: {} } as unknown as string;
    const steps = version.document.steps.map((step) => ({ ...step, body: tree }));
    const forged = { contentHash: 'forged', document: { ...version.document, steps } };
    assert.throws(
      () => createScriptRenderer().render(forged, {}, MOMENT),
      (error) => isDomainError(error, 'script_invalid'),
    );
  });

  it('keeps as many compiled scripts as it may, and no refused one', () => {
    const small = createScriptRenderer({ maxCached: 2 });
    for (const body of ['a', 'b', 'c', 'c', 'a']) {
      assert.equal(first(small.render(versionOf(body), {}, MOMENT)).paragraphs[0]?.lines[0], body);
    }
    assert.throws(() => small.render(versionOf('{{> x}}'), {}, MOMENT));
    assert.equal(small.cached, 2);
  });

  it('gives the same for the same, and lets no rendering see another', () => {
    const version = versionOf('{{customer.name}} {{greeting}}');
    const one = renderer.render(version, { customer: { name: 'Ann' } }, MOMENT);
    renderer.render(version, {}, { now: 0 });
    assert.deepEqual(renderer.render(version, { customer: { name: 'Ann' } }, MOMENT), one);
    assert.deepEqual(first(one).missing, []);
  });
});
