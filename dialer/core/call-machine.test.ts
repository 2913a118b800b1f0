import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resumeCall, startCall, startInboundCall, stepCall } from './call-machine.ts';
import {
  type CallCommand,
  type CallEvent,
  type CallPolicy,
  type CallState,
  DEFAULT_CALL_POLICY,
} from './call-state.ts';

const POLICY: CallPolicy = { ...DEFAULT_CALL_POLICY, ringTimeoutMs: 20_000 };
const attemptId = 'a1';
const agentId = 'g1';

interface Run {
  state: CallState;
  commands: CallCommand[];
}

function run(
  events: CallEvent[],
  { policy = POLICY, from = startCall({ attemptId, at: 0 }, policy) } = {},
): Run {
  const commands: CallCommand[] = [];
  let state = from;
  for (const event of events) {
    const step = stepCall(state, event, policy);
    state = step.state;
    commands.push(...step.commands);
  }
  return { state, commands };
}

function names(result: Run): string[] {
  return result.commands.map((command) => command.type);
}

const ringing = (at: number): CallEvent => ({ type: 'ringing', attemptId, at });
const answered = (at: number, by: 'person' | 'machine' | 'fax' | 'unknown' = 'person'): CallEvent => ({
  type: 'answered',
  attemptId,
  at,
  by,
});
const assigned = (at: number, who = agentId): CallEvent => ({ type: 'agentAssigned', at, agentId: who });
const connected = (at: number, who = agentId): CallEvent => ({
  type: 'connected',
  attemptId,
  at,
  agentId: who,
});
const ended = (at: number, cause: 'normal' | 'busy' | 'noAnswer' | 'lost' = 'normal'): CallEvent => ({
  type: 'ended',
  attemptId,
  at,
  cause,
  by: cause === 'normal' ? 'customer' : 'network',
});
const timeUp = (at: number): CallEvent => ({ type: 'timeUp', at });

describe('a call on a network without faults', () => {
  test('is answered, joined to an agent, talked and recorded with its talk time', () => {
    const result = run([ringing(100), answered(5_000), assigned(5_001), connected(5_050), ended(65_050)]);
    assert.deepEqual(result.commands, [
      { type: 'assignAgent', agentId: undefined },
      { type: 'connect', agentId },
      { type: 'agentConnected', agentId, at: 5_050, waitMs: 50 },
      { type: 'agentTalkEnded', agentId, at: 65_050, talkMs: 60_000 },
      { type: 'recordOutcome', outcome: 'answered', at: 65_050 },
    ]);
  });

  test('with no agent within the limit is counted as abandoned at once and hears the message', () => {
    const result = run([
      answered(5_000),
      timeUp(7_000),
      { type: 'messageEnded', attemptId, at: 12_000, optedOut: true },
      ended(12_100),
    ]);
    assert.deepEqual(result.commands.slice(1), [
      { type: 'markAbandoned', at: 7_000 },
      { type: 'playMessage', message: 'abandoned' },
      { type: 'optOut', at: 12_000 },
      { type: 'hangUp', by: 'system' },
      { type: 'recordOutcome', outcome: 'abandoned', at: 12_100 },
    ]);
  });

  test('whose customer hangs up while waiting within the limit is not abandoned', () => {
    assert.equal(run([answered(5_000), ended(6_999)]).state.outcome, 'hungUpWaiting');
  });

  test('whose customer hangs up after the limit is abandoned although the timer was late', () => {
    const result = run([answered(5_000), ended(7_000)]);
    assert.deepEqual(names(result).slice(1), ['markAbandoned', 'recordOutcome']);
    assert.equal(result.state.outcome, 'abandoned');
  });

  test('counts the limit from the pick-up, not from the end of machine detection', () => {
    const result = run([{ type: 'pickedUp', attemptId, at: 5_000 }, answered(6_800)]);
    assert.equal(result.state.deadline, 7_000);
  });

  test('answered by a machine is hung up, or left a message, as the campaign says', () => {
    assert.deepEqual(names(run([answered(5_000, 'machine')])), ['hangUp']);
    const leaving = { policy: { ...POLICY, onMachine: 'leaveMessage' as const } };
    const result = run([answered(5_000, 'machine'), ended(30_000)], leaving);
    assert.deepEqual(names(result), ['playMessage', 'recordOutcome']);
    assert.equal(result.state.outcome, 'machine');
  });

  test('of a preview agent asks for that agent and for nobody else', () => {
    const from = startCall({ attemptId, at: 0, reservedFor: 'g7' }, POLICY);
    assert.deepEqual(run([answered(5_000)], { from }).commands, [{ type: 'assignAgent', agentId: 'g7' }]);
  });

  test('from outside waits under its queue limit', () => {
    const policy = { ...POLICY, connectWithinMs: 600_000 };
    const from = startInboundCall({ attemptId, at: 1_000 }, policy);
    const result = run([assigned(300_000), connected(300_050), ended(400_050)], { policy, from });
    assert.equal(result.state.outcome, 'answered');
  });
});

