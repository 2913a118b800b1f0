import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type FloorOptions, type FloorResult, playFloor } from '../../bench/pacing/floor.ts';
import { standardFloor } from '../../bench/pacing/standard-floors.ts';
import { createPacer, type PacerOptions } from '../../dialer/pacing/index.ts';

const MINUTE = 60_000;
const LIMIT = 0.03;

function play(
  mode: PacerOptions['mode'],
  floor: FloorOptions,
  extra: Partial<PacerOptions> = {},
): FloorResult {
  const startedAt = floor.startedAt;
  const options = { mode, targetAbandonRate: LIMIT, connectWithinMs: floor.connectWithinMs, startedAt };
  return playFloor(createPacer({ ...options, ...extra }), { ...floor, tickMs: 500 });
}

function allowed(result: FloorResult, progressive: FloorResult): number {
  return Math.max(Math.floor(LIMIT * result.answered), progressive.abandoned);
}

describe('progressive dialing on a virtual floor', () => {
  it('abandons nobody while agents stay, on any floor', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0.02, max: 0.95, noNaN: true }),
        (agents, seed, rate) => {
          const floor = { ...standardFloor({ agents, seed, hours: 0.3 }), answerRate: () => rate };
          assert.equal(play('progressive', floor).abandoned, 0);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('predictive dialing on a virtual floor', () => {
  it('talks well over progressive within the limit, on small and middling teams', () => {
    for (const [agents, hours, gain] of [
      [8, 4, 1.15],
      [25, 2, 1.15],
    ] as const) {
      const floor = standardFloor({ agents, seed: 7, hours });
      const progressive = play('progressive', floor);
      const predictive = play('predictive', floor);
      assert.ok(predictive.abandoned <= allowed(predictive, progressive), `${agents} agents`);
      assert.ok(predictive.talkMinutesPerAgentHour > gain * progressive.talkMinutesPerAgentHour);
    }
  });

  it('keeps the limit when the answer rate steps up threefold', () => {
    const answerRate = (elapsed: number): number => (elapsed < 60 * MINUTE ? 0.1 : 0.3);
    for (const agents of [8, 25]) {
      const floor = { ...standardFloor({ agents, seed: 11, hours: 2 }), answerRate };
      const result = play('predictive', floor);
      assert.ok(result.abandoned <= allowed(result, play('progressive', floor)), `${agents} agents`);
    }
  });

  it('keeps the limit when hardly anybody answers', () => {
    const floor = { ...standardFloor({ agents: 10, seed: 1, hours: 2 }), answerRate: () => 0.04 };
    const result = play('predictive', floor);
    assert.ok(result.abandoned <= allowed(result, play('progressive', floor)));
  });

  it('is not carried away when hundreds of idle agents start at once with a budget', () => {
    const window = { answered: 5000, abandoned: 100 };
    const floor = standardFloor({ agents: 300, seed: 1, hours: 0.015 });
    let most = 0;
    const watch: FloorOptions['watch'] = (view) => {
      most = Math.max(most, view.ringing.length);
    };
    const result = play('predictive', { ...floor, watch }, { prior: { window } });
    assert.ok(100 + result.abandoned <= LIMIT * (5000 + result.answered));
    assert.ok(most < 1500, `${most} lines for 300 agents at one answer in five`);
  });

  it('keeps the limit when half of the agents pause at once and come back', () => {
    const pausedAgents = (elapsed: number): number =>
      elapsed > 60 * MINUTE && elapsed < 75 * MINUTE ? 10 : 0;
    const floor = { ...standardFloor({ agents: 20, seed: 13, hours: 2 }), pausedAgents };
    const result = play('predictive', floor);
    assert.ok(result.abandoned <= allowed(result, play('progressive', floor)));
  });

  it('abandons no more than progressive on a floor that ends before a whole call is in the budget', () => {
    const floor = standardFloor({ agents: 6, seed: 3, hours: 0.25 });
    const result = play('predictive', floor);
    assert.ok(result.answered < 1 / LIMIT);
    assert.equal(result.abandoned, 0);
  });

  it('goes on with progressive dialing when the budget is spent', () => {
    const floor = standardFloor({ agents: 10, seed: 5, hours: 0.5 });
    const spent = { prior: { window: { answered: 100, abandoned: 50 } } };
    const result = play('predictive', floor, spent);
    assert.equal(result.talkMs, play('progressive', floor).talkMs);
    assert.equal(result.abandoned, 0);
  });

  it('keeps the limit in every day of a floor that runs over midnight', () => {
    const floor = { ...standardFloor({ agents: 15, seed: 17, hours: 3 }) };
    floor.startedAt += 14.5 * 60 * MINUTE; // 22:30 UTC
    const midnight = Math.ceil(floor.startedAt / (1440 * MINUTE)) * 1440 * MINUTE;
    const days = [
      { answered: 0, abandoned: 0 },
      { answered: 0, abandoned: 0 },
    ];
    const pacer = createPacer({
      mode: 'predictive',
      targetAbandonRate: LIMIT,
      connectWithinMs: 2000,
      startedAt: 0,
    });
    const counted = {
      callsToPlace: pacer.callsToPlace.bind(pacer),
      observe(observation: Parameters<typeof pacer.observe>[0]): void {
        const day = days[observation.at < midnight ? 0 : 1];
        if (day && observation.type === 'answered') day.answered++;
        if (day && observation.type === 'abandoned') day.abandoned++;
        pacer.observe(observation);
      },
    };
    playFloor(counted, { ...floor, tickMs: 500 });
    for (const { answered, abandoned } of days) assert.ok(abandoned <= Math.floor(LIMIT * answered));
    assert.ok(days.every(({ abandoned }) => abandoned > 0));
  });

  it('does the same twice', () => {
    const floor = standardFloor({ agents: 9, seed: 21, hours: 0.7 });
    assert.deepEqual(play('predictive', floor), play('predictive', floor));
  });
});
