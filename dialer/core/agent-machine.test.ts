import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { canTakeCall, newAgentSession, stepAgent } from './agent-machine.ts';
import type { AgentEvent, AgentInterval, AgentPolicy, AgentRefusal, AgentSession } from './agent-state.ts';

const POLICY: AgentPolicy = { wrapUpMs: 30_000, wrapUpExtensionMs: 20_000 };
const callId = 'c1';

interface Shift {
  session: AgentSession;
  closed: AgentInterval[];
  refused: AgentRefusal[];
}

function work(events: readonly AgentEvent[], from = newAgentSession('g1', 0)): Shift {
  const shift: Shift = { session: from, closed: [], refused: [] };
  for (const event of events) {
    const result = stepAgent(shift.session, event, POLICY);
    shift.session = result.session;
    if (result.refused !== undefined) shift.refused.push(result.refused);
    else if (result.closed !== undefined) shift.closed.push(result.closed);
  }
  return shift;
}

const SIGNED_IN: AgentEvent[] = [
  { type: 'login', at: 1_000 },
  { type: 'phoneReady', at: 2_000 },
  { type: 'ready', at: 3_000 },
];
const TALKING: AgentEvent[] = [
  ...SIGNED_IN,
  { type: 'callAssigned', at: 10_000, callId },
  { type: 'callConnected', at: 10_050, callId },
];
const WRAPPING: AgentEvent[] = [...TALKING, { type: 'callEnded', at: 70_050, callId }];

describe('an agent', () => {
  test('goes from sign-in through a call and its wrap-up back to available, every second in one state', () => {
    const shift = work([...WRAPPING, { type: 'disposed', at: 80_050, callId }]);
    assert.deepEqual(
      shift.closed.map(({ state, from, to }) => [state, to - from]),
      [
        ['loggedOut', 1_000],
        ['paused', 2_000],
        ['available', 7_000],
        ['ringing', 50],
        ['connected', 60_000],
        ['wrapUp', 10_000],
      ],
    );
    assert.ok(canTakeCall(shift.session));
  });

  test('is not ready before the phone is', () => {
    assert.deepEqual(
      work([
        { type: 'login', at: 1 },
        { type: 'ready', at: 2 },
      ]).refused,
      ['phone_not_ready'],
    );
  });

  test('whose wrap-up ends without a disposition is paused with that reason and cannot be ready before disposing', () => {
    const late = work([...WRAPPING, { type: 'wrapUpExpired', at: 100_050 }, { type: 'ready', at: 101_000 }]);
    assert.equal(late.session.state, 'paused');
    assert.equal(late.session.reason, 'no_disposition');
    assert.equal(late.session.owes, callId);
    assert.deepEqual(late.refused, ['disposition_missing']);
    assert.equal(work([{ type: 'disposed', at: 102_000, callId }], late.session).session.state, 'available');
  });

  test('can extend wrap-up once', () => {
    const shift = work([
      ...WRAPPING,
      { type: 'wrapUpExtended', at: 71_000 },
      { type: 'wrapUpExtended', at: 72_000 },
    ]);
    assert.equal(shift.session.wrapUpEndsAt, 120_050);
    assert.deepEqual(shift.refused, ['already_extended']);
  });

  test('is not paused by the timer of a wrap-up that was extended', () => {
    const extended = work([...WRAPPING, { type: 'wrapUpExtended', at: 71_000 }]);
    assert.deepEqual(work([{ type: 'wrapUpExpired', at: 100_050 }], extended.session).refused, ['not_due']);
  });

  test('who disposes during the talk has no wrap-up', () => {
    const shift = work([
      ...TALKING,
      { type: 'disposed', at: 20_000, callId },
      { type: 'callEnded', at: 30_000, callId },
    ]);
    assert.equal(shift.session.state, 'available');
  });

  test('who asks for a pause while talking gets it when the call is disposed, with its reason', () => {
    const asked = stepAgent(work(TALKING).session, { type: 'pause', at: 20_000, reason: 'break' }, POLICY);
    assert.ok(asked.refused === undefined && asked.deferred);
    const events: AgentEvent[] = [
      { type: 'callEnded', at: 30_000, callId },
      { type: 'wrapUpExpired', at: 60_000 },
    ];
    const undisposed = work(events, asked.session);
    assert.equal(undisposed.session.reason, 'no_disposition');
    const shift = work([{ type: 'disposed', at: 61_000, callId }], undisposed.session);
    assert.deepEqual([shift.session.state, shift.session.reason], ['paused', 'break']);
  });

  test('who changes their mind takes the pause back', () => {
    const shift = work([
      ...TALKING,
      { type: 'pause', at: 20_000, reason: 'break' },
      { type: 'ready', at: 21_000 },
      { type: 'callEnded', at: 30_000, callId },
      { type: 'disposed', at: 31_000, callId },
    ]);
    assert.equal(shift.session.state, 'available');
  });

  test('who logs out while talking leaves after the work, and what they owe waits for the next login', () => {
    const left = work([
      ...TALKING,
      { type: 'logout', at: 20_000 },
      { type: 'callEnded', at: 30_000, callId },
    ]);
    assert.equal(left.session.state, 'wrapUp');
    const gone = work([{ type: 'wrapUpExpired', at: 60_000 }], left.session);
    assert.equal(gone.session.state, 'loggedOut');
    const back = work([{ type: 'login', at: 90_000 }], gone.session);
    assert.equal(back.session.reason, 'no_disposition');
  });

  test('whose phone is lost gets no call, and a talk is not cut by it', () => {
    const idle = work([...SIGNED_IN, { type: 'phoneLost', at: 4_000 }]);
    assert.deepEqual([idle.session.state, idle.session.reason], ['paused', 'phone_lost']);
    assert.deepEqual(work([{ type: 'callAssigned', at: 5_000, callId }], idle.session).refused, [
      'not_available',
    ]);
    const talk = work([...TALKING, { type: 'phoneLost', at: 20_000 }]);
    assert.equal(talk.session.state, 'connected');
    const after = work(
      [
        { type: 'callEnded', at: 30_000, callId },
        { type: 'disposed', at: 31_000, callId },
      ],
      talk.session,
    );
    assert.equal(after.session.reason, 'phone_lost');
  });

  test('looking at a preview gives it back when they pause, and keeps it when it becomes their call', () => {
    const looking = work([...SIGNED_IN, { type: 'reserved', at: 5_000, workId: 'r1' }]).session;
    const paused = stepAgent(looking, { type: 'pause', at: 6_000, reason: 'break' }, POLICY);
    assert.ok(paused.refused === undefined && paused.released === 'r1');
    const dialed = stepAgent(looking, { type: 'callAssigned', at: 6_000, callId }, POLICY);
    assert.ok(dialed.refused === undefined && dialed.released === undefined);
  });

  test('is refused changes that their state does not allow', () => {
    const refusals: [AgentEvent[], AgentEvent, AgentRefusal][] = [
      [[], { type: 'ready', at: 1 }, 'logged_out'],
      [SIGNED_IN, { type: 'login', at: 4_000 }, 'already_logged_in'],
      [SIGNED_IN, { type: 'callEnded', at: 4_000, callId }, 'not_in_call'],
      [TALKING, { type: 'callAssigned', at: 11_000, callId: 'c2' }, 'not_available'],
      [TALKING, { type: 'callEnded', at: 11_000, callId: 'c2' }, 'other_call'],
      [TALKING, { type: 'callReleased', at: 11_000, callId }, 'other_call'],
      [TALKING, { type: 'wrapUpExtended', at: 11_000 }, 'not_in_wrap_up'],
      [WRAPPING, { type: 'disposed', at: 71_000, callId: 'c2' }, 'other_call'],
    ];
    for (const [before, event, code] of refusals) {
      const { session } = work(before);
      const result = stepAgent(session, event, POLICY);
      assert.equal(result.refused, code);
      assert.equal(result.session, session);
    }
  });
});

