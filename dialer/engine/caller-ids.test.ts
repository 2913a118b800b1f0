import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallerIds } from './caller-ids.ts';

const NOON = Date.UTC(2026, 10, 22, 4); // of Shanghai
const MIDNIGHT = Date.UTC(2026, 10, 22, 16);

function callerIds(...caps: (number | null)[]): CallerIds {
  return new CallerIds({
    timeZone: 'Asia/Shanghai',
    callerIds: caps.map((dailyCap, index) => ({ e164: `+${index}`, dailyCap })),
  });
}

function takeMany(ids: CallerIds, count: number, now = NOON): (string | undefined)[] {
  return Array.from({ length: count }, () => ids.take(now));
}

test('none is used beyond its daily cap, and then there is none before local midnight', () => {
  const ids = callerIds(1, 2);
  assert.deepEqual(takeMany(ids, 4), ['+0', '+1', '+1', undefined]);
  assert.equal(ids.anyLeft(MIDNIGHT - 1), false);
  assert.deepEqual(takeMany(ids, 1, MIDNIGHT), ['+0']);
});

test('the least used is taken, whatever was used before', () => {
  const ids = callerIds(null, null);
  ids.remember(new Map([['+0', 2]]), NOON);
  assert.deepEqual(takeMany(ids, 4), ['+1', '+1', '+0', '+1']);
});

test('what did not leave the house is given back, but not to another day', () => {
  const ids = callerIds(1);
  ids.take(NOON);
  ids.giveBack('+0', NOON);
  assert.equal(ids.take(NOON), '+0');
  assert.equal(ids.take(MIDNIGHT), '+0');
  ids.giveBack('+0', NOON);
  assert.equal(ids.take(MIDNIGHT), undefined);
});

test('a cap that changes holds at once, and keeps what was used', () => {
  const ids = callerIds(5);
  takeMany(ids, 2);
  ids.configure({ timeZone: 'Asia/Shanghai', callerIds: [{ e164: '+0', dailyCap: 2 }] });
  assert.equal(ids.take(NOON), undefined);
});

test('a campaign without caller IDs has none to give', () => {
  assert.equal(callerIds().take(NOON), undefined);
});
