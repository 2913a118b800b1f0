import { isReplayNumber } from '../../dialer/core/replay-numbers.ts';
import type { AgentView, DialerEngine, SignIn } from '../../dialer/engine/index.ts';
import { type EventFaults, type ScenarioSource, SimulatedNetwork } from '../../dialer/simulation/index.ts';
import { type Instant, VirtualTimers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { forkRandom, type Random } from '../../platform/random/index.ts';
import { RobotAgents, type RobotBehaviour } from '../demo/robot-agents.ts';
import { composeDialing } from './dialing.ts';
import type { Services } from './services.ts';

export interface VirtualFloorOptions {
  db: Database;
  services: Pick<Services, 'rulesets' | 'readCampaign'>;
  seed: string;
  /** Of this run among those in the same database: the ids of two runs at the same virtual time must differ. */
  name: string;
  startAt: Instant;
  scenarios: ScenarioSource;
  behaviour: RobotBehaviour;
  /**
   * Calls are placed at this beat alone; ms. Virtual time is free, and many calls share what one would cost.
   * Absent: after every event, as on a real floor.
   */
  placeEveryMs?: number;
  /** What becomes of the network's events on their way to us. */
  faults?: EventFaults;
}

/** A call floor in virtual time: the real engine and books, a simulated network, robots at the desks. */
export interface VirtualFloor {
  timers: VirtualTimers;
  engine: DialerEngine;
  /** Seats the robots and begins to dial. */
  open(signIns: readonly SignIn[]): Promise<void>;
  /** Lets time run until `done` says so, or `until`. @throws what went wrong on the floor meanwhile */
  run(done: () => Promise<boolean>, until: Instant): Promise<void>;
  /** Ends the agents' sessions; everything is on disk when it resolves. */
  close(): Promise<void>;
}

/** Nobody watches and no power cut matters: records wait for company, and the lease for an hour. */
const RHYTHM = { journalGatherMs: 60_000, heartbeatMs: 1_000, renewEveryMs: 3_600_000 };
const LOOK_EVERY_MS = 15 * 60_000;
const TRUNKS = [{ id: 'simulated', capacity: 5_000, callsPerSecond: 500 }];

export function composeVirtualFloor(options: VirtualFloorOptions): VirtualFloor {
  const { db, seed, startAt } = options;
  const timers = new VirtualTimers(startAt, async () => {
    await engine.settled();
    await engine.written(); // time must not outrun the books, or a day is not the same twice
  });
  const random: Random = forkRandom(seed, 'robots');
  const failures: unknown[] = [];
  const network = new SimulatedNetwork({
    timers,
    trunks: TRUNKS,
    accepts: isReplayNumber,
    scenarios: options.scenarios,
    faults: options.faults,
  });
  const engine: DialerEngine = composeDialing({
    db,
    timers,
    ids: createIds(timers, forkRandom(seed, `ids of ${options.name}`)),
    telephony: network.connect(),
    rulesets: options.services.rulesets,
    readCampaign: options.services.readCampaign,
    listener: {
      agentChanged: (view: AgentView) => robots.agentChanged(view),
      liveChanged: () => {},
      failed: (_what, error) => failures.push(error),
    },
    rhythm: options.placeEveryMs
      ? { ...RHYTHM, heartbeatMs: options.placeEveryMs, placeOnBeatOnly: true }
      : RHYTHM,
  });
  const robots: RobotAgents = new RobotAgents({
    door: engine,
    timers,
    random,
    behaviour: options.behaviour,
    onFailure: (error) => failures.push(error),
  });
  const assertWell = () => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    timers,
    engine,
    async open(signIns) {
      await engine.start();
      await robots.signIn(signIns);
    },
    async run(done, until) {
      while (timers.now() < until && !(await done())) {
        await timers.advanceTo(Math.min(until, timers.now() + LOOK_EVERY_MS));
        assertWell();
      }
    },
    async close() {
      robots.rest();
      await engine.stop();
      assertWell();
    },
  };
}
