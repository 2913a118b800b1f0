import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STANDARD_FIELDS, varFields } from '../fields.ts';
import { lintScript } from './lint-script.ts';

const fields = [...STANDARD_FIELDS, ...varFields(['套餐', 'fee', 'My plan'])];

const scriptOf = (body: unknown) => ({
  locale: 'en',
  start: 'a',
  steps: [
    { id: 'a', title: 'A', kind: 'opening', body, branches: [{ label: 'on', goTo: 'b' }] },
    { id: 'b', title: 'B', kind: 'thank', body: 'bye', branches: [] },
  ],
});

const lint = (body: string) =>
  lintScript(scriptOf(body), { fields }).map(({ code, line, column, stepId }) => {
    assert.equal(stepId, 'a');
    return `${code} ${line}:${column}`;
  });

describe('the linter, on a template', () => {
  const wrong: [template: string, issue: string][] = [
    ['Hi\n {{customer.nam}}', 'unknown_field 2:4'],
    ['{{customer}}', 'unknown_field 1:3'],
    ['{{this}}', 'unknown_field 1:3'],
    ['{{"text"}}', 'unknown_field 1:3'],
    ['{{vars.other}}', 'unknown_field 1:3'],
    ['{{../customer.name}}', 'unknown_field 1:3'],
    ['{{@index}}', 'unknown_field 1:3'],
    ['{{@scope.now}}', 'unknown_field 1:3'],
    ['{{#if customer.nam}}x{{/if}}', 'unknown_field 1:7'],
    ['{{date customer.nam}}', 'unknown_field 1:8'],
    ['{{fallback (date vars.other) "x"}}', 'unknown_field 1:18'],
    ['{{#each customer.products}}{{customer.name}}{{/each}}', 'unknown_field 1:30'],
    ['{{#each customer.products}}{{this}}{{/each}}', 'unknown_field 1:30'],
    ['{{customer.constructor}}', 'forbidden_name 1:3'],
    ['{{vars.__proto__}}', 'forbidden_name 1:3'],
    ['{{#if vars.[__proto__].x}}x{{/if}}', 'forbidden_name 1:7'],
    ['{{shout customer.name}}', 'unknown_helper 1:1'],
    ['{{lookup vars.fee "name"}}', 'unknown_helper 1:1'],
    ['{{log "x"}}', 'unknown_helper 1:1'],
    ['{{show customer.name "x"}}', 'unknown_helper 1:1'],
    ['{{this.greeting "x"}}', 'unknown_helper 1:1'],
    ['{{#with vars.fee}}x{{/with}}', 'unknown_helper 1:1'],
    ['{{#customer}}x{{/customer}}', 'unknown_helper 1:1'],
    ['{{^customer.name}}x{{/customer.name}}', 'unknown_helper 1:1'],
    ['{{#if (shout customer.name)}}x{{/if}}', 'unknown_helper 1:7'],
    ['{{#money vars.fee "CNY"}}x{{/money}}', 'unknown_helper 1:1'],
    ['{{plural 3}}', 'helper_arguments 1:1'],
    ['{{date}}', 'helper_arguments 1:1'],
    ['{{#if customer.name customer.city}}x{{/if}}', 'helper_arguments 1:1'],
    ['{{date now colour="red"}}', 'helper_option 1:1'],
    ['{{{customer.name}}}', 'triple_stash 1:1'],
    ['{{&customer.name}}', 'triple_stash 1:1'],
    ['{{> header}}', 'partial 1:1'],
    ['{{> (lookup . "x")}}', 'partial 1:1'],
    ['{{#> layout}}x{{/layout}}', 'partial 1:1'],
    ['{{* deco}}', 'decorator 1:1'],
    ['{{#*inline "x"}}y{{/inline}}', 'inline_block 1:1'],
    ['{{#* deco}}y{{/deco}}', 'decorator 1:1'],
    ['{{#each customer.products as |p|}}x{{/each}}', 'block_parameters 1:1'],
    ['{{#each customer.name}}x{{/each}}', 'not_a_list 1:9'],
    ['{{customer.products}}', 'not_printable 1:3'],
    ['{{now}}', 'not_printable 1:3'],
    ['{{#each customer.products}}{{price}}{{/each}}', 'not_printable 1:30'],
    ['Hello\nthere <b>you</b>', 'raw_html 2:7'],
    ['{{greeting}} <br/>', 'raw_html 1:14'],
    ['<!-- x -->', 'raw_html 1:1'],
    ['a&nbsp;b', 'raw_html 1:2'],
    ['one\n{{#if customer.name}}\ntwo', 'syntax_error 3:undefined'],
    ['one\n{{#if customer.name}}x{{/each}}', 'syntax_error 2:4'],
    ['{{customer.name', 'syntax_error 1:undefined'],
    ['{{customer.name}', 'syntax_error 1:undefined'],
    ['{{{{if customer.name}}}}x{{{{/if}}}}', 'raw_block undefined:undefined'],
    ['{{vars.套餐}}', 'no_fallback 1:3'],
    ['{{#if vars.套餐}}x{{else}}{{vars.套餐}}{{/if}}', 'no_fallback 1:27'],
  ];
  for (const [template, issue] of wrong) {
    it(`says ${issue.split(' ')[0]} of ${JSON.stringify(template)}`, () =>
      assert.deepEqual(lint(template), [issue]));
  }

  it('refuses a list inside a list', () => {
    const nested = '{{#each customer.products}}{{#each ../customer.products}}{{name}}{{/each}}{{/each}}';
    assert.deepEqual(lint(nested), ['nested_each 1:28']);
  });

  it('counts blocks and sub-expressions down to the eighth, and refuses the ninth', () => {
    const ifs = (depth: number) => '{{#if customer.name}}'.repeat(depth) + '{{/if}}'.repeat(depth);
    assert.deepEqual(lint(ifs(8)), []);
    assert.deepEqual(lint(ifs(9)), [`too_deep 1:${8 * '{{#if customer.name}}'.length + 1}`]);
    const calls = (depth: number) =>
      `{{fallback ${'(fallback now '.repeat(depth)}"x"${' )'.repeat(depth)} "x"}}`;
    assert.deepEqual(lint(calls(8)), []);
    assert.equal(lint(calls(9)).length, 1);
  });

  it('takes a long chain of else-ifs for what it is to its author: one level', () => {
    const chain = `{{#if customer.name}}a${'{{else if customer.city}}b'.repeat(20)}{{/if}}`;
    assert.deepEqual(lint(chain), []);
  });

  const right = [
    '{{greeting}}, {{salutation fallback="you"}}! {{customer.name}} {{number}}',
    '{{#each customer.products}}{{@index}} {{name}} {{#if endsOn}}{{endsOn}}{{/if}} {{../customer.city}}{{/each}}',
    '{{#each customer.products}}{{@root.customer.city}}{{else}}{{customer.city}}{{/each}}',
    '{{#if vars.套餐}}{{vars.套餐}}{{/if}} {{fallback vars.[My plan] "plan"}}',
    '{{#unless vars.fee}}free{{else}}{{vars.fee}}{{/unless}}',
    '{{#ifEquals vars.fee 0}}a{{else ifEquals vars.fee 1}}b{{else}}c{{/ifEquals}}',
    '{{money vars.fee "CNY" unit="major"}} {{~date now style="full"~}} {{plural vars.fee "a" "b"}}',
    'R&D, 3 < 5 <3, a "b" & c {{! note }} {{!-- {{#if x}} --}} \\{{not a tag}}',
    '{{#if (equals vars.fee "(((((((((((((((((((((((((((((((((((((")}}x{{/if}}',
  ];
  for (const template of right) {
    it(`finds nothing wrong in ${JSON.stringify(template)}`, () => assert.deepEqual(lint(template), []));
  }

  it('takes any variable where the fields say so', () => {
    const options = { fields: [{ path: 'vars.*', kind: 'text', always: true } as const] };
    const found = lintScript(scriptOf('{{fallback vars.anything "x"}}{{fallback vars.a.b "x"}}'), options);
    assert.deepEqual(
      found.map(({ params }) => params.name),
      ['vars.a.b'],
    );
  });

  it('says what is wrong in words with the parameters in them', () => {
    const [issue] = lintScript(scriptOf('{{customer.nam}}'), { fields });
    assert.equal(issue?.message, 'There is no field called "customer.nam" here.');
    assert.equal(issue?.path, '/steps/0/body');
    assert.equal(issue?.severity, 'error');
  });

  it('flags words not to say, whole words in Latin letters, wherever they stand in Chinese', () => {
    const found = lintScript(scriptOf('I guarantee it.\nguaranteed 保证收益'), {
      fields,
      avoidWords: ['Guarantee', '收益', 'ante', ' '],
    });
    assert.deepEqual(
      found.map(({ code, severity, line, column }) => [code, severity, line, column]),
      [
        ['avoided_word', 'warning', 1, 3],
        ['avoided_word', 'warning', 2, 14],
      ],
    );
  });
});
