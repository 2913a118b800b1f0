import assert from 'node:assert/strict';
import { isReplayNumber, replayNumber } from '../../dialer/core/replay-numbers.ts';
import { type Scenario, SimulatedNetwork } from '../../dialer/simulation/index.ts';
import { VirtualTimers } from '../../platform/clock/index.ts';
import { type Behaviour, type TelephonyLab, telephonyConformance } from './telephony-conformance.ts';

const BEHAVIOURS: Record<Behaviour, Scenario> = {
  answersAndStays: { result: 'answered', setupMs: 100, ringMs: 1_000 },
  answersAndTalks: { result: 'answered', setupMs: 100, ringMs: 1_000, talkMs: 3_000 },
  answersAndGoes: { result: 'answered', setupMs: 100, ringMs: 1_000, patienceMs: 1_000 },
  answersAsMachine: { result: 'answered', by: 'machine', setupMs: 100, ringMs: 1_000, detectMs: 1_500 },
  pressesOptOut: { result: 'answered', setupMs: 100, ringMs: 1_000, optOutAfterMs: 2_000 },
  rings: { result: 'noAnswer', setupMs: 100 },
  isBusy: { result: 'busy', setupMs: 200 },
  rejects: { result: 'rejected', setupMs: 100, ringMs: 500 },
  isCongested: { result: 'congestion', setupMs: 100 },
  isNoNumber: { result: 'invalidNumber', setupMs: 100 },
};

function makeLab(commandMs: number): TelephonyLab {
  const timers = new VirtualTimers(1_800_000_000_000);
  const network = new SimulatedNetwork({
    timers,
    trunks: [{ id: 'main', capacity: 3, callsPerSecond: 10 }],
    scenarios: () => BEHAVIOURS.rings,
    accepts: isReplayNumber,
    commandMs,
  });
  const telephony = network.connect();
  let placed = 0;
  let calledIn = 0;
  return {
    telephony,
    trunkCapacity: 3,
    refusedNumber: '+8613800138000',
    now: () => timers.now(),
    order: (behaviour, changes) => ({
      attemptId: `a${placed++}`,
      e164: replayNumber(placed),
      trunkId: 'main',
      ringTimeoutMs: 20_000,
      ticketExpiresAt: timers.now() + 10_000,
      detectMachine: false,
      scenario: BEHAVIOURS[behaviour],
      ...changes,
    }),
    async until(done, withinMs = 60_000) {
      assert.ok(await timers.runUntil(done, timers.now() + withinMs), `nothing came within ${withinMs} ms`);
    },
    pass: (ms) => timers.advanceBy(ms),
    losePhone: async (agentId) => network.losePhone(agentId),
    callIn: async () =>
      network.callIn({ callId: `in${calledIn++}`, from: replayNumber(7), to: replayNumber(8) }),
    another: () => network.connect(),
    close: () => telephony.stop(),
  };
}

async function started(lab: TelephonyLab): Promise<TelephonyLab> {
  await lab.telephony.start();
  return lab;
}

telephonyConformance('the simulated network', () => started(makeLab(0)));
telephonyConformance('a simulated network with slow commands', () => started(makeLab(40)));
