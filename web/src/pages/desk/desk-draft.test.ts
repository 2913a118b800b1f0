import assert from 'node:assert/strict';
import test from 'node:test';
import type { Disposition } from '../../api/shapes.ts';
import { draftFaults, emptyDraft, readDraft, shownDispositions, stepDraft } from './desk-draft.ts';

function disposition(id: string, more: Partial<Disposition> = {}): Disposition {
  return {
    id,
    parentId: null,
    code: id,
    category: 'refusal',
    label: { en: id, zh: id },
    rightPerson: true,
    needsNote: false,
    needsCallbackTime: false,
    rule: { action: 'doNotCall' },
    position: 0,
    active: true,
    ...more,
  };
}

const SET = [
  disposition('sale', { position: 0 }),
  disposition('refusal', { position: 1 }),
  disposition('price', { parentId: 'refusal', position: 3 }),
  disposition('noNeed', { parentId: 'refusal', position: 2 }),
  disposition('callback', { needsCallbackTime: true, position: 4 }),
  disposition('material', { needsNote: true, position: 5 }),
  disposition('old', { active: false, position: 6 }),
];
const NOW = '2026-11-22T10:00';
const draft = emptyDraft('a1');

test('another call begins with an empty draft, the same one keeps it', () => {
  const written = stepDraft(draft, { type: 'note', text: 'asked for the price' }, SET);
  assert.equal(stepDraft(written, { type: 'call', attemptId: 'a1' }, SET), written);
  assert.deepEqual(stepDraft(written, { type: 'call', attemptId: 'a2' }, SET), emptyDraft('a2'));
});

test('a group opens its reasons and is no result', () => {
  const opened = stepDraft(draft, { type: 'choose', id: 'refusal' }, SET);
  assert.deepEqual(draftFaults(opened, SET, NOW), ['noResult']);
  assert.deepEqual(
    shownDispositions(opened, SET).map((one) => one.id),
    ['noNeed', 'price'],
  );
  assert.deepEqual(draftFaults(stepDraft(opened, { type: 'choose', id: 'price' }, SET), SET, NOW), []);
});

test('what is put out of use is not offered, and what does not exist is not chosen', () => {
  const ids = shownDispositions(draft, SET).map((one) => one.id);
  assert.deepEqual(ids, ['sale', 'refusal', 'callback', 'material']);
  assert.equal(stepDraft(draft, { type: 'choose', id: 'gone' }, SET), draft);
});

test('a callback wants a time that is still to come, a note that is wanted is not blank', () => {
  const callback = stepDraft(draft, { type: 'choose', id: 'callback' }, SET);
  assert.deepEqual(draftFaults(callback, SET, NOW), ['noCallbackTime']);
  const at = (value: string) => stepDraft(callback, { type: 'callbackTime', value }, SET);
  assert.deepEqual(draftFaults(at('2026-11-22T10:00'), SET, NOW), ['callbackPast']);
  assert.deepEqual(draftFaults(at('2026-11-22T10:15'), SET, NOW), []);
  const material = stepDraft(draft, { type: 'choose', id: 'material' }, SET);
  const blank = stepDraft(material, { type: 'note', text: '  ' }, SET);
  assert.deepEqual(draftFaults(blank, SET, NOW), ['noNote']);
});

test('a walk through the script can be gone back, also when it went in a circle', () => {
  const walk = ['need', 'offer', 'need'].reduce(
    (at, stepId) => stepDraft(at, { type: 'goTo', stepId }, SET),
    draft,
  );
  assert.deepEqual(stepDraft(walk, { type: 'stepBack' }, SET).path, ['need', 'offer']);
  assert.deepEqual(stepDraft(draft, { type: 'stepBack' }, SET).path, []);
});

test('a stored draft that is damaged counts as none', () => {
  for (const text of [null, '', '{', '[]', 'null', '{"attemptId":3}'])
    assert.equal(readDraft(text), undefined);
  assert.deepEqual(readDraft(JSON.stringify(draft)), draft);
});
