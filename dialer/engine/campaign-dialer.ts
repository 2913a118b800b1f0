import type { Timer } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { CallEvent } from '../core/call-state.ts';
import { createPacer } from '../pacing/index.ts';
import type { CampaignPlan, LeadCandidate } from '../ports.ts';
import type { CallNetworkEvent } from '../telephony/index.ts';
import { CallRunner } from './call-runner.ts';
import { callPolicy, pacerChanges, pacerOptions } from './campaign-policy.ts';
import { claimLines } from './claim-lines.ts';
import type { Desk } from './desk.ts';
import type { SharedParts } from './engine-parts.ts';
import { type Floor, longestIdle, longestWaiting, pacingView } from './floor.ts';
import { Hopper } from './hopper.ts';
import type { Lease } from './lease.ts';
import { isRinging, isWaiting, type Line } from './line.ts';
import type { LiveSnapshot } from './live.ts';

const HEARTBEAT_MS = 250;
/** From the claim to the network: an order that could not leave by then is refused there. */
const TICKET_MS = 10_000;

/** A call that is to be placed, with a line and a second's call taken from the trunk. */
interface PlannedCall {
  lead: LeadCandidate;
  trunkId: Id;
  reservedFor: Id | null;
}

/**
 * Dials one campaign: after every event, and at every beat, it serves who waits, asks the pacer how many calls to
 * place, claims leads for them and hands them to the network. One exists per campaign, in the process that owns it.
 */
export class CampaignDialer {
  readonly floor: Floor;
  readonly hopper: Hopper;
  readonly calls: CallRunner;
  readonly lease: Lease;
  readonly #parts: SharedParts;
  readonly #whenSettled: (() => void)[] = [];
  #ordering = 0;
  #ticking = false;
  #tickAgain = false;
  #closed = false;
  #boundBy = 'starting';
  #callerIdTurn = 0;
  #heartbeat: Timer | undefined;
  #telling: Timer | undefined;

  constructor(plan: CampaignPlan, lease: Lease, parts: SharedParts) {
    this.#parts = parts;
    this.lease = lease;
    this.floor = {
      plan,
      policy: callPolicy(plan),
      pacer: createPacer(pacerOptions(plan)),
      desks: new Map(),
      lines: new Map(),
      counts: { dialed: 0, answered: 0, connected: 0, abandoned: 0, ended: 0 },
    };
    this.calls = new CallRunner(parts, this.floor, () => this.tick());
    this.hopper = this.#newHopper();
  }

  start(): void {
    const beat = () => {
      this.tick();
      this.#heartbeat = this.#parts.timers.after(this.#parts.heartbeatMs ?? HEARTBEAT_MS, beat);
    };
    beat();
  }

  /** Places no more calls and watches no more deadlines. Live calls stay with the switch. */
  close(): void {
    this.#closed = true;
    this.#heartbeat?.cancel();
    this.#telling?.cancel();
    for (const line of this.floor.lines.values()) line.deadline?.cancel();
    for (const desk of this.floor.desks.values()) desk.close();
  }

  update(plan: CampaignPlan): void {
    this.floor.plan = plan;
    this.floor.policy = callPolicy(plan);
    this.floor.pacer.configure(pacerChanges(plan));
    this.hopper.resize(plan.hopperSize);
    this.hopper.clear();
    this.tick();
  }

  /** Leads, rules or agents have changed: look again now. */
  wake(): void {
    this.hopper.wake();
    this.tick();
  }

  /** A network event of one of this campaign's calls. */
  networkEvent(event: CallNetworkEvent): void {
    const line = this.floor.lines.get(event.attemptId);
    if (line) this.calls.apply(line, event);
  }

  /** Something that happened to one of this campaign's calls on our side. */
  callEvent(attemptId: Id, event: CallEvent): void {
    const line = this.floor.lines.get(attemptId);
    if (line) this.calls.apply(line, event);
  }

  /** True while leads are being read or claimed: what virtual time waits for before it moves on. */
  get busy(): boolean {
    return this.#ordering > 0 || this.hopper.busy;
  }

  settled(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.#whenSettled.push(resolve));
  }

