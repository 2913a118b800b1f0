import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../platform/random/index.ts';
import { AgentForecast } from './agent-forecast.ts';
import { AnswerRate } from './answer-rate.ts';
import { DurationSurvival } from './duration-survival.ts';
import { LineForecast } from './line-forecast.ts';
import { overloadRisk } from './overload-risk.ts';
import { RingTimes } from './ring-times.ts';

const NOW = Date.UTC(2026, 0, 5, 9);

describe('the answer rate', () => {
  it('starts at the prior and comes to what is observed', () => {
    const rate = new AnswerRate({ rate: 0.5, weight: 10 });
    assert.ok(Math.abs(rate.mean() - 0.5) < 0.01);
    const random = seededRandom(1);
    for (let n = 0; n < 3000; n++) rate.observe(random.next() < 0.12 ? 1 : 0);
    assert.ok(Math.abs(rate.mean() - 0.12) < 0.03);
    assert.ok(rate.cautious() >= rate.mean());
  });

  it('follows a threefold step within 60 calls', () => {
    const rate = new AnswerRate({ rate: 0.1, weight: 10 });
    const random = seededRandom(2);
    for (let n = 0; n < 2000; n++) rate.observe(random.next() < 0.1 ? 1 : 0);
    for (let n = 0; n < 60; n++) rate.observe(random.next() < 0.3 ? 1 : 0);
    assert.ok(rate.cautious() > 0.22, `${rate.cautious()}`);
  });

  it('stays finite with a prior that weighs nothing', () => {
    const rate = new AnswerRate({ rate: 0.3, weight: 0 });
    assert.ok(Number.isFinite(rate.cautious()));
    rate.observe(1);
    assert.ok(rate.mean() > 0 && rate.mean() < 1);
  });
});

describe('ring times', () => {
  it('give a line that has outlived every answer almost no chance, and a fresh one the answer rate', () => {
    const rings = new RingTimes({ answerRingMs: 10_000, unansweredRingMs: 25_000, weight: 1 });
    const random = seededRandom(3);
    for (let n = 0; n < 2000; n++) {
      rings.observe(true, 4000 + 8000 * random.next());
      rings.observe(false, 25_000);
    }
    const [fresh = 1] = rings.answerChances({ ageMs: 0, answerRate: 0.2 }, [60_000]);
    const [old = 1] = rings.answerChances({ ageMs: 14_000, answerRate: 0.2 }, [60_000]);
    const [soon = 0] = rings.answerChances({ ageMs: 8000, answerRate: 0.2 }, [4100]);
    assert.ok(Math.abs(fresh - 0.2) < 0.01);
    assert.ok(old < 0.01);
    assert.ok(soon > 0.08 && soon < 0.13, `${soon}`);
  });
});

describe('duration survival', () => {
  it('finds a fixed length: nobody ends before it, all soon after', () => {
    const talk = new DurationSurvival({ meanMs: 120_000, weight: 5 });
    for (let n = 0; n < 500; n++) talk.observe(60_000);
    talk.refit([]);
    assert.ok((talk.endsWithin(10_000, 20)[20] ?? 1) < 0.05);
    assert.ok((talk.endsWithin(52_000, 30)[30] ?? 0) > 0.9);
  });

  it('counts those still talking, so that the first short talks do not set the pace', () => {
    const naive = new DurationSurvival({ meanMs: 120_000, weight: 1 });
    const fair = new DurationSurvival({ meanMs: 120_000, weight: 1 });
    for (const talk of [naive, fair]) for (let n = 0; n < 5; n++) talk.observe(8000);
    naive.refit([]);
    fair.refit(Array.from({ length: 45 }, () => 30_000));
    assert.ok((fair.endsWithin(0, 10)[10] ?? 1) < 0.4 * (naive.endsWithin(0, 10)[10] ?? 0));
  });
});

