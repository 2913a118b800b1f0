import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ISSUE_TEXTS, issueText, type ScriptIssueCode } from './messages.ts';

const placeholders = (text: string) => new Set(text.match(/(?<!\{)\{[a-z]+\}/g));

describe("the linter's messages", () => {
  it('name the same parameters in both languages', () => {
    for (const [code, texts] of Object.entries(ISSUE_TEXTS)) {
      assert.deepEqual(placeholders(texts['zh-CN']), placeholders(texts.en), code);
    }
  });

  it('are written in Chinese in Chinese', () => {
    for (const [code, texts] of Object.entries(ISSUE_TEXTS))
      assert.match(texts['zh-CN'], /\p{Script=Han}/u, code);
  });

  it('put the parameters in, and leave an unknown placeholder as it is', () => {
    assert.equal(issueText('nested_each', {}, 'en'), ISSUE_TEXTS.nested_each.en);
    const shown = issueText('no_fallback', { name: 'vars.Plan' }, 'en');
    assert.match(shown, /\{\{fallback vars\.Plan "…"\}\}/);
    assert.match(issueText('unknown_field' as ScriptIssueCode, {}, 'zh-CN'), /\{name\}/);
  });
});
