import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDomainError } from '../../platform/errors/index.ts';
import { CAMPAIGN_STATES, LIFECYCLE_ACTIONS } from './campaigns-schema.ts';
import { isOpen, lifecycleStep } from './lifecycle.ts';

test('exactly the steps of the life of a campaign can be taken', () => {
  const steps = CAMPAIGN_STATES.flatMap((state) =>
    LIFECYCLE_ACTIONS.flatMap((action) => {
      try {
        return [`${state} ${action} → ${lifecycleStep(state, action).to}`];
      } catch (error) {
        assert.ok(isDomainError(error, 'wrong_campaign_state'));
        return [];
      }
    }),
  );
  assert.deepEqual(steps, [
    'draft makeReady → ready',
    'draft archive → archived',
    'ready backToDraft → draft',
    'ready start → running',
    'ready archive → archived',
    'running pause → paused',
    'running finish → finished',
    'paused resume → running',
    'paused finish → finished',
    'finished archive → archived',
  ]);
});

test('whatever leads to dialing asks whether everything is in place', () => {
  const asking = LIFECYCLE_ACTIONS.filter((action) =>
    CAMPAIGN_STATES.some((state) => {
      try {
        return lifecycleStep(state, action).needsAll;
      } catch {
        return false; // not a step of this state
      }
    }),
  );
  assert.deepEqual(asking, ['makeReady', 'start', 'resume']);
});

test('a campaign that came to its end is closed', () => {
  assert.deepEqual(CAMPAIGN_STATES.filter(isOpen), ['draft', 'ready', 'running', 'paused']);
});
