import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  type AbandonCall,
  type AbandonTally,
  abandonRate,
  countCall,
  emptyTally,
  judgeCall,
  mayOverdial,
  strictestAbandonLimits,
} from './abandon-ledger.ts';
import { builtInPresets, createPresetCatalogue } from './preset-catalogue.ts';
import type { AbandonRule } from './preset-schema.ts';

const at = (text: string) => Date.parse(text);
const catalogue = createPresetCatalogue(builtInPresets());
const ruleOf = (id: string): AbandonRule => {
  const [rule] = catalogue.get(id).abandon;
  assert.ok(rule !== undefined);
  return rule;
};

const t0 = at('2026-11-22T15:00:00Z');
const call = (change: Partial<AbandonCall> = {}): AbandonCall => ({
  answeredAt: t0,
  greetingEndAt: t0 + 1_200,
  classified: 'human',
  agentConnectedAt: null,
  endedAt: t0 + 30_000,
  hungUpBy: 'system',
  agentSaid: null,
  ...change,
});

test('two seconds after the greeting is in time in America and too late in Britain', () => {
  const late = call({ agentConnectedAt: t0 + 3_200 });
  assert.equal(judgeCall(late, ruleOf('us-federal')), 'putThrough');
  assert.equal(judgeCall(call({ agentConnectedAt: t0 + 3_201 }), ruleOf('us-federal')), 'abandoned');
  assert.equal(judgeCall(late, ruleOf('gb')), 'abandoned');
  assert.equal(judgeCall(call({ agentConnectedAt: t0 + 2_000 }), ruleOf('gb')), 'putThrough');
});

test('a greeting nobody measured is no excuse: the answer counts', () => {
  const unmeasured = call({ greetingEndAt: null, agentConnectedAt: t0 + 2_001 });
  assert.equal(judgeCall(unmeasured, ruleOf('us-federal')), 'abandoned');
});

test('the agent’s word stands above machine detection, and an unknown nobody met is a person', () => {
  const rule = ruleOf('us-federal');
  assert.equal(judgeCall(call({ classified: 'machine' }), rule), 'machine');
  assert.equal(
    judgeCall(call({ classified: 'machine', agentSaid: 'human', agentConnectedAt: t0 + 900 }), rule),
    'putThrough',
  );
  assert.equal(judgeCall(call({ agentSaid: 'machine', agentConnectedAt: t0 + 900 }), rule), 'machineToAgent');
  assert.equal(judgeCall(call({ classified: 'unknown' }), rule), 'abandoned');
  assert.equal(judgeCall(call({ answeredAt: null }), rule), 'notAnswered');
});

test('who hangs up within the limit was not abandoned by us; who waits longer was', () => {
  const rule = ruleOf('gb');
  assert.equal(judgeCall(call({ hungUpBy: 'callee', endedAt: t0 + 2_000 }), rule), 'earlyHangUp');
  assert.equal(judgeCall(call({ hungUpBy: 'callee', endedAt: t0 + 2_001 }), rule), 'abandoned');
  assert.equal(judgeCall(call({ hungUpBy: 'system', endedAt: t0 + 100 }), rule), 'abandoned');
});

const tally = (change: Partial<AbandonTally>): AbandonTally => ({ ...emptyTally(true), ...change });

test('America: three abandoned of a hundred persons is exactly the cap, one more is over it', () => {
  const rule = ruleOf('us-federal');
  const even = abandonRate(tally({ abandoned: 3, putThrough: 97, machines: 0, attempts: 900 }), rule);
  assert.deepEqual([even.rate, even.overCap, even.room], [0.03, false, 0]);
  assert.equal(abandonRate(tally({ abandoned: 4, putThrough: 97 }), rule).overCap, true);
});

test('people that machine detection hung up on are abandoned, by the sample; without one it says so', () => {
  const rule = ruleOf('us-federal');
  const heard = { abandoned: 1, putThrough: 90, machines: 200, sampledMachines: 50, sampledPersons: 1 };
  const found = abandonRate(tally(heard), rule);
  assert.deepEqual([found.falsePositives, found.numerator, found.denominator], [4, 5, 95]);
  const unheard = abandonRate(tally({ ...heard, sampledMachines: 0, sampledPersons: 0 }), rule);
  assert.equal(unheard.falsePositives, null);
});