describe('a call on a faulty network', () => {
  test('whose end overtakes its answer ends once, and the late answer does nothing', () => {
    const result = run([ringing(100), ended(6_000), answered(5_000), assigned(6_002)]);
    assert.deepEqual(names(result), ['recordOutcome', 'releaseAgent']);
    assert.equal(result.state.outcome, 'hungUpWaiting');
  });

  test('answered twice asks for one agent', () => {
    assert.deepEqual(names(run([answered(5_000), answered(5_000)])), ['assignAgent']);
  });

  test('reported connected after its end is not connected', () => {
    const result = run([answered(5_000), assigned(5_001), ended(5_500), connected(5_400)]);
    assert.deepEqual(names(result), ['assignAgent', 'connect', 'releaseAgent', 'recordOutcome']);
  });

  test('silent beyond the ring timeout is asked about, hung up and at last closed without the network', () => {
    const result = run([ringing(100), timeUp(25_000), timeUp(27_000), timeUp(32_000)]);
    assert.deepEqual(names(result), ['ask', 'hangUp', 'hangUp', 'recordOutcome']);
    assert.equal(result.state.outcome, 'noAnswer');
  });

  test('that never gave any sign of life is unknown, not unanswered', () => {
    assert.equal(run([timeUp(25_000), timeUp(27_000), timeUp(32_000)]).state.outcome, 'unknown');
  });

  test('whose answer was lost is abandoned, and counted, when the switch is asked', () => {
    const found: CallEvent = { type: 'found', at: 25_010, phase: 'answered', answeredAt: 8_000 };
    const result = run([ringing(100), timeUp(25_000), found, timeUp(25_011)]);
    assert.deepEqual(names(result), ['ask', 'assignAgent', 'markAbandoned', 'playMessage']);
  });

  test('answered just as we gave up is an abandoned person', () => {
    const result = run([ringing(100), timeUp(25_000), timeUp(27_000), answered(26_900), ended(27_010)]);
    assert.equal(result.state.outcome, 'abandoned');
    assert.equal(names(result).filter((name) => name === 'markAbandoned').length, 1);
  });

  test('closed without the network and still alive later is hung up again, never joined', () => {
    const gone = [timeUp(25_000), timeUp(27_000), timeUp(32_000)];
    assert.equal(names(run([...gone, answered(33_000)])).at(-1), 'hangUp');
    const found: CallEvent = { type: 'found', at: 34_000, phase: 'ringing' };
    assert.equal(names(run([...gone, found])).at(-1), 'hangUp');
  });

  test('whose join is never confirmed is asked about and goes back in line', () => {
    const policy = { ...POLICY, connectWithinMs: 60_000 };
    const events = [answered(5_000), assigned(5_001), timeUp(7_001), timeUp(9_001)];
    const result = run(events, { policy });
    assert.deepEqual(names(result), ['assignAgent', 'connect', 'ask', 'releaseAgent', 'assignAgent']);
    assert.equal(result.state.phase, 'waiting');
  });

  test('an agent who could not be joined is freed and another is asked for while the limit allows', () => {
    const failed: CallEvent = { type: 'connectFailed', attemptId, at: 5_500, agentId };
    const result = run([answered(5_000), assigned(5_001), failed, assigned(5_501, 'g2'), connected(5_600)]);
    assert.deepEqual(names(result), ['assignAgent', 'connect', 'releaseAgent', 'assignAgent', 'connect']);
    assert.equal(result.state.phase, 'connecting', 'the word of the first agent no longer counts');
  });

  test('an opt-out told after the end is still obeyed, once', () => {
    const optOut: CallEvent = { type: 'messageEnded', attemptId, at: 9_000, optedOut: true };
    const result = run([answered(5_000), timeUp(7_000), ended(9_001), optOut, optOut]);
    assert.equal(names(result).filter((name) => name === 'optOut').length, 1);
  });
});

