import assert from 'node:assert/strict';
import test from 'node:test';
import { deskCommand, type KeyPress } from './desk-keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  alt: false,
  writing: false,
  ...more,
});
const talking = { state: 'connected', onCall: true } as const;

test('letters and digits stay letters and digits while the agent writes', () => {
  for (const key of ['1', 'a', 'n', 's', 'Enter', 'Backspace']) {
    assert.equal(deskCommand(press(key, { writing: true }), talking), undefined);
  }
});

test('hanging up, more time and saving work from inside the note', () => {
  assert.deepEqual(deskCommand(press('F8', { writing: true }), talking), { type: 'hangUp' });
  const wrapUp = { state: 'wrapUp', onCall: true } as const;
  assert.deepEqual(deskCommand(press('F9', { writing: true }), wrapUp), { type: 'extend' });
  assert.deepEqual(deskCommand(press('Enter', { writing: true, ctrl: true }), wrapUp), { type: 'save' });
});

test('a key that the state does not allow is left to the browser', () => {
  assert.equal(deskCommand(press('F8'), { state: 'available', onCall: false }), undefined);
  assert.equal(deskCommand(press('F2'), { state: 'available', onCall: false }), undefined);
  assert.equal(deskCommand(press('F4'), { state: 'signedOff', onCall: false }), undefined);
  assert.equal(deskCommand(press('F2'), { state: 'paused', onCall: true }), undefined);
  assert.equal(deskCommand(press('1'), { state: 'available', onCall: false }), undefined);
});

test('Enter dials a card that is previewed, and nothing else', () => {
  assert.deepEqual(deskCommand(press('Enter'), { state: 'reserved', onCall: false }), { type: 'dial' });
  assert.deepEqual(deskCommand(press('S'), { state: 'reserved', onCall: false }), { type: 'skip' });
  assert.equal(deskCommand(press('Enter'), talking), undefined);
});

test('keys of the browser and of the system are theirs', () => {
  for (const key of ['F1', 'F5', 'F11', 'Tab', 'ArrowDown']) {
    assert.equal(deskCommand(press(key), talking), undefined);
  }
  assert.equal(deskCommand(press('r', { ctrl: true }), talking), undefined);
  assert.equal(deskCommand(press('F4', { alt: true }), talking), undefined);
});
