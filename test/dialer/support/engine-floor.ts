import {
  type AgentView,
  DialerEngine,
  type LiveSnapshot,
  type SignIn,
} from '../../../dialer/engine/index.ts';
import type { CampaignPlan } from '../../../dialer/ports.ts';
import { type EventFaults, type Scenario, SimulatedNetwork } from '../../../dialer/simulation/index.ts';
import type { PlaceOrder, Telephony } from '../../../dialer/telephony/index.ts';
import { VirtualTimers } from '../../../platform/clock/index.ts';
import type { Database } from '../../../platform/db/index.ts';
import { createIds, type Id } from '../../../platform/ids/index.ts';
import { type Random, seededRandom } from '../../../platform/random/index.ts';
import { RobotAgents } from '../../../server/demo/robot-agents.ts';
import { MortalLife } from './mortal-life.ts';
import { PaperBusiness } from './paper-business.ts';

export const START = Date.UTC(2026, 10, 23, 9);
let campaigns = 0;

export interface FloorSetup {
  db: Database;
  seed?: string;
  plan?: Partial<CampaignPlan>;
  scenario?: (order: PlaceOrder, random: Random) => Scenario;
  faults?: EventFaults;
  trunks?: { id: string; capacity: number; callsPerSecond: number }[];
  business?: PaperBusiness;
  wrapUpMs?: number;
  /** Between the engine and the network: a switch that refuses commands, say. */
  wires?: (telephony: Telephony) => Telephony;
  /** See `EngineOptions`. */
  soleProcess?: boolean;
  /** Robots press buttons; default true. */
  robots?: boolean;
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
  readonly lives: LiveSnapshot[] = [];
  readonly robots: RobotAgents;
  readonly random: Random;
  engine: DialerEngine;
  /** A lease outlives a floor that was not stopped: each floor has a campaign of its own. */
  readonly campaignId: Id;
  /** Numbers dialed while another call to them was up, and attempts placed twice: must stay empty. */
  readonly doubleCalls: string[] = [];
  readonly placed = new Map<Id, string>();
  /** Those alive: time waits for them. */
  readonly engines = new Map<DialerEngine, { mortal: MortalLife; telephony: Telephony }>();
  readonly #setup: FloorSetup;
  #lives = 0;

  constructor(setup: FloorSetup) {
    this.#setup = setup;
    this.business = setup.business ?? new PaperBusiness();
    this.random = seededRandom(setup.seed ?? 'floor');
    this.campaignId = setup.plan?.id ?? `campaign-${++campaigns}`;
    this.timers = new VirtualTimers(START, () => this.#settled());
    this.network = new SimulatedNetwork({
      timers: this.timers,
      trunks: setup.trunks ?? [{ id: 'trunk', capacity: 200, callsPerSecond: 100 }],
      scenarios: (order) => this.#dialed(order),
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
    if (this.business.plans.length === 0) {
      this.business.plans.push(plan({ ...setup.plan, id: this.campaignId }));
    }
  }

  /** Another life of the process, on the same network and business. */
  newEngine(): DialerEngine {
    const mortal = new MortalLife();
    const timers = mortal.timers(this.timers);
    const telephony = this.network.connect();
    const engine = new DialerEngine({
      db: mortal.database(this.#setup.db),
      timers,
      ids: createIds(timers, seededRandom(`ids-${this.#lives++}`)),
      telephony: this.#setup.wires?.(telephony) ?? telephony,
      plans: this.business,
      leads: this.business,
      gate: this.business,
      callLog: this.business,
      listener: {
        agentChanged: (view) => {
          this.views.push(view);
          if (this.#setup.robots !== false) this.robots.agentChanged(view);
        },
        liveChanged: (snapshot) => this.lives.push(snapshot),
        failed: (what, error) => this.failures.push({ what, error }),
      },
      liveEveryMs: 1_000,
      soleProcess: this.#setup.soleProcess,
    });
    this.engines.set(engine, { mortal, telephony });
    return engine;
  }

  async start(agents: number): Promise<Id[]> {
    await this.engine.start();
    return this.signIn(agents);
  }

  async signIn(agents: number): Promise<Id[]> {
    const ids = Array.from({ length: agents }, (_, index) => `agent-${index}`);
    const signIns = ids.map((agentId) => this.signInOf(agentId));
    if (this.#setup.robots === false) for (const signIn of signIns) await this.engine.signIn(signIn);
    else await this.robots.signIn(signIns);
    return ids;
  }

  signInOf(agentId: Id): SignIn {
    return { agentId, vendorId: 'v', teamId: 't', campaignId: this.campaignId };
  }

  view(agentId: Id): AgentView {
    const view = this.engine.agentView(agentId);
    if (!view) throw new Error(`${agentId} is not signed in`);
    return view;
  }

  live(): LiveSnapshot {
    const snapshot = this.engine.snapshot(this.campaignId);
    if (!snapshot) throw new Error('the campaign is not dialed');
    return snapshot;
  }

  /** The campaign's plan changes and the engine is told. */
  async replan(changes: Partial<CampaignPlan>): Promise<void> {
    const [before] = this.business.plans;
    if (!before) throw new Error('no plan');
    this.business.plans[0] = { ...before, version: before.version + 1, ...changes };
    await this.engine.refresh();
  }

  /**
   * The process is gone between two moments, what it had not written with it; the network lives on. A new process
   * starts on the same books.
   */
  async dieAndComeBack(): Promise<void> {
    await this.die();
    this.engine = this.newEngine();
    await this.engine.start();
  }

  /** Also from inside a unit of work: the database carries out what it was told, and nobody hears of it. */
  async die(): Promise<void> {
    const life = this.engines.get(this.engine);
    life?.mortal.end();
    await life?.telephony.stop();
    this.engines.delete(this.engine);
  }

  /** Resolves when the present process dies. */
  died(): Promise<void> {
    return this.engines.get(this.engine)?.mortal.died ?? Promise.resolve();
  }

  seconds(count: number): Promise<void> {
    return this.timers.advanceBy(count * 1_000);
  }

  minutes(count: number): Promise<void> {
    return this.timers.advanceBy(count * 60_000);
  }

  async stop(): Promise<void> {
    this.robots.rest();
    await this.engine.stop();
  }

  async #settled(): Promise<void> {
    for (const [engine, { mortal }] of this.engines) {
      await Promise.race([engine.settled(), mortal.died]);
      await Promise.race([engine.written(), mortal.died]);
    }
  }

  #dialed(order: PlaceOrder): Scenario {
    const up = this.network.openCalls().some((call) => this.placed.get(call.attemptId) === order.e164);
    if (up || this.placed.has(order.attemptId)) this.doubleCalls.push(order.attemptId);
    this.placed.set(order.attemptId, order.e164);
    return (this.#setup.scenario ?? answersAfterTenSeconds)(order, this.random);
  }
}

function answersAfterTenSeconds(): Scenario {
  return { result: 'answered', setupMs: 500, ringMs: 10_000, talkMs: 60_000, patienceMs: 10_000 };
}

export function plan(changes: Partial<CampaignPlan> = {}): CampaignPlan {
  return {
    id: 'campaign',
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
    callerIds: [{ e164: '+999000000001', dailyCap: null }],
    timeZone: 'UTC',
    detectMachines: false,
    abandonMessage: true,
    hopperSize: 50,
    scriptVersionId: null,
    abandonedSoFar: { answered: 0, abandoned: 0 },
    ...changes,
  };
}
