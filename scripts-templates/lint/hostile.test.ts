import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import Handlebars from 'handlebars';
import { SCRIPT_LIMITS } from '../limits.ts';
import { lintScript } from './lint-script.ts';
import { refuseBeforeParsing } from './nesting.ts';

const codes = (body: unknown) => {
  const steps = [{ id: 'a', title: 'A', kind: 'thank', body, branches: [] }];
  return lintScript({ locale: 'en', start: 'a', steps }, { fields: [] }).map(({ code }) => code);
};

/** How deep a tree goes, whatever it is made of; an else-if counts. */
function depthOf(node: unknown): number {
  if (node === null || typeof node !== 'object') return 0;
  const below = Object.entries(node).map(([key, value]) => (key === 'loc' ? 0 : depthOf(value)));
  const own = 'type' in node && (node.type === 'BlockStatement' || node.type === 'SubExpression') ? 1 : 0;
  return own + Math.max(0, ...below);
}

describe('a hostile template', () => {
  it('of 80 kB of nested ifs is refused in less time than a twelfth of it takes to parse', () => {
    const nested = (depth: number) => '{{#if a}}'.repeat(depth) + '{{/if}}'.repeat(depth);
    const timed = (run: () => void) => {
      const before = process.hrtime.bigint();
      run();
      return process.hrtime.bigint() - before;
    };
    // Once unmeasured, so that neither pays for being the first.
    timed(() => codes(nested(2)));
    const parse = timed(() => Handlebars.parse(nested(400)));
    const refuse = timed(() => assert.deepEqual(codes(nested(5000)), ['body_too_large']));
    assert.ok(refuse < parse, `refused in ${refuse} ns, a twelfth parsed in ${parse} ns`);
  });

  const refused: [what: string, template: string, code: string][] = [
    ['blocks', '{{#if a}}'.repeat(99) + '{{/if}}'.repeat(99), 'too_deep'],
    ['blocks left open', '{{#if a}}'.repeat(190), 'too_deep'],
    ['inverse blocks', '{{^if a}}'.repeat(99) + '{{/if}}'.repeat(99), 'too_deep'],
    ['blocks with white-space control', '{{~#if a~}}'.repeat(190), 'too_deep'],
    ['else-ifs', `{{#if a}}${'{{else if b}}'.repeat(190)}{{/if}}`, 'too_deep'],
    ['sub-expressions', `{{fallback ${'(a '.repeat(4000)}`, 'too_deep'],
    ['sub-expressions behind braces in a string', `{{fallback "}}" ${'(a '.repeat(4000)}`, 'too_deep'],
    ['sub-expressions closed in strings only', `{{fallback ${'(a ")" '.repeat(2000)}`, 'too_deep'],
    ['sub-expressions closed in brackets only', `{{fallback ${'(a [)] '.repeat(2000)}`, 'too_deep'],
    ['blocks closed in comments only', '{{#if a}}{{! {{/if}}'.repeat(90), 'too_deep'],
    ['blocks closed in escaped tags only', '{{#if a}}\\{{/if}} '.repeat(150), 'too_deep'],
    ['blocks behind an escaped tag left open', `\\{{ ${'{{#if a}}'.repeat(190)}`, 'too_deep'],
    ['tags', '{{a}}'.repeat(201), 'too_many_tags'],
    ['raw blocks', '{{{{a}}}}'.repeat(400), 'raw_block'],
  ];
  for (const [what, template, code] of refused) {
    it(`of many ${what} is refused before it is parsed`, () => {
      assert.equal(refuseBeforeParsing(template)?.code, code);
      assert.deepEqual(codes(template).slice(0, 1), [code]);
    });
  }

  it('never gets past the refusal deeper than the limit, however its pieces are mixed', () => {
    const piece = fc.constantFrom(
      '{{#if a}}',
      '{{/if}}',
      '{{^if a}}',
      '{{else}}',
      '{{^}}',
      '{{else if b}}',
      '{{elseif}}',
      '{{~#if a~}}',
      '{{ ~else if b}}',
      '{{fallback (',
      '(a ',
      ')',
      '}}',
      '{{',
      '"',
      "'",
      '[',
      ']',
      '\\',
      '\\\\',
      '{{! ',
      '{{!-- ',
      '--}}',
      '{',
      '}',
      '~',
      'a',
      ' ',
      '\n',
      '{{a (b (c d))}}',
      '{{#each a}}',
      '{{/each}}',
      '{{#if (a (b c))}}',
    ); // prettier-ignore
    const template = fc.tuple(fc.array(piece, { maxLength: 60 }), fc.nat(40)).map(([pieces, open]) => {
      const closing = '{{#if a}}'.repeat(open);
      return closing + pieces.join('') + '{{/if}}'.repeat(open);
    });
    fc.assert(
      fc.property(template, (body) => {
        if (refuseBeforeParsing(body)) return;
        let tree: unknown;
        try {
          tree = Handlebars.parse(body);
        } catch {
          return; // not a template at all
        }
        // Blocks and the sub-expressions of one tag are counted apart.
        assert.ok(depthOf(tree) <= 2 * SCRIPT_LIMITS.rawDepth);
      }),
      { numRuns: 1500 },
    );
  });

  it('of any text at all gets issues, never an exception', () => {
    const text = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('{{', '}}', '{{#', '{{/', '{{{', '<a', '\\{{', '(', '"')),
    );
    fc.assert(fc.property(text, (parts) => Array.isArray(codes(parts.join('')))));
  });

  it('of any type at all gets issues, never an exception', () => {
    fc.assert(fc.property(fc.anything(), (value) => lintScript(value, { fields: [] }).length > 0));
    assert.deepEqual(codes({ type: 'Program', body: [] }), ['document_invalid']);
  });

  it('with thousands of faults gets the first two hundred', () => {
    assert.equal(codes('{{a b=c}}'.repeat(190)).length, SCRIPT_LIMITS.issues);
  });
});
