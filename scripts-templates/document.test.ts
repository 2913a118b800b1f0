import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDomainError } from '../platform/errors/index.ts';
import { createScriptVersion } from './version.ts';

const step = { id: 'a', title: 'A', kind: 'thank', body: 'bye', branches: [] };
const document = { locale: 'en', start: 'a', steps: [step] };

const codesOf = (value: unknown) => {
  try {
    createScriptVersion(value);
  } catch (error) {
    assert.ok(isDomainError(error, 'script_invalid'));
    return error.issues.map((issue) => `${issue.code} ${issue.path}`);
  }
  return [];
};

describe('a script document', () => {
  it('has the same hash whatever the order of its keys, and another for another word', () => {
    const { contentHash } = createScriptVersion(document);
    const turned = { steps: [Object.fromEntries(Object.entries(step).reverse())], start: 'a', locale: 'en' };
    assert.equal(createScriptVersion(turned).contentHash, contentHash);
    const other = { ...document, steps: [{ ...step, body: 'Bye' }] };
    assert.notEqual(createScriptVersion(other).contentHash, contentHash);
  });

  const refused: [why: string, value: unknown, issue: string][] = [
    ['is not an object', 'script', 'document_invalid '],
    ['is nothing', null, 'document_invalid '],
    [
      'has a body that is a tree',
      { ...document, steps: [{ ...step, body: { type: 'Program', body: [] } }] },
      'document_invalid /steps/0/body',
    ],
    [
      'has an unlisted property',
      { ...document, steps: [{ ...step, html: true }] },
      'document_invalid /steps/0',
    ],
    ['has no steps', { ...document, steps: [] }, 'document_invalid /steps'],
    ['has 61 steps', { ...document, steps: Array(61).fill(step) }, 'too_many_steps /steps'],
    [
      'has a body of 20,001 bytes',
      { ...document, steps: [{ ...step, body: 'x'.repeat(20_001) }] },
      'body_too_large /steps/0/body',
    ],
    [
      'has a body of 6,667 Chinese characters',
      { ...document, steps: [{ ...step, body: '话'.repeat(6_667) }] },
      'body_too_large /steps/0/body',
    ],
    [
      'is over 200,000 bytes in all',
      { ...document, steps: Array(11).fill({ ...step, body: 'x'.repeat(19_000) }) },
      'script_too_large /steps',
    ],
    [
      'has 1,001 tags in all',
      { ...document, steps: Array(11).fill({ ...step, body: '{{a}}'.repeat(91) }) },
      'script_too_many_tags /steps',
    ],
    ['has an unknown locale', { ...document, locale: 'fr' }, 'document_invalid /locale'],
    ['has an id with a space', { ...document, start: 'a b' }, 'document_invalid /start'],
    [
      'has a label of 81 letters',
      { ...document, steps: [{ ...step, branches: [{ label: 'x'.repeat(81), goTo: 'a' }] }] },
      'document_invalid /steps/0/branches/0/label',
    ],
  ];
  for (const [why, value, issue] of refused) {
    it(`is refused when it ${why}`, () => assert.deepEqual(codesOf(value), [issue]));
  }

  it('is taken at its limits', () => {
    assert.deepEqual(codesOf({ ...document, steps: [{ ...step, body: 'x'.repeat(20_000) }] }), []);
  });
});
