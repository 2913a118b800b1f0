import assert from 'node:assert/strict';
import type { Sentence } from './lab.ts';

export function agentPhones(sentence: Sentence): void {
  sentence('joining a phone that is not there fails and leaves the customer on the line', async (bench) => {
    const attemptId = await bench.place('answersAndStays');
    await bench.event('answered', attemptId);
    await bench.lab.telephony.connect(attemptId, 'nobody');
    await bench.event('connectFailed', attemptId);
    await bench.lab.telephony.connect(attemptId, await bench.agent('g1'));
    await bench.event('connected', attemptId);
  });

  sentence('an agent in a talk is not joined to a second customer', async (bench) => {
    const agentId = await bench.agent('g1');
    await bench.talk('answersAndStays', agentId);
    const second = await bench.place('answersAndStays');
    await bench.event('answered', second);
    await bench.lab.telephony.connect(second, agentId);
    await bench.event('connectFailed', second);
  });

  sentence('a phone lost in mid-talk is told, and the customer can be joined again', async (bench) => {
    const agentId = await bench.agent('g1');
    const attemptId = await bench.talk('answersAndStays', agentId);
    await bench.lab.losePhone(agentId);
    await bench.event('agentPhoneLost', agentId);
    const [open] = await bench.lab.telephony.openCalls();
    assert.deepEqual([open?.phase, open?.agentId], ['answered', undefined]);
    await bench.lab.telephony.openAgentPhone({ agentId });
    await bench.lab.until(() => bench.heard.filter(({ type }) => type === 'agentPhoneReady').length === 2);
    await bench.lab.telephony.connect(attemptId, agentId);
    await bench.lab.until(() => bench.types(attemptId).filter((type) => type === 'connected').length === 2);
  });

  sentence('a phone that is closed is told as lost', async (bench) => {
    const agentId = await bench.agent('g1');
    await bench.lab.telephony.closeAgentPhone(agentId);
    await bench.event('agentPhoneLost', agentId);
  });
}
