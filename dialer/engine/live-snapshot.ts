import type { Instant } from '../../platform/clock/index.ts';
import type { Floor } from './floor.ts';
import { isRinging, isWaiting } from './line.ts';
import type { LiveSnapshot } from './live.ts';

/** A floor's live numbers, as told to the house. */
export function liveSnapshot(
  floor: Floor,
  around: Pick<LiveSnapshot, 'hopper' | 'freeTrunkLines' | 'callerIdLeft' | 'boundBy'> & { now: Instant },
): LiveSnapshot {
  const { plan, desks, lines, counts, pacer } = floor;
  const all = [...lines.values()];
  return {
    campaignId: plan.id,
    at: around.now,
    running: plan.running,
    mode: plan.mode,
    agents: Array.from(desks.values(), (desk) => desk.liveState()),
    ringing: all.filter(isRinging).length,
    waiting: all.filter(isWaiting).length,
    talking: all.filter((line) => line.call?.phase === 'connected').length,
    hopper: around.hopper,
    freeTrunkLines: around.freeTrunkLines,
    callerIdLeft: around.callerIdLeft,
    counts: { ...counts },
    boundBy: around.boundBy,
    pacing: pacer.explain() ?? null,
  };
}
