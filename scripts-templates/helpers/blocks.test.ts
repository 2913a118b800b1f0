import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFormats } from '../moment.ts';
import { BLOCK_HELPERS } from './blocks.ts';
import type { RenderScope } from './helper.ts';

describe('each', () => {
  it('stops rendering items once a step is full, so that no list makes megabytes first', () => {
    const scope: RenderScope = {
      locale: 'en',
      formats: createFormats(),
      root: {},
      now: 0,
      timeZone: undefined,
      holidayGreeting: undefined,
      loopBudget: 250,
      missing: new Set(),
    };
    const text = BLOCK_HELPERS.each.run({
      args: [Array(50).fill('item')],
      hash: {},
      self: {},
      scope,
      main: () => 'x'.repeat(100),
      otherwise: () => '',
    });
    assert.equal(text.length, 300);
    assert.equal(scope.loopBudget, -50);
  });
});