test('Britain without machine detection: abandoned calls that met machines are taken off by estimate', () => {
  const counts = tally({
    machineDetection: false,
    putThrough: 60,
    machinesToAgents: 40,
    abandoned: 10,
    machines: 0,
  });
  const { numerator, denominator, machineEstimate, room, overCap } = abandonRate(counts, ruleOf('gb'));
  assert.deepEqual([machineEstimate, numerator, denominator], [4, 6, 66]);
  assert.deepEqual([room, overCap], [0, true]);
  const detected = abandonRate({ ...counts, machineDetection: true }, ruleOf('gb'));
  assert.equal(detected.machineEstimate, 0);
});

test('India reckons by attempts', () => {
  const { rate } = abandonRate(tally({ attempts: 1_000, abandoned: 20, putThrough: 100 }), ruleOf('in'));
  assert.equal(rate, 0.02);
});

test('early hang-ups count only where the rule says so', () => {
  const counts = tally({ abandoned: 2, putThrough: 98, earlyHangUps: 10 });
  const rule = ruleOf('us-federal');
  assert.equal(abandonRate(counts, rule).denominator, 100);
  assert.equal(abandonRate(counts, { ...rule, earlyHangUp: 'denominator' }).denominator, 110);
  assert.equal(abandonRate(counts, { ...rule, earlyHangUp: 'abandoned' }).numerator, 12);
});

test('where no rate is lawful, one abandoned call is over it', () => {
  const rule = { ...ruleOf('gb'), cap: null };
  assert.equal(abandonRate(tally({ putThrough: 1_000 }), rule).overCap, false);
  const one = abandonRate(tally({ putThrough: 1_000, abandoned: 1 }), rule);
  assert.deepEqual([one.overCap, one.room], [true, null]);
});

test('nothing counted is no rate, and no room', () => {
  const { rate, room, overCap } = abandonRate(emptyTally(true), ruleOf('us-federal'));
  assert.deepEqual([rate, room, overCap], [null, 0, false]);
});

test('the room is as large as the cap bears and no larger', () => {
  const counts = fc.record({ abandoned: fc.nat(200), putThrough: fc.nat(20_000) });
  fc.assert(
    fc.property(counts, (some) => {
      const rule = ruleOf('us-federal');
      const { room } = abandonRate(tally(some), rule);
      assert.ok(room !== null);
      const after = (n: number) => abandonRate(tally({ ...some, abandoned: some.abandoned + n }), rule);
      if (room > 0) assert.ok((after(room).rate ?? 0) <= 0.03 + 1e-9);
      assert.ok((after(room + 1).rate ?? 0) > 0.03 - 1e-9);
    }),
  );
});

test('every call counts as an attempt and as one thing more', () => {
  const judgements = [
    'notAnswered',
    'machine',
    'machineToAgent',
    'putThrough',
    'abandoned',
    'earlyHangUp',
  ] as const;
  const total = judgements.reduce(countCall, emptyTally(true));
  assert.deepEqual(total, {
    ...tally({ attempts: 6, machines: 1, machinesToAgents: 1, putThrough: 1, abandoned: 1, earlyHangUps: 1 }),
  });
});

test('no over-dialing before a hundred answers, nor when one more would pass the target', () => {
  assert.equal(mayOverdial({ numerator: 0, denominator: 99 }, { target: 0.02 }), false);
  assert.equal(mayOverdial({ numerator: 0, denominator: 100 }, { target: 0.02 }), true);
  assert.equal(mayOverdial({ numerator: 2, denominator: 100 }, { target: 0.02 }), false);
  assert.equal(mayOverdial({ numerator: 0, denominator: 5_000 }, { target: 0 }), false);
});

test('several rules at once leave the strictest of each limit', () => {
  assert.equal(strictestAbandonLimits([]), null);
  assert.deepEqual(strictestAbandonLimits([ruleOf('us-federal'), ruleOf('it')]), {
    cap: 0.03,
    target: 0.02,
    connectWithinMs: 2_000,
    clockStart: 'answer',
    window: { kind: 'campaignBlock', days: 30 },
  });
  assert.deepEqual(strictestAbandonLimits([ruleOf('us-federal'), ruleOf('cn')])?.window, {
    kind: 'localDay',
  });
});