const at = fc.integer({ min: 0, max: 500_000 });
const id = fc.constantFrom('c1', 'c2');
const anyEvent: fc.Arbitrary<AgentEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom(
      'login',
      'ready',
      'logout',
      'wrapUpExtended',
      'wrapUpExpired',
      'phoneLost',
      'phoneReady',
      'phoneReady',
    ),
    at,
  }),
  fc.record({ type: fc.constant('pause' as const), at, reason: fc.constantFrom('break', 'training') }),
  fc.record({ type: fc.constantFrom('reserved', 'reservationEnded'), at, workId: id }),
  fc.record({
    type: fc.constantFrom('callAssigned', 'callReleased', 'callConnected', 'callEnded', 'disposed'),
    at,
    callId: id,
  }),
);

test('whatever happens, even with a clock that jumps, an agent is in one state at a time and the times add up', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(anyEvent, { maxLength: 60 }), (inOrder, events) => {
      const history = inOrder ? events.toSorted((a, b) => a.at - b.at) : events;
      const { session, closed } = work([...SIGNED_IN, ...history]);
      let edge = 0;
      for (const stretch of closed) {
        assert.equal(stretch.from, edge);
        assert.ok(stretch.to >= stretch.from);
        edge = stretch.to;
      }
      assert.equal(session.since, edge);
      assert.equal(session.state === 'paused', session.reason !== undefined);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever happens, no call reaches an agent who owes a disposition, is paused or has no phone', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      let session = work(SIGNED_IN).session;
      for (const event of events) {
        const before = session;
        const result = stepAgent(session, event, POLICY);
        session = result.session;
        const taken = result.refused === undefined && event.type === 'callAssigned';
        if (!taken) continue;
        assert.ok(before.phoneReady && before.owes === undefined);
        assert.ok(before.state === 'available' || before.state === 'reserved');
      }
    }),
    { numRuns: 2_000 },
  );
});
