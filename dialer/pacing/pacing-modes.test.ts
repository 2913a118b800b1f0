import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isDomainError } from '../../platform/errors/index.ts';
import { createPacer } from './index.ts';
import type { PacerOptions, PacingView, ViewedAgent, ViewedLine } from './pacing-types.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const BASE: PacerOptions = {
  mode: 'progressive',
  targetAbandonRate: 0.03,
  connectWithinMs: 2000,
  startedAt: NOW,
};

function agents(count: number, state: ViewedAgent['state'] = 'available'): ViewedAgent[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${state}${index}`, state, since: NOW - 5000 }));
}

function lines(count: number, extra: Partial<ViewedLine> = {}): ViewedLine[] {
  return Array.from({ length: count }, (_, index) => ({ id: `l${index}`, dialedAt: NOW - 3000, ...extra }));
}

function view(part: Partial<PacingView>): PacingView {
  return { now: NOW, agents: [], ringing: [], waiting: [], ...part };
}

const anyView = fc.record({
  now: fc.integer({ min: NOW, max: NOW + 86_400_000 }),
  agents: fc.array(
    fc.record({
      id: fc.string(),
      state: fc.constantFrom('available', 'connected', 'wrapUp', 'paused'),
      since: fc.integer({ min: NOW - 3_600_000, max: NOW + 60_000 }),
    }),
    { maxLength: 30 },
  ),
  ringing: fc.array(
    fc.record(
      {
        id: fc.string(),
        dialedAt: fc.integer({ min: NOW - 120_000, max: NOW + 1000 }),
        answerProbability: fc.double({ min: 0, max: 1, noNaN: true }),
        reservedFor: fc.string(),
      },
      { requiredKeys: ['id', 'dialedAt'] },
    ),
    { maxLength: 40 },
  ),
  waiting: fc.array(fc.record({ id: fc.string(), answeredAt: fc.integer({ min: NOW - 3000, max: NOW }) }), {
    maxLength: 5,
  }),
}) as fc.Arbitrary<PacingView>;

describe('a pacer on any floor', () => {
  it('answers an integer of zero or more within every cap, whatever the view holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('preview', 'progressive', 'ratio', 'predictive'),
        fc.array(anyView, { maxLength: 6 }),
        (mode, views) => {
          const pacer = createPacer({ ...BASE, mode, ratio: 3, maxLines: 25, maxLinesPerAgent: 1.5 });
          for (const seen of views) {
            const calls = pacer.callsToPlace(seen);
            assert.ok(Number.isInteger(calls) && calls >= 0);
            const staffed = seen.agents.filter(({ state }) => state !== 'paused').length;
            const shared = seen.ringing.filter(({ reservedFor }) => reservedFor === undefined).length;
            if (calls === 0) continue;
            assert.ok(calls + seen.ringing.length <= 25);
            assert.ok(calls + shared <= 1.5 * staffed);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('places nothing for an empty view, without agents, or with all of them paused', () => {
    for (const mode of ['preview', 'progressive', 'ratio', 'predictive'] as const) {
      const pacer = createPacer({ ...BASE, mode, ratio: 2 });
      assert.equal(pacer.callsToPlace(view({})), 0);
      assert.equal(
        pacer.callsToPlace(view({ ringing: lines(3), waiting: [{ id: 'w', answeredAt: NOW }] })),
        0,
      );
      assert.equal(pacer.callsToPlace(view({ agents: agents(5, 'paused') })), 0);
    }
  });

  it('leaves the view as it was and keeps nothing of it', () => {
    const pacer = createPacer({ ...BASE, mode: 'predictive' });
    const other = createPacer({ ...BASE, mode: 'predictive' });
    const seen = view({ agents: agents(4), ringing: lines(2, { answerProbability: 0.4 }) });
    const copy = structuredClone(seen);
    assert.equal(pacer.callsToPlace(seen), other.callsToPlace(copy));
    assert.deepEqual(seen, copy);
    for (const agent of seen.agents) Object.assign(agent, { state: 'paused', since: Number.NaN, id: 'x' });
    for (const line of seen.ringing) Object.assign(line, { dialedAt: Number.NaN, answerProbability: 99 });
    seen.ringing.length = 0;
    const next = view({ now: NOW + 250, agents: agents(6), ringing: lines(4, { answerProbability: 0.4 }) });
    assert.equal(pacer.callsToPlace(next), other.callsToPlace(structuredClone(next)));
    assert.deepEqual(pacer.snapshot(), other.snapshot());
  });

  it('counts a reused call id as a new call', () => {
    const pacer = createPacer({ ...BASE, mode: 'predictive' });
    for (let at = NOW; at < NOW + 5000; at += 1000) {
      pacer.observe({ type: 'answered', callId: 'same', at, ringMs: 8000 });
      pacer.observe({ type: 'abandoned', callId: 'same', at: at + 500 });
    }
    pacer.callsToPlace(view({ now: NOW + 5000, agents: agents(1) }));
    assert.deepEqual(pacer.explain()?.window, { answered: 5, abandoned: 5, limit: 0.03, left: 0.15 - 5 });
  });

  it('counts a person connected after the limit as abandoned, and an answer told twice once', () => {
    const pacer = createPacer(BASE);
    pacer.observe({ type: 'answered', callId: 'a', at: NOW, ringMs: 5000 });
    pacer.observe({ type: 'answered', callId: 'a', at: NOW, ringMs: 5000 });
    pacer.observe({ type: 'connected', callId: 'a', at: NOW + 2001, agentId: 'x' });
    pacer.callsToPlace(view({ now: NOW + 3000, agents: agents(1) }));
    assert.equal(pacer.explain()?.window.answered, 1);
    assert.equal(pacer.explain()?.window.abandoned, 1);
  });

  it('refuses wrong options by naming each, and events with impossible times', () => {
    assert.throws(
      () =>
        createPacer({
          ...BASE,
          targetAbandonRate: 3,
          abandonWindow: { kind: 'localDay', timeZone: 'Mars/X' },
        }),
      (error) =>
        isDomainError(error, 'pacing_options_invalid') &&
        error.issues.map(({ path }) => path).join() === '/targetAbandonRate,/abandonWindow/timeZone',
    );
    const pacer = createPacer(BASE);
    assert.throws(
      () => pacer.observe({ type: 'answered', callId: 'a', at: NOW, ringMs: Number.NaN }),
      (error) => isDomainError(error, 'pacing_observation_invalid'),
    );
  });
});

describe('progressive mode', () => {
  it('places one line per free agent, less lines that ring for all and persons who wait', () => {
    const pacer = createPacer(BASE);
    assert.equal(pacer.callsToPlace(view({ agents: agents(7) })), 7);
    const floor = { agents: [...agents(7), ...agents(3, 'connected')], ringing: lines(2) };
    assert.equal(pacer.callsToPlace(view(floor)), 5);
    assert.equal(pacer.callsToPlace(view({ ...floor, waiting: [{ id: 'w', answeredAt: NOW }] })), 4);
    assert.equal(pacer.callsToPlace(view({ agents: agents(2), ringing: lines(9) })), 0);
  });

  it('leaves a callback to its agent: its line and its agent are not in the pool', () => {
    const pacer = createPacer(BASE);
    const elsewhere = lines(2, { reservedFor: 'someone' });
    assert.equal(pacer.callsToPlace(view({ agents: agents(3), ringing: elsewhere })), 3);
    const own = lines(1, { reservedFor: 'available0' });
    assert.equal(pacer.callsToPlace(view({ agents: agents(3), ringing: own })), 2);
  });

  it('is not silenced by a spent budget', () => {
    const pacer = createPacer({ ...BASE, prior: { window: { answered: 10, abandoned: 9 } } });
    assert.equal(pacer.callsToPlace(view({ agents: agents(3) })), 3);
  });
});

describe('ratio mode', () => {
  it('places ratio × free agents over the whole floor, rounded down', () => {
    const pacer = createPacer({ ...BASE, mode: 'ratio', ratio: 1.5 });
    assert.equal(pacer.callsToPlace(view({ agents: agents(5) })), 7);
    assert.equal(pacer.callsToPlace(view({ agents: agents(5), ringing: lines(4) })), 3);
    assert.equal(pacer.callsToPlace(view({ agents: [...agents(2), ...agents(9, 'wrapUp')] })), 3);
  });

  it('falls back to one line per agent while another abandoned call would break the limit', () => {
    const pacer = createPacer({
      ...BASE,
      mode: 'ratio',
      ratio: 3,
      prior: { window: { answered: 50, abandoned: 1 } },
    });
    assert.equal(pacer.callsToPlace(view({ agents: agents(4) })), 4);
    assert.equal(pacer.explain()?.boundBy, 'budget');
    for (let n = 0; n < 20; n++) pacer.observe({ type: 'answered', callId: `c${n}`, at: NOW, ringMs: 4000 });
    assert.equal(pacer.callsToPlace(view({ agents: agents(4) })), 12);
  });
});

describe('caps', () => {
  it('count every line that holds a trunk against maxLines', () => {
    const pacer = createPacer({ ...BASE, maxLines: 10 });
    const floor = view({
      agents: [...agents(6), ...agents(4, 'connected')],
      ringing: lines(3, { reservedFor: 'someone' }),
    });
    assert.equal(pacer.callsToPlace(floor), 3);
    assert.equal(pacer.explain()?.boundBy, 'maxLines');
  });

  it('hold calls per second over any second, on a clock of the views alone', () => {
    const pacer = createPacer({ ...BASE, maxCallsPerSecond: 8 });
    const placed: { at: number; calls: number }[] = [];
    for (let at = NOW; at < NOW + 5000; at += 130)
      placed.push({ at, calls: pacer.callsToPlace(view({ now: at, agents: agents(100) })) });
    for (const { at } of placed) {
      const within = placed.filter((other) => other.at >= at && other.at < at + 1000);
      assert.ok(within.reduce((sum, { calls }) => sum + calls, 0) <= 8);
    }
    assert.ok(placed.reduce((sum, { calls }) => sum + calls, 0) >= 32);
  });

  it('allow one call in two seconds at half a call per second', () => {
    const pacer = createPacer({ ...BASE, maxCallsPerSecond: 0.5 });
    const calls = [0, 1000, 1999, 2000, 3000].map((ms) =>
      pacer.callsToPlace(view({ now: NOW + ms, agents: agents(9) })),
    );
    assert.deepEqual(calls, [1, 0, 0, 1, 0]);
  });
});

describe('configure, snapshot and restore', () => {
  it('changes the mode from the next decision on and keeps the old options if the new are wrong', () => {
    const pacer = createPacer(BASE);
    pacer.configure({ mode: 'ratio', ratio: 2 });
    assert.equal(pacer.callsToPlace(view({ agents: agents(4) })), 8);
    assert.throws(() => pacer.configure({ ratio: -1 }));
    assert.equal(pacer.callsToPlace(view({ agents: agents(4) })), 8);
  });

  it('goes on after a restart as if nothing had happened', () => {
    const first = createPacer({ ...BASE, mode: 'predictive' });
    for (let n = 0; n < 200; n++) {
      const type = n % 3 === 0 ? 'answered' : 'unanswered';
      first.observe({ type, callId: `c${n}`, at: NOW + n * 100, ringMs: 3000 + 50 * n });
    }
    const saved: unknown = JSON.parse(JSON.stringify(first.snapshot()));
    const second = createPacer({ ...BASE, mode: 'predictive' });
    second.restore(saved);
    const seen = view({ now: NOW + 30_000, agents: [...agents(5), ...agents(9, 'connected')] });
    assert.equal(second.callsToPlace(seen), first.callsToPlace(seen));
    assert.deepEqual(second.explain(), first.explain());
  });

  it('refuses a broken snapshot and stays as it was', () => {
    const pacer = createPacer(BASE);
    const before = pacer.snapshot();
    assert.throws(
      () => pacer.restore({ ...before, ledger: { counts: [{ start: 'soon' }] } }),
      (error) => isDomainError(error, 'pacing_snapshot_invalid'),
    );
    assert.deepEqual(pacer.snapshot(), before);
  });
});
