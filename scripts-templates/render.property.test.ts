import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ScriptContext } from './context.ts';
import { LOCALES } from './document.ts';
import type { Moment } from './moment.ts';
import { createScriptRenderer } from './render.ts';
import { SAMPLE_SCRIPTS } from './samples/index.ts';
import { createScriptVersion } from './version.ts';

const EVERYTHING = `{{salutation}} {{greeting}} {{customer.name}} {{customer.surname}} {{customer.title}} {{number}}
{{#each customer.products}}{{@index}} {{name}} {{money price}} {{date endsOn}} {{this}} {{else}}none{{/each}}
{{agentName}} {{agentNumber}} {{campaign.name}} {{date now style="full"}} {{time now}} {{vars.a}} {{vars.b}} {{vars}}
{{money vars.a "CNY"}} {{money vars.a vars.b unit=vars.c}} {{money customer vars.a}} {{date vars.a style=vars.b}} {{time vars.a}}
{{plural vars.a vars.b vars.c}} {{fallback vars.a vars.b vars.c}} {{maskNumber vars.a}} {{maskNumber customer}}
{{#ifEquals vars.a vars.b}}x{{else}}y{{/ifEquals}} {{#if (equals vars vars.b)}}x{{/if}} {{#each vars.a}}z{{/each}} {{#each vars}}z{{/each}}`;

const versions = LOCALES.map((locale) =>
  createScriptVersion({
    locale,
    start: 'a',
    steps: [{ id: 'a', title: 'A', kind: 'thank', body: EVERYTHING, branches: [] }],
  }),
);
const renderer = createScriptRenderer();

const value = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('王', '欧阳', 'Mr', '__proto__', 'USD', '2026-13-40', 'M', 1e308, -0, 9e15),
);
const record = (keys: readonly string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
const context = fc.oneof(
  fc.anything(),
  fc.record(
    {
      customer: fc.oneof(
        value,
        record(['name', 'surname', 'givenName', 'title', 'gender', 'products', 'city']),
      ),
      number: value,
      agent: fc.oneof(value, record(['name', 'number'])),
      campaign: value,
      vars: fc.oneof(value, record(['a', 'b', 'c', '__proto__', 'constructor'])),
    },
    { requiredKeys: [] },
  ),
);
const moment = fc.record({
  now: fc.oneof(fc.integer(), value),
  timeZone: fc.oneof(fc.constantFrom('Asia/Shanghai', 'UTC'), value),
  holidayGreeting: value,
});

describe('whatever the context and the moment', () => {
  it('a call gets its script: text, without holes, and nothing thrown', () => {
    fc.assert(
      fc.property(context, moment, (given, when) => {
        for (const version of versions) {
          const script = renderer.render(version, given as ScriptContext, when as Moment);
          const lines = script.steps.flatMap(({ paragraphs }) =>
            paragraphs.flatMap((paragraph) => paragraph.lines),
          );
          assert.ok(lines.length > 0);
          for (const line of lines) {
            assert.notEqual(line.trim(), '');
            assert.doesNotMatch(line, /\[object |\bfunction\b.*\{/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the sample scripts never greet a hole', () => {
    // A name with commas of its own would be one; a cell without a letter or a digit is none.
    const name = fc.oneof(
      fc.constantFrom('', ' ', '-', '，', '!?', 'N/A', 'null', null, 0, {}, []),
      fc.string({ unit: fc.constantFrom('a', 'B', '王', '欧', '阳', '先', '生', ' ', '·'), maxLength: 6 }),
    );
    const customers = fc.record({ name, gender: value, title: name }, { requiredKeys: [] });
    const wish = fc.constantFrom('新年快乐', 'Happy New Year', '', '-', undefined);
    const moments = fc.tuple(moment, wish).map(([when, holidayGreeting]) => ({ ...when, holidayGreeting }));
    const samples = SAMPLE_SCRIPTS.map(({ document }) => createScriptVersion(document));
    fc.assert(
      fc.property(customers, moments, (customer, when) => {
        for (const version of samples) {
          const [opening] = renderer.render(version, { customer } as ScriptContext, when as Moment).steps;
          assert.doesNotMatch(opening?.paragraphs[0]?.lines[0] ?? '', /^[,，！!]|(^|\s)[,，]/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a prototype is never read and never changed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (secret) => {
        const vars = JSON.parse(`{"__proto__": {"polluted": ${JSON.stringify(secret)}}, "a": 1}`);
        for (const version of versions) renderer.render(version, { vars, customer: vars }, { now: 0 });
        return !('polluted' in {});
      }),
      { numRuns: 50 },
    );
  });
});
