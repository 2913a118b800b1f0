import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isDomainError } from '../../platform/errors/index.ts';
import { SimulatedTrunk } from './trunk.ts';

describe('a simulated trunk', () => {
  test('takes no more new calls in any second than it may, wherever the second begins', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), gaps, (callsPerSecond, steps) => {
        const trunk = new SimulatedTrunk({ id: 't', capacity: 1_000, callsPerSecond });
        const taken: number[] = [];
        let now = 0;
        for (const step of steps) {
          now += step;
          if (trunk.take(now) === undefined) taken.push(now);
        }
        for (const start of taken) {
          assert.ok(taken.filter((at) => at >= start && at < start + 1_000).length <= callsPerSecond);
        }
      }),
    );
  });

  test('gives a line back when a call ends', () => {
    const trunk = new SimulatedTrunk({ id: 't', capacity: 1, callsPerSecond: 10 });
    assert.equal(trunk.take(0), undefined);
    assert.equal(trunk.take(5_000), 'congestion');
    trunk.release();
    assert.equal(trunk.take(6_000), undefined);
  });

  test('looks healthy when congested and broken when down', () => {
    const trunk = new SimulatedTrunk({ id: 't', capacity: 1, callsPerSecond: 1 });
    trunk.fail('congestion');
    assert.deepEqual([trunk.take(0), trunk.state().healthy], ['congestion', true]);
    trunk.fail('trunkFailure');
    assert.deepEqual([trunk.take(0), trunk.state().healthy], ['trunkFailure', false]);
    trunk.recover();
    assert.equal(trunk.take(0), undefined);
  });

  test('of no possible size is refused', () => {
    const refused = (error: unknown): boolean => isDomainError(error, 'trunk_invalid');
    assert.throws(() => new SimulatedTrunk({ id: 't', capacity: 1.5, callsPerSecond: 1 }), refused);
    assert.throws(() => new SimulatedTrunk({ id: 't', capacity: 1, callsPerSecond: 0 }), refused);
  });
});
