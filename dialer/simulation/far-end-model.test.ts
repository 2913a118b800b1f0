import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDomainError } from '../../platform/errors/index.ts';
import { forkRandom, seededRandom } from '../../platform/random/index.ts';
import type { PlaceOrder } from '../telephony/port.ts';
import { DEFAULT_FAR_END, type FarEndModel, farEndScenarios } from './far-end-model.ts';
import { parseScenario, type Scenario } from './scenario.ts';

const ORDER: PlaceOrder = {
  attemptId: 'a1',
  e164: '+999000000001',
  trunkId: 't',
  ringTimeoutMs: 30_000,
  ticketExpiresAt: 0,
  detectMachine: false,
};

function drawn(model: FarEndModel, count: number, seed = 'draws'): Scenario[] {
  const source = farEndScenarios({ model, random: seededRandom(seed), now: () => 0 });
  return Array.from({ length: count }, () => source(ORDER));
}

function share(scenarios: Scenario[], is: (scenario: Scenario) => boolean): number {
  return scenarios.filter(is).length / scenarios.length;
}

describe('a far-end model', () => {
  test('draws each kind as often as its weight says', () => {
    const scenarios = drawn(DEFAULT_FAR_END, 20_000);
    const near = (actual: number, wanted: number): void =>
      assert.ok(Math.abs(actual - wanted) < 0.015, `${actual}`);
    near(
      share(scenarios, ({ by }) => by === 'person'),
      0.3,
    );
    near(
      share(scenarios, ({ by }) => by === 'machine'),
      0.22,
    );
    near(
      share(scenarios, ({ result }) => result === 'noAnswer'),
      0.32,
    );
    near(
      share(scenarios, ({ result }) => result === 'busy'),
      0.07,
    );
  });

  test('draws times with the median it names, never negative, never above four hours', () => {
    const model = { ...DEFAULT_FAR_END, talk: { medianMs: 60_000, sigma: 2 } };
    const talks = drawn(model, 20_000).flatMap(({ by, talkMs }) =>
      by === 'person' && talkMs !== undefined ? [talkMs] : [],
    );
    assert.ok(talks.every((ms) => Number.isInteger(ms) && ms >= 0 && ms <= 14_400_000));
    assert.ok(
      Math.abs(
        share(
          talks.map((talkMs) => ({ result: 'answered', talkMs })),
          ({ talkMs = 0 }) => talkMs < 60_000,
        ) - 0.5,
      ) < 0.02,
    );
  });

  test('reaches fewer persons at an hour that says so', () => {
    const personByHour = Array.from({ length: 24 }, (_, hour) => (hour === 3 ? 0 : 1));
    const model = { ...DEFAULT_FAR_END, personByHour };
    const source = farEndScenarios({ model, random: seededRandom(1), now: () => 3 * 3_600_000 });
    for (let i = 0; i < 500; i++) assert.notEqual(source(ORDER).by, 'person');
  });

  test('gives an order the same far end whoever is dialed before it, if chance comes per order', () => {
    const random = (order: PlaceOrder) => forkRandom('seed', order.e164);
    const options = { model: DEFAULT_FAR_END, random, now: () => 0 };
    const alone = farEndScenarios(options)(ORDER);
    const source = farEndScenarios(options);
    source({ ...ORDER, e164: '+999000000002' });
    assert.deepEqual(source(ORDER), alone);
  });

  test('draws only scenarios that an order could also carry', () => {
    for (const scenario of drawn(DEFAULT_FAR_END, 1_000)) assert.deepEqual(parseScenario(scenario), scenario);
  });

  test('that makes no sense is refused', () => {
    const wrong: Partial<FarEndModel>[] = [
      { personByHour: [1, 2] },
      { optsOut: 2 },
      { talk: { medianMs: -1, sigma: 1 } },
      { weights: { ...DEFAULT_FAR_END.weights, busy: Number.NaN } },
    ];
    for (const change of wrong) {
      const refused = (error: unknown): boolean => isDomainError(error, 'far_end_model_invalid');
      assert.throws(() => drawn({ ...DEFAULT_FAR_END, ...change }, 1), refused);
    }
  });
});

test('a scenario that came with an order is refused with what is wrong in it', () => {
  assert.throws(
    () => parseScenario({ result: 'answered', talkMs: -5 }),
    (error) => isDomainError(error, 'scenario_invalid') && error.issues[0]?.path === '/talkMs',
  );
  assert.throws(
    () => parseScenario({ result: 'explodes' }),
    (error) => isDomainError(error, 'scenario_invalid'),
  );
});
