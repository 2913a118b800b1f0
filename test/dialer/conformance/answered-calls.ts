import assert from 'node:assert/strict';
import { isDomainError } from '../../../platform/errors/index.ts';
import type { Sentence } from './lab.ts';

export function answeredCalls(sentence: Sentence): void {
  sentence(
    'rings, is answered, joined and ended by the customer, in this order and once each',
    async (bench) => {
      const attemptId = await bench.talk('answersAndTalks', await bench.agent('g1'));
      const ended = await bench.event('ended', attemptId);
      assert.deepEqual([ended.cause, ended.by], ['normal', 'customer']);
      assert.deepEqual(bench.types(attemptId), ['ringing', 'answered', 'connected', 'ended']);
      const instants = bench.of(attemptId).map(({ at }) => at);
      assert.deepEqual(
        instants,
        instants.toSorted((a, b) => a - b),
      );
    },
  );

  sentence('without detection nobody claims to know who answered', async (bench) => {
    const answered = await bench.event('answered', await bench.place('answersAsMachine'));
    assert.equal(answered.by, 'unknown');
  });

  sentence('with detection the pick-up is told first and the verdict after', async (bench) => {
    const attemptId = await bench.place('answersAsMachine', { detectMachine: true });
    const answered = await bench.event('answered', attemptId);
    assert.equal(answered.by, 'machine');
    assert.deepEqual(bench.types(attemptId), ['ringing', 'pickedUp', 'answered']);
    const pickedUp = await bench.event('pickedUp', attemptId);
    assert.ok(pickedUp.at <= answered.at);
  });

  sentence('a customer nobody comes to hangs up by themselves', async (bench) => {
    const ended = await bench.event('ended', await bench.place('answersAndGoes'));
    assert.deepEqual([ended.cause, ended.by], ['normal', 'customer']);
  });

  sentence('a message is played to its end, and hanging up is left to us', async (bench) => {
    const attemptId = await bench.place('answersAndStays');
    await bench.event('answered', attemptId);
    await bench.lab.telephony.playMessage(attemptId, 'abandoned');
    const over = await bench.event('messageEnded', attemptId);
    assert.equal(over.optedOut, false);
    await bench.lab.telephony.hangUp(attemptId);
    const ended = await bench.event('ended', attemptId);
    assert.deepEqual([ended.cause, ended.by], ['normal', 'system']);
  });

  sentence('the opt-out key during a message is told', async (bench) => {
    const attemptId = await bench.place('pressesOptOut');
    await bench.event('answered', attemptId);
    await bench.lab.telephony.playMessage(attemptId, 'abandoned');
    assert.equal((await bench.event('messageEnded', attemptId)).optedOut, true);
  });

  sentence('hold, mute and keys are taken during a talk', async (bench) => {
    const attemptId = await bench.talk('answersAndStays', await bench.agent('g1'));
    const { telephony } = bench.lab;
    await telephony.hold(attemptId, true);
    await telephony.hold(attemptId, false);
    await telephony.mute(attemptId, true);
    await telephony.sendKeys(attemptId, '12#');
    await assert.rejects(telephony.sendKeys(attemptId, '1;2'), (error) =>
      isDomainError(error, 'keys_invalid'),
    );
  });

  sentence('commands about a call that has ended, or never was, do nothing', async (bench) => {
    const attemptId = await bench.place('answersAndGoes');
    await bench.event('ended', attemptId);
    const agentId = await bench.agent('g1');
    const { telephony } = bench.lab;
    for (const id of [attemptId, 'never-placed']) {
      await telephony.connect(id, agentId);
      await telephony.playMessage(id, 'abandoned');
      await telephony.hangUp(id);
      await telephony.mute(id, true);
    }
    await bench.lab.pass(2_000);
    assert.equal(bench.types(attemptId).at(-1), 'ended');
    assert.deepEqual(bench.of('never-placed'), []);
  });

  sentence('somebody who calls us is offered, accepted, joined and ended like any other', async (bench) => {
    if (bench.lab.callIn === undefined) return;
    await bench.lab.callIn();
    await bench.lab.until(() => bench.heard.some(({ type }) => type === 'inboundOffered'));
    const offered = bench.heard.find((event) => event.type === 'inboundOffered');
    assert.ok(offered);
    const agentId = await bench.agent('g1');
    await bench.lab.telephony.acceptInbound(offered.callId);
    await bench.event('answered', offered.callId);
    await bench.lab.telephony.connect(offered.callId, agentId);
    await bench.event('connected', offered.callId);
    await bench.lab.telephony.hangUp(offered.callId, 'agent');
    assert.equal((await bench.event('ended', offered.callId)).by, 'agent');
  });
}
