import assert from 'node:assert/strict';
import type { Sentence } from './lab.ts';

export function placing(sentence: Sentence): void {
  const causes = [
    ['isBusy', 'busy'],
    ['rejects', 'rejected'],
    ['isCongested', 'congestion'],
    ['isNoNumber', 'invalidNumber'],
  ] as const;
  for (const [behaviour, cause] of causes) {
    sentence(`a far end that ${behaviour} ends the call as ${cause}`, async (bench) => {
      const ended = await bench.event('ended', await bench.place(behaviour));
      assert.equal(ended.cause, cause);
    });
  }

  sentence('a line nobody answers is given up as noAnswer when its ring time is over', async (bench) => {
    const begun = bench.lab.now();
    const ended = await bench.event('ended', await bench.place('rings', { ringTimeoutMs: 4_000 }));
    assert.equal(ended.cause, 'noAnswer');
    assert.ok(ended.at - begun >= 4_000 && ended.at - begun < 6_000, `${ended.at - begun} ms`);
  });

  sentence('an order whose ticket has expired dials nobody and ends as cancelled', async (bench) => {
    const attemptId = await bench.place('answersAndStays', { ticketExpiresAt: bench.lab.now() - 1 });
    const ended = await bench.event('ended', attemptId);
    assert.deepEqual([ended.cause, ended.by], ['cancelled', 'system']);
    await bench.lab.pass(3_000);
    assert.deepEqual(bench.types(attemptId), ['ended']);
  });

  sentence('the same order twice dials once, also after the call has ended', async (bench) => {
    const order = bench.lab.order('answersAndGoes');
    await bench.lab.telephony.place(order);
    await bench.lab.telephony.place(order);
    await bench.event('ended', order.attemptId);
    await bench.lab.telephony.place(order);
    await bench.lab.pass(3_000);
    assert.deepEqual(bench.types(order.attemptId), ['ringing', 'answered', 'ended']);
  });

  sentence('a number that is not for this network is refused undialed as invalidNumber', async (bench) => {
    const attemptId = await bench.place('answersAndStays', { e164: bench.lab.refusedNumber });
    const ended = await bench.event('ended', attemptId);
    assert.equal(ended.cause, 'invalidNumber');
    assert.deepEqual(bench.types(attemptId), ['ended']);
  });

  sentence('an order to an unknown trunk ends as trunkFailure', async (bench) => {
    const ended = await bench.event(
      'ended',
      await bench.place('answersAndStays', { trunkId: 'no-such-trunk' }),
    );
    assert.equal(ended.cause, 'trunkFailure');
  });

  sentence('a trunk counts the calls it carries', async (bench) => {
    const { telephony } = bench.lab;
    const inUse = (): number => telephony.trunks().reduce((sum, trunk) => sum + trunk.inUse, 0);
    const attemptId = await bench.place('answersAndStays');
    assert.equal(inUse(), 1);
    await bench.event('answered', attemptId);
    await telephony.hangUp(attemptId);
    await bench.event('ended', attemptId);
    assert.equal(inUse(), 0);
  });

  sentence('a full trunk refuses one more call as congestion', async (bench) => {
    for (let i = 0; i < bench.lab.trunkCapacity; i++) await bench.place('rings');
    const ended = await bench.event('ended', await bench.place('rings'));
    assert.equal(ended.cause, 'congestion');
  });

  sentence('a ringing line we hang up ends as noAnswer, and by whom is told', async (bench) => {
    const attemptId = await bench.place('rings');
    await bench.event('ringing', attemptId);
    await bench.lab.telephony.hangUp(attemptId, 'agent');
    const ended = await bench.event('ended', attemptId);
    assert.deepEqual([ended.cause, ended.by], ['noAnswer', 'agent']);
  });

  sentence('no listener is called from inside a command', async (bench) => {
    const { telephony } = bench.lab;
    const attemptId = await bench.place('answersAndStays');
    await bench.event('answered', attemptId);
    const before = bench.heard.length;
    const pending = [
      telephony.hangUp(attemptId),
      telephony.place(bench.lab.order('rings', { ticketExpiresAt: 0 })),
    ];
    assert.equal(bench.heard.length, before);
    await Promise.all(pending);
  });
}
