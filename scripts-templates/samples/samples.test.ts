import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STANDARD_FIELDS } from '../fields.ts';
import { lintScript } from '../lint/lint-script.ts';
import { createScriptRenderer } from '../render.ts';
import { createScriptVersion } from '../version.ts';
import { SAMPLE_SCRIPTS } from './index.ts';

const moment = { now: Date.UTC(2026, 4, 20, 2, 6), timeZone: 'Asia/Shanghai' };

describe('the sample scripts', () => {
  it('exist in both languages, with the same steps and ways through them', () => {
    const shape = ({ document }: (typeof SAMPLE_SCRIPTS)[number]) =>
      document.steps.map(({ id, kind, branches }) => [id, kind, branches.map(({ goTo }) => goTo)]);
    for (const chinese of SAMPLE_SCRIPTS.filter(({ document }) => document.locale === 'zh-CN')) {
      const english = SAMPLE_SCRIPTS.find(
        ({ id, document }) => id === chinese.id && document.locale === 'en',
      );
      assert.ok(english, chinese.id);
      assert.deepEqual(shape(english), shape(chinese));
    }
  });

  for (const { id, document } of SAMPLE_SCRIPTS) {
    it(`${id} in ${document.locale} has nothing the linter would say a word about`, () => {
      assert.deepEqual(lintScript(document, { fields: STANDARD_FIELDS }), []);
    });

    it(`${id} in ${document.locale} goes through every stage of a sale`, () => {
      const kinds = new Set(document.steps.map(({ kind }) => kind));
      for (const kind of [
        'opening',
        'permission',
        'need',
        'offer',
        'objection',
        'close',
        'confirm',
        'thank',
      ] as const) {
        assert.ok(kinds.has(kind), kind);
      }
    });

    it(`${id} in ${document.locale} can be read out when nothing is known of the customer`, () => {
      const rendered = createScriptRenderer().render(createScriptVersion(document), {}, moment);
      const lines = rendered.steps.flatMap(({ paragraphs }) =>
        paragraphs.flatMap((paragraph) => paragraph.lines),
      );
      for (const line of lines) {
        assert.doesNotMatch(line, /undefined|null|NaN|\[object|\{\{|［|\[| [,，]|，，/);
      }
    });
  }
});
