import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resumeCall, startCall, startInboundCall, stepCall } from './call-machine.ts';
import {
  type CallCommand,
  type CallEvent,
  type CallPolicy,
  type CallState,
  DEFAULT_CALL_POLICY,
} from './call-state.ts';

const attemptId = 'a1';
const at = fc.integer({ min: 0, max: 90_000 });
const agentId = fc.constantFrom('g1', 'g2', 'g3');

function one<T extends string>(type: T) {
  return fc.record({ type: fc.constant(type), attemptId: fc.constant(attemptId), at });
}

const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  one('ringing'),
  one('pickedUp'),
  fc.record({
    type: fc.constant('answered' as const),
    attemptId: fc.constant(attemptId),
    at,
    by: fc.constantFrom('person', 'machine', 'fax', 'unknown'),
  }),
  fc.record({
    type: fc.constantFrom('connected', 'connectFailed'),
    attemptId: fc.constant(attemptId),
    at,
    agentId,
  }),
  fc.record({
    type: fc.constant('messageEnded' as const),
    attemptId: fc.constant(attemptId),
    at,
    optedOut: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('ended' as const),
    attemptId: fc.constant(attemptId),
    at,
    cause: fc.constantFrom(
      'normal',
      'noAnswer',
      'busy',
      'congestion',
      'rejected',
      'invalidNumber',
      'trunkFailure',
      'cancelled',
      'lost',
    ),
    by: fc.constantFrom('customer', 'agent', 'system', 'network'),
  }),
  fc.record({ type: fc.constant('notPlaced' as const), at, reason: fc.constantFrom('cancelled', 'failed') }),
  fc.record({ type: fc.constantFrom('agentAssigned', 'agentHungUp', 'agentLost', 'agentBack'), at, agentId }),
  fc.record({ type: fc.constantFrom('hangUpRequested', 'timeUp', 'missing'), at }),
  fc.record({
    type: fc.constant('found' as const),
    at,
    phase: fc.constantFrom('ringing', 'answered', 'connected', 'message'),
    answeredAt: fc.option(at, { nil: undefined }),
    agentId: fc.option(agentId, { nil: undefined }),
  }),
);

const anyPolicy: fc.Arbitrary<CallPolicy> = fc.record({
  ...Object.fromEntries(Object.entries(DEFAULT_CALL_POLICY).map(([key, value]) => [key, fc.constant(value)])),
  connectWithinMs: fc.constantFrom(0, 2_000, 600_000),
  onMachine: fc.constantFrom('hangUp', 'leaveMessage', 'connect'),
  onUnsure: fc.constantFrom('connect', 'abandon'),
  abandonMessage: fc.boolean(),
}) as fc.Arbitrary<CallPolicy>;

const anyStart = fc.constantFrom(
  'ordered',
  'preview',
  'inbound',
  'waitingBefore',
  'assignedBefore',
  'abandonedBefore',
  'talkingBefore',
  'talkedBefore',
);

function starting(kind: string, policy: CallPolicy): CallState {
  const before = { attemptId, at: 0, answeredAt: 500 };
  if (kind === 'preview') return startCall({ attemptId, at: 0, reservedFor: 'g1' }, policy);
  if (kind === 'inbound') return startInboundCall({ attemptId, at: 0 }, policy);
  if (kind === 'waitingBefore') return resumeCall(before, 1_000, policy);
  if (kind === 'assignedBefore') return resumeCall({ ...before, agentId: 'g1' }, 1_000, policy);
  if (kind === 'abandonedBefore') return resumeCall({ ...before, verdict: 'abandoned' }, 1_000, policy);
  if (kind === 'talkingBefore')
    return resumeCall({ ...before, connectedAt: 600, agentId: 'g1' }, 1_000, policy);
  if (kind === 'talkedBefore') {
    return resumeCall({ ...before, connectedAt: 600, talkEndedAt: 900, agentId: 'g1' }, 1_000, policy);
  }
  return startCall({ attemptId, at: 0 }, policy);
}

interface History {
  state: CallState;
  commands: { command: CallCommand; live: boolean }[];
}