describe('the agents’ forecast', () => {
  it('learns that wrap-up is skipped and that agents leave after their calls', () => {
    const forecast = new AgentForecast({ talkMs: 60_000, wrapUpMs: 60_000, weight: 5 });
    const busy = { id: 'a', state: 'connected' as const, since: NOW };
    const chance = (): number => {
      const seen = { now: NOW + 60_000, agents: [busy], ringing: [], waiting: [] };
      return forecast.freeWithin(seen, [20_000])[0]?.chances[0] ?? -1;
    };
    const cycle = (after: 'available' | 'paused'): void => {
      forecast.note({ now: NOW, agents: [busy], ringing: [], waiting: [] });
      forecast.observe({ type: 'talkEnded', callId: 'c', at: NOW, agentId: 'a', talkMs: 60_000 });
      forecast.note({ now: NOW, agents: [{ ...busy, state: after }], ringing: [], waiting: [] });
    };
    const before = chance();
    for (let n = 0; n < 100; n++) cycle('available');
    forecast.restore(forecast.snapshot());
    const skipped = chance();
    for (let n = 0; n < 400; n++) cycle('paused');
    forecast.restore(forecast.snapshot());
    assert.ok(skipped > 2 * before);
    assert.ok(chance() < 0.3 * skipped);
  });
});

describe('the lines’ forecast', () => {
  it('trusts the engine’s chances as far as they came true', () => {
    const forecast = new LineForecast({
      answerRate: 0.3,
      answerRingMs: 8000,
      unansweredRingMs: 20_000,
      weight: 10,
    });
    const line = { id: 'x', dialedAt: NOW, answerProbability: 0.8 };
    const seen = { now: NOW, agents: [], ringing: [line], waiting: [] };
    for (let n = 0; n < 600; n++) {
      forecast.note(seen);
      const type = n % 5 === 0 ? 'answered' : 'unanswered';
      forecast.observe({ type, callId: 'x', at: NOW, ringMs: 8000 });
    }
    forecast.learn(NOW + 60_000);
    const chance = forecast.answersWithin(seen, [60_000])[0]?.chances[0] ?? 0;
    assert.ok(Math.abs(chance - 0.2) < 0.06, `${chance}`);
  });
});

describe('learning after a burst of dialing', () => {
  it('is not misled by rejections that come first, nor by silence that comes last', () => {
    const prior = { answerRate: 0.2, answerRingMs: 10_000, unansweredRingMs: 20_000, weight: 100 };
    const forecast = new LineForecast(prior);
    const random = seededRandom(4);
    const ends = Array.from({ length: 4000 }, (_, n) => {
      const answered = random.next() < 0.2;
      const lost = random.next() < 0.3 ? 2000 : 25_000;
      return { callId: `c${n}`, dialedAt: NOW + n, answered, ringMs: answered ? 10_000 : lost };
    }).sort((a, b) => a.dialedAt + a.ringMs - b.dialedAt - b.ringMs);
    for (const { callId, dialedAt, answered, ringMs } of ends) {
      const type = answered ? 'answered' : 'unanswered';
      forecast.observe({ type, callId, at: dialedAt + ringMs, ringMs });
      assert.ok(forecast.answerRate() > 0.12, `${forecast.answerRate()}`);
    }
    forecast.learn(NOW + 60_000);
    assert.ok(Math.abs(forecast.answerRate() - 0.2) < 0.06);
  });
});

describe('the risk that all agents are taken', () => {
  it('is counted out exactly on a small floor', () => {
    const outlook = {
      answers: [{ count: 2, chances: [0.5] }],
      free: [{ count: 1, chances: [0.25] }],
      spare: 1,
    };
    const risk = overloadRisk(outlook, { index: 0, newCallAnswers: 0.5 });
    // P(1 answer) × P(0 freed) + P(2 answers) × 1
    assert.ok(Math.abs(risk.noneFree() - (0.5 * 0.75 + 0.25)) < 1e-12);
    risk.place();
    assert.ok(Math.abs(risk.noneFree() - ((3 / 8) * 0.75 + 3 / 8 + 1 / 8)) < 1e-12);
  });

  it('is the same by the corrected normal curve within a percentage point', () => {
    const answers = [{ count: 35, chances: [0.1] }];
    const free = [{ count: 40, chances: [0.05] }];
    const moment = { index: 0, newCallAnswers: 0.1 };
    const exact = overloadRisk({ answers, free, spare: 4 }, moment);
    const padded = [...free, { count: 200, chances: [0] }];
    const normal = overloadRisk({ answers, free: padded, spare: 4 }, moment);
    for (let calls = 0; calls < 20; calls++) {
      assert.ok(Math.abs(exact.noneFree() - normal.noneFree()) < 0.01);
      exact.place();
      normal.place();
    }
  });
});