  /** One look at the floor. */
  tick(): void {
    if (this.#closed) return;
    this.#tickAgain = true;
    if (this.#ticking) return;
    this.#ticking = true;
    while (this.#tickAgain) {
      this.#tickAgain = false;
      this.#serveWaiting();
      this.#placeCalls();
    }
    this.#ticking = false;
    this.#tellLive();
    if (!this.busy) for (const resolve of this.#whenSettled.splice(0)) resolve();
  }

  /**
   * Dials a lead for one agent: after a preview card, or for a callback they promised.
   * @returns the attempt, or undefined when no trunk is free
   */
  dialFor(desk: Desk, lead: LeadCandidate): Id | undefined {
    const planned = this.#plan(lead, desk.agentId);
    if (!planned) return undefined;
    const [line] = this.#order([planned]);
    return line?.facts.attemptId;
  }

  #serveWaiting(): void {
    for (;;) {
      const line = longestWaiting(this.floor);
      const desk = line && longestIdle(this.floor);
      if (!line || !desk) return;
      this.calls.assign(line, desk, this.#parts.timers.now());
    }
  }

  #placeCalls(): void {
    const { plan, desks } = this.floor;
    if (!plan.running) return this.#bound('campaign_not_running');
    if (this.#parts.journal.overloaded) return this.#bound('database_behind');
    if (desks.size === 0) return this.#bound('no_agents');
    this.hopper.refillIfLow();
    for (const desk of desks.values()) this.#callsOfOneAgent(desk);
    const planned = this.#pacedCalls();
    if (planned.length > 0) this.#order(planned);
    this.hopper.refillIfLow();
  }

  /** A callback the agent promised, or the next preview card: outside the pool. */
  #callsOfOneAgent(desk: Desk): void {
    if (desk.state !== 'available') return;
    const { plan } = this.floor;
    const preview = plan.mode === 'preview';
    const lead = this.hopper.takeFor(desk.agentId) ?? (preview ? this.hopper.take() : undefined);
    if (!lead) return;
    const now = this.#parts.timers.now();
    if (preview) return desk.preview(lead, now);
    const attemptId = this.dialFor(desk, lead);
    if (attemptId === undefined) this.hopper.putBack(lead);
    else desk.reserve(lead, attemptId, now);
  }

  #pacedCalls(): PlannedCall[] {
    const wanted = this.floor.pacer.callsToPlace(pacingView(this.floor, this.#parts.timers.now()));
    const planned: PlannedCall[] = [];
    if (wanted <= 0) this.#bound('pacing');
    while (planned.length < wanted) {
      const lead = this.hopper.take();
      if (!lead) {
        this.#bound('no_leads_ready');
        break;
      }
      const call = this.#plan(lead, null);
      if (!call) {
        this.hopper.putBack(lead);
        this.#bound('no_trunk');
        break;
      }
      planned.push(call);
    }
    return planned;
  }

  #plan(lead: LeadCandidate, reservedFor: Id | null): PlannedCall | undefined {
    const trunkId = this.#parts.trunks.take(this.#parts.timers.now());
    return trunkId === undefined ? undefined : { lead, trunkId, reservedFor };
  }

  #order(planned: readonly PlannedCall[]): Line[] {
    const lines = planned.map((call) => this.#newLine(call));
    this.#ordering += 1;
    claimLines(this.#parts, { plan: this.floor.plan, lease: this.lease, lines })
      .catch((error: unknown) => {
        this.#parts.listener.failed('claim', error, { campaignId: this.floor.plan.id });
        return new Set<Id>();
      })
      .then((won) => {
        this.#ordering -= 1;
        for (const line of lines) this.#claimed(line, won.has(line.facts.attemptId));
        this.tick();
      });
    return lines;
  }

  #newLine({ lead, trunkId, reservedFor }: PlannedCall): Line {
    const { ids, timers } = this.#parts;
    const { plan } = this.floor;
    const now = timers.now();
    const attemptId = ids.next();
    const line: Line = {
      facts: {
        attemptId,
        campaignId: plan.id,
        lead,
        mode: plan.mode,
        scriptVersionId: plan.scriptVersionId,
        orderedAt: now,
      },
      call: undefined,
      trunkId,
      callerId: plan.callerIds[this.#callerIdTurn++ % Math.max(1, plan.callerIds.length)] ?? null,
      ticket: ids.next(),
      ticketExpiresAt: now + TICKET_MS,
      reservedFor,
      deadline: undefined,
      deadlineAt: undefined,
      toldAnswered: false,
    };
    this.floor.lines.set(attemptId, line);
    return line;
  }

  #claimed(line: Line, won: boolean): void {
    const { attemptId, lead } = line.facts;
    this.hopper.settled(lead.leadId);
    if (won) return this.#closed ? this.calls.cancel(line) : this.calls.place(line);
    this.#parts.trunks.handedOver(line.trunkId);
    this.floor.lines.delete(attemptId);
    if (line.reservedFor !== null) {
      this.floor.desks.get(line.reservedFor)?.release(attemptId, this.#parts.timers.now());
    }
  }

  #newHopper(): Hopper {
    const { db, leads, gate, timers, listener } = this.#parts;
    const { id, hopperSize } = this.floor.plan;
    return new Hopper(
      {
        campaignId: id,
        db,
        leads,
        gate,
        now: () => timers.now(),
        onRefilled: () => this.tick(),
        onFailure: (error) => listener.failed('hopper.refill', error, { campaignId: id }),
      },
      hopperSize,
    );
  }

  #bound(reason: string): void {
    this.#boundBy = reason;
  }

  // ── live numbers ──────────────────────────────────────────────────────────────────────────────────────────

  #tellLive(): void {
    const { liveEveryMs, timers, listener } = this.#parts;
    if (!liveEveryMs || this.#telling) return;
    this.#telling = timers.after(liveEveryMs, () => {
      this.#telling = undefined;
      listener.liveChanged(this.snapshot());
    });
  }

  snapshot(): LiveSnapshot {
    const { plan, desks, lines, counts, pacer } = this.floor;
    const now = this.#parts.timers.now();
    const all = [...lines.values()];
    return {
      campaignId: plan.id,
      at: now,
      running: plan.running,
      mode: plan.mode,
      agents: [...desks.values()].map((desk) => desk.liveState()),
      ringing: all.filter(isRinging).length,
      waiting: all.filter(isWaiting).length,
      talking: all.filter((line) => line.call?.phase === 'connected').length,
      hopper: this.hopper.length,
      freeTrunkLines: this.#parts.trunks.freeLines(now),
      counts: { ...counts },
      boundBy: this.#boundBy,
      pacing: pacer.explain() ?? null,
    };
  }
}
