import assert from 'node:assert/strict';
import { isDomainError } from '../../../platform/errors/index.ts';
import type { Sentence } from './lab.ts';

export function connection(sentence: Sentence): void {
  sentence('the calls of a process that went away live on and are found by the next one', async (bench) => {
    const agentId = await bench.agent('g1');
    const talking = await bench.talk('answersAndStays', agentId);
    const ringing = await bench.place('rings');
    await bench.event('ringing', ringing);
    await bench.lab.telephony.stop();
    const next = bench.lab.another();
    await next.start();
    const open = await next.openCalls();
    const phases = new Map(open.map(({ attemptId, phase }) => [attemptId, phase]));
    assert.deepEqual(
      phases,
      new Map([
        [talking, 'connected'],
        [ringing, 'ringing'],
      ] as const),
    );
    const talk = open.find(({ attemptId }) => attemptId === talking);
    assert.equal(talk?.agentId, agentId);
    assert.ok(talk?.answeredAt !== undefined && talk.answeredAt <= bench.lab.now());
    let ended = false;
    next.subscribe((event) => {
      ended ||= event.type === 'ended' && event.attemptId === talking;
    });
    await next.hangUp(talking);
    await bench.lab.until(() => ended);
    await next.stop();
  });

  sentence(
    'someone answering while nobody is connected hears the message and is hung up on',
    async (bench) => {
      await bench.place('answersAndStays');
      await bench.lab.telephony.stop();
      await bench.lab.pass(30_000);
      const next = bench.lab.another();
      await next.start();
      assert.deepEqual(await next.openCalls(), []);
      await next.stop();
    },
  );

  sentence('an order repeated by the next process does not dial again', async (bench) => {
    const order = bench.lab.order('rings');
    await bench.lab.telephony.place(order);
    await bench.event('ringing', order.attemptId);
    await bench.lab.telephony.stop();
    const next = bench.lab.another();
    await next.start();
    await next.place(order);
    await bench.lab.pass(1_000);
    assert.equal((await next.openCalls()).length, 1);
    await next.stop();
  });

  sentence('what is stopped takes no orders, says why, and tells nothing more', async (bench) => {
    const attemptId = await bench.place('answersAndGoes');
    await bench.lab.telephony.stop();
    const before = bench.heard.length;
    const refused = (error: unknown): boolean => isDomainError(error, 'telephony_unavailable');
    await assert.rejects(bench.lab.telephony.place(bench.lab.order('rings')), refused);
    await assert.rejects(bench.lab.telephony.hangUp(attemptId), refused);
    await assert.rejects(bench.lab.telephony.openCalls(), refused);
    await bench.lab.pass(5_000);
    assert.equal(bench.heard.length, before);
  });

  sentence('a listener that unsubscribed hears nothing more', async (bench) => {
    let count = 0;
    const unsubscribe = bench.lab.telephony.subscribe(() => {
      count += 1;
    });
    unsubscribe();
    await bench.event('ended', await bench.place('isBusy'));
    assert.equal(count, 0);
  });
}
