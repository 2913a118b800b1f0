import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AbandonSettings, bindDialing } from './bind-dialing.ts';
import { builtInPresets } from './preset-catalogue.ts';

const SETTINGS: AbandonSettings = {
  targetAbandonRate: 0.05,
  connectWithinMs: 3_000,
  abandonWindow: { kind: 'campaignBlock', days: 30 },
};
const zone = 'Europe/London';

function rulesOf(...ids: string[]) {
  return builtInPresets()
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ abandon }) => abandon);
}

test('a campaign that calls Britain is counted by the local day, at two seconds and three percent', () => {
  assert.deepEqual(bindDialing(SETTINGS, { rules: rulesOf('gb'), zone }), {
    targetAbandonRate: 0.03,
    connectWithinMs: 2_000,
    abandonWindow: { kind: 'localDay', timeZone: zone },
  });
});

test('a manager may be stricter than the law, never laxer', () => {
  const strict: AbandonSettings = {
    targetAbandonRate: 0.01,
    connectWithinMs: 1_000,
    abandonWindow: { kind: 'localDay', timeZone: zone },
  };
  assert.deepEqual(bindDialing(strict, { rules: rulesOf('us-federal'), zone }), strict);
});

test('where nothing is said the settings stand', () => {
  assert.deepEqual(bindDialing(SETTINGS, { rules: [], zone }), SETTINGS);
});

test('of several places the strictest of each limit holds', () => {
  const both = bindDialing(SETTINGS, { rules: rulesOf('us-federal', 'it', 'ca'), zone });
  assert.equal(both.targetAbandonRate, 0.03);
  assert.equal(both.connectWithinMs, 2_000);
});