describe('the agent of a call', () => {
  const talk = [answered(5_000), assigned(5_001), connected(5_050)];

  test('who hangs up is in wrap-up at once and the call ends as answered', () => {
    const result = run([...talk, { type: 'agentHungUp', at: 15_050, agentId }, ended(15_090)]);
    assert.deepEqual(names(result).slice(3), ['agentTalkEnded', 'hangUp', 'recordOutcome']);
    assert.equal(result.state.talkEndedAt, 15_050);
    assert.deepEqual(result.commands[4], { type: 'hangUp', by: 'agent' });
  });

  test('whose phone is lost in mid-talk comes back to the same customer', () => {
    const result = run([
      ...talk,
      { type: 'agentLost', at: 10_000, agentId },
      connected(5_050), // a late duplicate must not pass for the return
      { type: 'agentBack', at: 14_000, agentId },
      connected(14_100),
      ended(24_050),
    ]);
    assert.deepEqual(names(result).slice(3), ['connect', 'agentTalkEnded', 'recordOutcome']);
  });

  test('whose phone stays lost lets the customer go after the time allowed', () => {
    const result = run([...talk, { type: 'agentLost', at: 10_000, agentId }, timeUp(25_000)]);
    assert.deepEqual(names(result).slice(3), ['agentTalkEnded', 'hangUp']);
  });

  test('assigned to a call that needs nobody any more is released', () => {
    assert.deepEqual(names(run([...talk, assigned(6_000, 'g2')])).at(-1), 'releaseAgent');
  });

  test('cancelling a preview dial ends it as unanswered only if it is known to have rung', () => {
    const from = startCall({ attemptId, at: 0, reservedFor: agentId }, POLICY);
    const hungUp: CallEvent = { type: 'agentHungUp', at: 3_000, agentId };
    assert.equal(run([ringing(100), hungUp], { from }).state.verdict, 'noAnswer');
    assert.equal(run([hungUp], { from }).state.verdict, 'unknown');
  });
});

describe('a call taken up after a restart', () => {
  test('that the switch no longer holds is unknown if nothing was heard, answered if it was talking', () => {
    const missing: CallEvent = { type: 'missing', at: 50_000 };
    const ordered = resumeCall({ attemptId, at: 0 }, 50_000, POLICY);
    assert.equal(run([missing], { from: ordered }).state.outcome, 'unknown');
    const talked = resumeCall({ attemptId, at: 0, answeredAt: 5, connectedAt: 9, agentId }, 50_000, POLICY);
    const result = run([missing], { from: talked });
    assert.equal(result.state.outcome, 'answered');
    assert.deepEqual(names(result), ['agentTalkEnded', 'recordOutcome']);
  });

  test('that still rings keeps its ring time', () => {
    const from = resumeCall({ attemptId, at: 0 }, 5_000, POLICY);
    const result = run([timeUp(7_000), { type: 'found', at: 7_001, phase: 'ringing' }, timeUp(8_000)], {
      from,
    });
    assert.deepEqual(result.commands, []);
    assert.equal(result.state.deadline, 25_000);
  });

  test('that the switch joined meanwhile goes on as a talk', () => {
    const from = resumeCall({ attemptId, at: 0, answeredAt: 4_000 }, 5_000, POLICY);
    const result = run([{ type: 'found', at: 5_001, phase: 'connected', agentId }], { from });
    assert.deepEqual(names(result), ['agentConnected']);
  });

  test('that the switch is already excusing itself to is abandoned', () => {
    const from = resumeCall({ attemptId, at: 0 }, 9_000, POLICY);
    const result = run([{ type: 'found', at: 9_001, phase: 'message', answeredAt: 6_000 }, ended(12_000)], {
      from,
    });
    assert.deepEqual(names(result), ['markAbandoned', 'recordOutcome']);
  });

  test('frees the agent who had been chosen for it, if the switch never joined them', () => {
    const from = resumeCall({ attemptId, at: 0, answeredAt: 4_000, agentId }, 5_000, POLICY);
    const found: CallEvent = { type: 'found', at: 5_001, phase: 'answered', answeredAt: 4_000 };
    assert.deepEqual(names(run([found], { from })), ['releaseAgent', 'assignAgent']);
    assert.deepEqual(names(run([{ type: 'missing', at: 5_001 }], { from })), [
      'releaseAgent',
      'recordOutcome',
    ]);
  });

  test('is not counted as abandoned a second time', () => {
    const from = resumeCall({ attemptId, at: 0, answeredAt: 4_000, verdict: 'abandoned' }, 7_000, POLICY);
    const result = run([{ type: 'missing', at: 7_001 }], { from });
    assert.deepEqual(result.commands, [{ type: 'recordOutcome', outcome: 'abandoned', at: 7_001 }]);
  });

  test('is not declared missing by a list older than its order', () => {
    const from = startCall({ attemptId, at: 1_000 }, POLICY);
    assert.equal(run([{ type: 'missing', at: 1_000 }], { from }).state.phase, 'ordered');
  });
});
