import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedSettings, settingsChangeSchema, settingsSchema } from './settings-schema.ts';

const refused = (change: unknown) =>
  settingsChangeSchema.safeParse(change).error?.issues.map(({ path }) => path.join('.'));

test('nothing given is a whole, careful campaign', () => {
  const settings = settingsSchema.parse({});
  assert.equal(settings.dialing.ratio, 1);
  assert.ok(settings.dialing.targetAbandonRate < 0.03);
  assert.equal(settings.dialing.detectMachines, false);
  assert.deepEqual(settings.compliance.presets, []);
  assert.ok(settings.retries.maxPerLeadPerDay <= settings.retries.maxPerLead);
});

test('a change of one field leaves all others as they were, defaults too', () => {
  const before = changedSettings(settingsSchema.parse({}), { dialing: { maxLines: 7, ratio: 2 } });
  const after = changedSettings(before, settingsChangeSchema.parse({ dialing: { ratio: 3 } }));
  assert.deepEqual(after, { ...before, dialing: { ...before.dialing, ratio: 3 } });
});

test('one retry rule is changed whole, and the others stay', () => {
  const before = settingsSchema.parse({});
  const busy = { delayMs: 5_000, turnTo: 'nextNumber' } as const;
  const after = changedSettings(before, settingsChangeSchema.parse({ retries: { rules: { busy } } }));
  assert.deepEqual(after.retries.rules, { ...before.retries.rules, busy });
  assert.deepEqual(refused({ retries: { rules: { busy: { delayMs: 5_000 } } } }), [
    'retries.rules.busy.turnTo',
  ]);
});

test('limits hold: no abandon target over five percent, no window that ends before it begins', () => {
  assert.deepEqual(refused({ dialing: { targetAbandonRate: 0.06 } }), ['dialing.targetAbandonRate']);
  const window = { days: [1], from: 600, to: 600 };
  assert.deepEqual(refused({ compliance: { windows: [window] } }), ['compliance.windows.0.to']);
  assert.deepEqual(refused({ compliance: { windows: [] } }), ['compliance.windows']);
  assert.deepEqual(refused({ dialing: { ringTimeoutMs: 1_000 } }), ['dialing.ringTimeoutMs']);
});

test('settings written before one of them existed are read with its default', () => {
  const { abandonMessage: _new, ...dialing } = settingsSchema.parse({}).dialing;
  assert.equal(settingsSchema.parse({ dialing }).dialing.abandonMessage, true);
});
