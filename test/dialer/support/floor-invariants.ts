import assert from 'node:assert/strict';
import type { AttemptFacts, CallRecord } from '../../../dialer/ports.ts';
import type { EngineFloor } from './engine-floor.ts';

/** What must hold of any floor at any moment, whatever went wrong on it. */
export function assertSound(floor: EngineFloor, { restarts = false } = {}): void {
  const { business } = floor;
  assert.deepEqual(business.dialedTwice, [], 'leads dialed twice at once');
  assert.deepEqual(floor.doubleCalls, [], 'numbers on the line twice');
  const ends = new Map<string, number>();
  for (const { attemptId } of business.ended) ends.set(attemptId, (ends.get(attemptId) ?? 0) + 1);
  for (const attemptId of business.claimed) {
    const expected = business.open.has(attemptId) ? 0 : 1;
    assert.equal(ends.get(attemptId) ?? 0, expected, `ends of ${attemptId}`);
  }
  for (const attemptId of floor.placed.keys()) {
    assert.ok(business.claimed.has(attemptId), `${attemptId} was dialed without a claim`);
  }
  for (const { attemptId, outcome } of business.ended) assert.ok(outcome, `outcome of ${attemptId}`);
  if (!restarts) assert.deepEqual(business.endedAgain, [], 'attempts ended twice');
  assertOneTalkAtATime(business.ended);
  assertTimeAddsUp(business.records);
}

/** Nothing is left open: to be called when everything has had time to end. */
export function assertAllEnded(floor: EngineFloor): void {
  assert.deepEqual([...floor.business.open.keys()], [], 'attempts without an end');
  assert.equal(floor.business.ended.length, floor.business.claimed.size);
}

function assertOneTalkAtATime(ended: readonly AttemptFacts[]): void {
  const talks = new Map<string, { from: number; to: number }[]>();
  for (const { agentId, connectedAt, talkEndedAt, endedAt } of ended) {
    if (agentId === undefined || connectedAt === undefined) continue;
    const talk = { from: connectedAt, to: talkEndedAt ?? endedAt ?? connectedAt };
    talks.set(agentId, [...(talks.get(agentId) ?? []), talk]);
  }
  for (const [agentId, own] of talks) {
    own.sort((a, b) => a.from - b.from);
    own.forEach((talk, index) => {
      const before = own[index - 1];
      assert.ok(!before || before.to <= talk.from, `${agentId} in two talks at ${talk.from}`);
    });
  }
}

/** Each stretch of a session begins where the one before ended, with the next ordinal. */
export function assertTimeAddsUp(records: readonly CallRecord[]): void {
  const sessions = new Map<string, { startedAt: number; state: string; ordinal: number }>();
  for (const record of records) {
    if (record.type !== 'agentStateChanged' && record.type !== 'sessionEnded') continue;
    const last = sessions.get(record.sessionId);
    if (!last && record.type === 'sessionEnded') continue; // a sign-in that failed
    assert.deepEqual(
      record.previous,
      last ? { state: last.state, startedAt: last.startedAt } : null,
      `${record.agentId} before ${record.at}`,
    );
    assert.equal(record.ordinal, last ? last.ordinal + 1 : 0);
    assert.ok(!last || record.at >= last.startedAt);
    const state = record.type === 'sessionEnded' ? 'ended' : record.state;
    sessions.set(record.sessionId, { startedAt: record.at, state, ordinal: record.ordinal });
  }
}
