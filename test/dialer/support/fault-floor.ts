import type { Scenario } from '../../../dialer/simulation/index.ts';
import type { Telephony } from '../../../dialer/telephony/index.ts';
import type { Random } from '../../../platform/random/index.ts';
import type { EngineFloor } from './engine-floor.ts';
import { assertAllEnded, assertSound } from './floor-invariants.ts';

/** Every kind of far end, in one list: a third are people. */
export function anyFarEnd(_: unknown, random: Random): Scenario {
  const ringMs = 2_000 + Math.floor(random.next() * 12_000);
  const talkMs = 5_000 + Math.floor(random.next() * 40_000);
  const kind = Math.floor(random.next() * 9);
  const setupMs = 300;
  switch (kind) {
    case 0:
      return { result: 'noAnswer', setupMs };
    case 1:
      return { result: 'busy', setupMs };
    case 2:
      return { result: 'rejected', setupMs, ringMs };
    case 3:
      return { result: 'invalidNumber', setupMs };
    case 4:
      return { result: 'answered', setupMs, ringMs, talkMs, patienceMs: 0 };
    case 5:
      return { result: 'answered', setupMs, ringMs, talkMs, patienceMs: 8_000, optOutAfterMs: 2_000 };
    default:
      return { result: 'answered', setupMs, ringMs, talkMs, patienceMs: 20_000 };
  }
}

/**
 * Runs the floor until nobody is left to dial and every call has ended, then checks that all is sound and that the
 * floor did work: what a fault must leave behind when it is over.
 */
export async function assertRecovers(
  floor: EngineFloor,
  rule: { restarts?: boolean /** leads that may not be dialed */; held?: number } = {},
): Promise<void> {
  const { held = 0 } = rule;
  for (let minute = 0; minute < 90 && notDone(floor) > held; minute++) await floor.minutes(1);
  await floor.minutes(2);
  const left = notDone(floor);
  if (left > held) {
    const states = floor.live().agents.map(({ state, reason }) => `${state} ${reason}`);
    throw new Error(`${left} leads are not done; ${floor.live().boundBy}; agents: ${states.join(', ')}`);
  }
  await floor.stop();
  assertSound(floor, rule);
  assertAllEnded(floor);
}

function notDone(floor: EngineFloor): number {
  return [...floor.business.leads.values()].filter(({ state }) => state !== 'done').length;
}

/** A switch between, on which some commands fail as `refuse` says. */
export function refusing(
  refuse: (command: string) => Error | undefined,
): (telephony: Telephony) => Telephony {
  return (telephony) =>
    new Proxy(telephony, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || typeof name !== 'string') return value;
        return (...values: unknown[]) => {
          const error = refuse(name);
          return error
            ? Promise.reject(error)
            : (value as (...v: unknown[]) => unknown).apply(target, values);
        };
      },
    });
}
