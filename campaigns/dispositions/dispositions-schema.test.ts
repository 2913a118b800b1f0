import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultDispositions } from './default-dispositions.ts';
import { type DispositionInput, dispositionSet } from './dispositions-schema.ts';

const sale: DispositionInput = {
  code: 'sale',
  category: 'sale',
  label: { en: 'Sale', zh: '成交' },
  rule: { action: 'close', result: 'sold' },
};

test('a code used twice, in a group or across, is refused', () => {
  assert.equal(dispositionSet.safeParse([sale, sale]).success, false);
  const group = { ...sale, code: 'group', reasons: [sale] };
  assert.equal(dispositionSet.safeParse([sale, group]).success, false);
});

test('a callback that does not ask for a time is refused', () => {
  const callback = { ...sale, category: 'callback' as const, rule: { action: 'callback' as const } };
  assert.equal(dispositionSet.safeParse([callback]).success, false);
  assert.equal(dispositionSet.safeParse([{ ...callback, needsCallbackTime: true }]).success, true);
});

test('a rule with a field it does not know is refused, not ignored', () => {
  const rule = { action: 'close', result: 'sold', coolDownDay: 5 };
  assert.equal(dispositionSet.safeParse([{ ...sale, rule }]).success, false);
});

test('the default set is a set, and every label is there in both languages', () => {
  const set = dispositionSet.parse(defaultDispositions);
  for (const { label, reasons } of set) {
    for (const one of [label, ...(reasons ?? []).map((reason) => reason.label)]) {
      assert.match(one.zh, /\p{Script=Han}/u);
      assert.doesNotMatch(one.en, /\p{Script=Han}/u);
    }
  }
});