function play(state: CallState, events: readonly CallEvent[], policy: CallPolicy): History {
  const history: History = { state, commands: [] };
  for (const event of events) take(history, event, policy);
  return history;
}

function take(history: History, event: CallEvent, policy: CallPolicy): void {
  const live = history.state.phase !== 'ended';
  const step = stepCall(history.state, event, policy);
  history.state = step.state;
  for (const command of step.commands) history.commands.push({ command, live });
}

/** Only timers from here on: the network and everybody else have gone silent. */
function runOut(history: History, policy: CallPolicy): number {
  let steps = 0;
  while (history.state.deadline !== undefined && steps < 100) {
    take(history, { type: 'timeUp', at: history.state.deadline }, policy);
    steps += 1;
  }
  return steps;
}

function count(history: History, type: CallCommand['type']): number {
  return history.commands.filter(({ command }) => command.type === type).length;
}

const anyHistory = fc.tuple(anyStart, fc.array(anyEvent, { maxLength: 40 }), anyPolicy);

test('whatever happens in whatever order, a call ends in exactly one outcome and is never stuck', () => {
  fc.assert(
    fc.property(anyHistory, ([start, events, policy]) => {
      const history = play(starting(start, policy), events, policy);
      assert.equal(history.state.deadline === undefined, history.state.phase === 'ended');
      assert.ok(runOut(history, policy) < 100);
      assert.equal(history.state.phase, 'ended');
      assert.equal(count(history, 'recordOutcome'), 1);
    }),
    { numRuns: 3_000 },
  );
});

test('nothing is joined, played, asked or assigned after the end', () => {
  const dead = new Set(['hangUp', 'optOut', 'releaseAgent']);
  fc.assert(
    fc.property(anyHistory, ([start, events, policy]) => {
      const history = play(starting(start, policy), events, policy);
      for (const { command, live } of history.commands)
        assert.ok(live || dead.has(command.type), command.type);
    }),
    { numRuns: 2_000 },
  );
});

test('a talk has one agent, begins and ends once, and a call is counted as abandoned once exactly if it says so', () => {
  fc.assert(
    fc.property(anyHistory, ([start, events, policy]) => {
      const history = play(starting(start, policy), events, policy);
      runOut(history, policy);
      const { state } = history;
      const began = start === 'talkingBefore' || start === 'talkedBefore' ? 1 : 0;
      const talks = count(history, 'agentConnected') + began;
      assert.ok(talks <= 1);
      assert.equal(count(history, 'agentTalkEnded') + (start === 'talkedBefore' ? 1 : 0), talks);
      const marks = count(history, 'markAbandoned') + (start === 'abandonedBefore' ? 1 : 0);
      assert.equal(marks, state.outcome === 'abandoned' ? 1 : 0);
      assert.equal(talks, state.outcome === 'answered' ? 1 : 0);
      assert.ok(count(history, 'optOut') <= 1);
    }),
    { numRuns: 3_000 },
  );
});

test('every agent who was asked to join is let go: after a talk or without one', () => {
  fc.assert(
    fc.property(anyHistory, ([start, events, policy]) => {
      const history = play(starting(start, policy), events, policy);
      runOut(history, policy);
      const held = new Set<string>(start === 'talkingBefore' || start === 'assignedBefore' ? ['g1'] : []);
      for (const { command } of history.commands) {
        if (command.type === 'connect' || command.type === 'agentConnected') held.add(command.agentId);
        if (command.type === 'releaseAgent' || command.type === 'agentTalkEnded')
          held.delete(command.agentId);
      }
      assert.deepEqual([...held], []);
    }),
    { numRuns: 2_000 },
  );
});

test('the same event twice in a row does no more than once, but to look or hang up again', () => {
  const again = new Set(['hangUp', 'ask', 'assignAgent']);
  fc.assert(
    fc.property(anyHistory, anyEvent, ([start, events, policy], event) => {
      if (event.type === 'timeUp' || event.type === 'found' || event.type === 'agentAssigned') return;
      const history = play(starting(start, policy), [...events, event], policy);
      const before = history.commands.length;
      take(history, event, policy);
      for (const { command } of history.commands.slice(before))
        assert.ok(again.has(command.type), command.type);
    }),
    { numRuns: 2_000 },
  );
});
