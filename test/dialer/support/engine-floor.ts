import { type AgentView, DialerEngine, type LiveSnapshot } from '../../../dialer/engine/index.ts';
import type { CampaignPlan } from '../../../dialer/ports.ts';
import { type EventFaults, type Scenario, SimulatedNetwork } from '../../../dialer/simulation/index.ts';
import type { PlaceOrder } from '../../../dialer/telephony/index.ts';
import { VirtualTimers } from '../../../platform/clock/index.ts';
import type { Database } from '../../../platform/db/index.ts';
import { createIds, type Id } from '../../../platform/ids/index.ts';
import { type Random, seededRandom } from '../../../platform/random/index.ts';
import { RobotAgents } from '../../../server/demo/robot-agents.ts';
import { PaperBusiness } from './paper-business.ts';

export const START = Date.UTC(2026, 10, 23, 9);
export const CAMPAIGN = 'campaign';

export interface FloorSetup {
  db: Database;
  seed?: string;
  plan?: Partial<CampaignPlan>;
  scenario?: (order: PlaceOrder, random: Random) => Scenario;
  faults?: EventFaults;
  trunks?: { id: string; capacity: number; callsPerSecond: number }[];
  business?: PaperBusiness;
  wrapUpMs?: number;
}

export interface Failure {
  what: string;
  error: unknown;
}

/** An engine on a simulated network in virtual time, with a business on paper and robot agents. */
export class EngineFloor {
  readonly timers: VirtualTimers;
  readonly business: PaperBusiness;
  readonly network: SimulatedNetwork;
  readonly failures: Failure[] = [];
  readonly views: AgentView[] = [];
  readonly live: LiveSnapshot[] = [];
  readonly robots: RobotAgents;
  readonly random: Random;
  engine: DialerEngine;
  readonly #setup: FloorSetup;
  #lives = 0;

  constructor(setup: FloorSetup) {
    this.#setup = setup;
    this.business = setup.business ?? new PaperBusiness();
    this.random = seededRandom(setup.seed ?? 'floor');
    this.timers = new VirtualTimers(START, () => this.engine.settled());
    this.network = new SimulatedNetwork({
      timers: this.timers,
      trunks: setup.trunks ?? [{ id: 'trunk', capacity: 200, callsPerSecond: 100 }],
      scenarios: (order) => (setup.scenario ?? answersAfterTenSeconds)(order, this.random),
      ...(setup.faults ? { faults: setup.faults } : {}),
    });
    this.engine = this.newEngine();
    this.robots = new RobotAgents({
      door: {
        signIn: (signIn) => this.engine.signIn(signIn),
        command: (agentId, command) => this.engine.command(agentId, command),
      },
      timers: this.timers,
      random: this.random,
      behaviour: {
        wrapUpMs: () => setup.wrapUpMs ?? 5_000,
        previewMs: () => 3_000,
        verdict: () => ({ dispositionId: 'sale' }),
      },
      onFailure: (error) => this.failures.push({ what: 'robot', error }),
    });
    if (this.business.plans.length === 0) this.business.plans.push(plan(setup.plan));
  }

  /** Another life of the process, on the same network and business. */
  newEngine(): DialerEngine {
    const { db } = this.#setup;
    return new DialerEngine({
      db,
      timers: this.timers,
      ids: createIds(this.timers, seededRandom(`ids-${this.#lives++}`)),
      telephony: this.network.connect(),
      plans: this.business,
      leads: this.business,
      gate: this.business,
      callLog: this.business,
      listener: {
        agentChanged: (view) => {
          this.views.push(view);
          this.robots.agentChanged(view);
        },
        liveChanged: (snapshot) => this.live.push(snapshot),
        failed: (what, error) => this.failures.push({ what, error }),
      },
      liveEveryMs: 1_000,
    });
  }

  async start(agents: number): Promise<Id[]> {
    await this.engine.start();
    const ids = Array.from({ length: agents }, (_, index) => `agent-${index}`);
    await this.robots.signIn(
      ids.map((agentId) => ({ agentId, vendorId: 'v', teamId: 't', campaignId: CAMPAIGN })),
    );
    return ids;
  }

  minutes(count: number): Promise<void> {
    return this.timers.advanceBy(count * 60_000);
  }

  async stop(): Promise<void> {
    this.robots.rest();
    await this.engine.stop();
  }
}

function answersAfterTenSeconds(): Scenario {
  return { result: 'answered', setupMs: 500, ringMs: 10_000, talkMs: 60_000, patienceMs: 10_000 };
}

export function plan(changes: Partial<CampaignPlan> = {}): CampaignPlan {
  return {
    id: CAMPAIGN,
    vendorId: 'v',
    teamId: 't',
    version: 1,
    running: true,
    mode: 'progressive',
    startedAt: START,
    ratio: 1,
    targetAbandonRate: 0.03,
    connectWithinMs: 2_000,
    abandonWindow: { kind: 'localDay', timeZone: 'UTC' },
    maxLines: 1_000,
    maxLinesPerAgent: 5,
    maxCallsPerSecond: 50,
    ringTimeoutMs: 25_000,
    wrapUpLimitMs: 30_000,
    wrapUpExtensionMs: 30_000,
    previewLimitMs: 20_000,
    previewRule: 'dial',
    callerIds: ['+999000000001'],
    detectMachines: false,
    abandonMessage: true,
    hopperSize: 50,
    scriptVersionId: null,
    abandonedSoFar: { answered: 0, abandoned: 0 },
    ...changes,
  };
}
