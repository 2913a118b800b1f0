import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyFarEnd, assertRecovers } from '../support/fault-floor.ts';
import { floors, someone } from '../support/floors.ts';

const newFloor = floors();

for (let point = 1; point <= 12; point++) {
  test(`killed at ${point * 3.1} s and started again, no lead is lost and none dialed twice`, async () => {
    const floor = newFloor({
      seed: `dies-${point}`,
      scenario: anyFarEnd,
      plan: { mode: 'ratio', ratio: 1.5 },
    });
    floor.business.addLeads(20, someone);
    await floor.start(4);
    await floor.seconds(point * 3.1);
    await floor.dieAndComeBack();
    await floor.seconds(21); // until the dead process's lease is over
    await floor.signIn(4);
    await assertRecovers(floor, { restarts: true });
  });
}

test('killed again and again, with every start finding what the one before left', async () => {
  const floor = newFloor({ seed: 'again', scenario: anyFarEnd });
  floor.business.addLeads(30, someone);
  await floor.start(4);
  for (let life = 0; life < 5; life++) {
    await floor.seconds(7 + life * 3);
    await floor.dieAndComeBack();
    await floor.seconds(21);
    await floor.signIn(4);
  }
  await assertRecovers(floor, { restarts: true });
});

test('where no other process can be, the next life takes what the dead one held at once', async () => {
  const floor = newFloor({ scenario: anyFarEnd, soleProcess: true });
  floor.business.addLeads(20, someone);
  await floor.start(3);
  await floor.seconds(10);
  await floor.dieAndComeBack();
  assert.ok(floor.engine.snapshot(floor.campaignId));
  await floor.signIn(3);
  await assertRecovers(floor, { restarts: true });
});

test('an agent who signs in after a restart has the talk on the desk that never stopped', async () => {
  const floor = newFloor({
    scenario: () => ({ result: 'answered', ringMs: 3_000, talkMs: 120_000, patienceMs: 60_000 }),
  });
  floor.business.addLeads(2, someone);
  await floor.start(1);
  await floor.seconds(10);
  await floor.dieAndComeBack();
  await floor.seconds(21);
  await floor.signIn(1);
  await floor.seconds(2);
  assert.equal(floor.view('agent-0').state, 'connected');
  assert.ok(floor.view('agent-0').callId);
  await floor.seconds(100);
  assert.equal(floor.business.disposed.length, 1);
  await assertRecovers(floor, { restarts: true });
});

test('a preview dialed before a restart is not taken for a call being joined', async () => {
  const floor = newFloor({ plan: { mode: 'preview' } });
  floor.business.addLeads(1, someone);
  await floor.start(1);
  await floor.seconds(5); // the card was dialed and rings
  assert.equal(floor.placed.size, 1);
  await floor.dieAndComeBack();
  await floor.seconds(21);
  const [ended] = floor.business.ended;
  assert.notEqual(ended?.outcome, 'answered');
  assert.equal(ended?.connectedAt, undefined);
  await floor.signIn(1);
  await assertRecovers(floor, { restarts: true });
});

test('who had answered when the process died, and was gone when it came back, was abandoned', async () => {
  const floor = newFloor({
    robots: false,
    plan: { mode: 'ratio', ratio: 2 },
    scenario: () => ({ result: 'answered', ringMs: 3_000, talkMs: 5_000, patienceMs: 30_000 }),
  });
  floor.business.addLeads(2, someone);
  const [agentId = ''] = await floor.start(1);
  await floor.seconds(1);
  await floor.engine.command(agentId, { type: 'ready' });
  await floor.timers.runUntil(() => floor.live().waiting > 0);
  await floor.seconds(0.1);
  await floor.dieAndComeBack();
  await floor.seconds(25);
  assert.deepEqual(
    new Set(floor.business.ended.map(({ outcome }) => outcome)),
    new Set(['abandoned', 'answered']),
  );
});

test('an orderly stop gives the campaign to the next process at once, and ends no talk', async () => {
  const floor = newFloor({
    scenario: () => ({ result: 'answered', ringMs: 3_000, talkMs: 60_000, patienceMs: 60_000 }),
  });
  floor.business.addLeads(1, someone);
  await floor.start(1);
  await floor.seconds(10);
  await floor.engine.stop();
  const stoppedAt = floor.timers.now();
  await assert.rejects(floor.engine.command('agent-0', { type: 'ready' }), { code: 'dialer_stopping' });
  await floor.minutes(2);
  floor.engine = floor.newEngine();
  await floor.engine.start();
  await floor.seconds(1);
  const [ended] = floor.business.ended;
  assert.equal(ended?.outcome, 'answered');
  assert.equal(ended.endedAt, stoppedAt, 'when it was last known to live');
});

test('a stop while claims are being written dials none of them and ends', async () => {
  const floor = newFloor();
  floor.business.addLeads(10, someone);
  await floor.start(3);
  let stopped: Promise<void> | undefined;
  floor.business.breaks = (port) => {
    if (port === 'claim') stopped ??= floor.engine.stop();
  };
  await floor.seconds(1);
  assert.ok(stopped);
  await stopped;
  assert.equal(floor.placed.size, 0);
  assert.ok(floor.business.ended.every(({ outcome }) => outcome === 'cancelled'));
  assert.equal(floor.business.open.size, 0);
});

for (const port of ['claim', 'record', 'dispose', 'hold'] as const) {
  for (const nth of port === 'hold' ? [1] : [1, 2]) {
    test(`killed in the middle of unit of work ${nth} that does ${port}, which is on disk, nothing is lost`, async () => {
      const floor = newFloor({ seed: `${port}-${nth}`, scenario: anyFarEnd });
      floor.business.addLeads(16, someone);
      floor.business.suppressed.add(someone(3));
      let count = 0;
      floor.business.breaks = (called) => {
        if (called === port && ++count === nth) void floor.die();
      };
      await Promise.race([floor.start(3), floor.died()]);
      for (let second = 0; second < 90 && count < nth; second++) await floor.seconds(1);
      floor.business.breaks = () => {};
      assert.equal(count, nth);
      floor.engine = floor.newEngine();
      await floor.engine.start();
      await floor.seconds(21);
      await floor.signIn(3);
      await assertRecovers(floor, { restarts: true, held: 1 });
    });
  }
}
