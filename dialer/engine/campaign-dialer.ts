import type { Timer } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { CallEvent } from '../core/call-state.ts';
import { createPacer } from '../pacing/index.ts';
import type { CampaignPlan, LeadCandidate } from '../ports.ts';
import type { CallNetworkEvent } from '../telephony/index.ts';
import { CallRunner } from './call-runner.ts';
import { CallerIds } from './caller-ids.ts';
import { callPolicy, pacerChanges, pacerOptions } from './campaign-policy.ts';
import type { Desk } from './desk.ts';
import type { SharedParts } from './engine-parts.ts';
import { agentFor, type Floor, longestWaiting, pacingView } from './floor.ts';
import { Hopper } from './hopper.ts';
import type { Lease } from './lease.ts';
import type { LiveSnapshot } from './live.ts';
import { liveSnapshot } from './live-snapshot.ts';
import { Orders, type PlannedCall } from './orders.ts';

const HEARTBEAT_MS = 250;

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
  readonly #orders: Orders;
  readonly #whenSettled: (() => void)[] = [];
  #ticking = false;
  #beat = false;
  #tickAgain = false;
  #closed = false;
  #boundBy = 'starting';
  #heartbeat: Timer | undefined;
  #telling: Timer | undefined;

  constructor(plan: CampaignPlan, lease: Lease, parts: SharedParts) {
    this.#parts = parts;
    this.lease = lease;
    this.floor = {
      plan,
      policy: callPolicy(plan),
      pacer: createPacer(pacerOptions(plan)),
      callerIds: new CallerIds(plan),
      desks: new Map(),
      lines: new Map(),
      ended: new Map(),
      counts: { dialed: 0, answered: 0, connected: 0, abandoned: 0, ended: 0 },
    };
    const { floor } = this;
    const changed = () => this.tick();
    this.calls = new CallRunner(parts, floor, changed);
    this.hopper = this.#newHopper();
    this.#orders = new Orders({ parts, floor, lease, hopper: this.hopper, calls: this.calls, changed });
  }

  /** True from {@link close} on. */
  get closed(): boolean {
    return this.#closed;
  }

  start(): void {
    const beat = () => {
      if (this.#closed) return;
      this.#beat = true;
      this.tick();
      this.#beat = false;
      this.#heartbeat = this.#parts.timers.after(this.#parts.heartbeatMs ?? HEARTBEAT_MS, beat);
    };
    beat();
  }

  /** Places no more calls, also no claimed ones, and watches no more deadlines. Live calls stay with the switch. */
  close(): void {
    this.#closed = true;
    this.#heartbeat?.cancel();
    this.#telling?.cancel();
    this.#orders.close();
    this.calls.close();
    for (const desk of this.floor.desks.values()) desk.close();
  }

  /**
   * The campaign's settings changed; what is on the line goes on.
   * @throws DomainError `pacing_options_invalid`: then the plan of before stays
   */
  update(plan: CampaignPlan): void {
    this.floor.pacer.configure(pacerChanges(plan));
    this.floor.plan = plan;
    this.floor.policy = callPolicy(plan);
    this.floor.callerIds.configure(plan);
    this.hopper.resize(plan.hopperSize);
    this.hopper.clear();
    if (!plan.running) this.#takeCardsBack(() => true);
    this.tick();
  }

  /** Leads, rules or agents have changed: look again now. */
  wake(): void {
    this.hopper.wake();
    this.tick();
  }

  /** This number may no longer be called: it leaves the hopper, the agents' cards, and orders not placed yet. */
  forgetNumber(e164: string): void {
    this.hopper.dropNumber(e164);
    for (const line of this.floor.lines.values()) {
      if (!line.call && line.facts.lead.e164 === e164) line.withdrawn = true;
    }
    this.#takeCardsBack((lead) => lead.e164 === e164);
  }

  /** A network event of one of this campaign's calls, also of one that has ended. */
  networkEvent(event: CallNetworkEvent): void {
    const line = this.floor.lines.get(event.attemptId) ?? this.floor.ended.get(event.attemptId);
    if (!line) return;
    if (event.type === 'connectFailed' && line.call?.agentId === event.agentId) {
      this.floor.desks.get(event.agentId)?.notJoined(event.attemptId, event.at);
    }
    this.calls.apply(line, event);
  }

  /** Something that happened to one of this campaign's calls on our side. */
  callEvent(attemptId: Id, event: CallEvent): void {
    const line = this.floor.lines.get(attemptId);
    if (line) this.calls.apply(line, event);
  }

  /** True while leads are being read or claimed: what virtual time waits for before it moves on. */
  get busy(): boolean {
    return this.#orders.busy || this.hopper.busy;
  }

  settled(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.#whenSettled.push(resolve));
  }

  /** One look at the floor; in the middle of an event, or of another look, it comes right after. */
  tick(): void {
    if (this.calls.applying) return;
    this.#tickAgain = true;
    if (this.#ticking) return;
    this.#ticking = true;
    try {
      while (this.#tickAgain && !this.#closed) {
        this.#tickAgain = false;
        this.#serveWaiting();
        if (this.#beat || !this.#parts.placeOnBeatOnly) this.#placeCalls();
      }
    } catch (error) {
      this.#parts.listener.failed('tick', error, { campaignId: this.floor.plan.id });
    } finally {
      this.#ticking = false;
    }
    if (!this.#closed) this.#tellLive();
    if (!this.busy) for (const resolve of this.#whenSettled.splice(0)) resolve();
  }

  /** Whether a caller ID has room under its daily cap. */
  get callerIdLeft(): boolean {
    return this.floor.callerIds.anyLeft(this.#parts.timers.now());
  }

  /** Why no call may be placed now, whatever the pacing; undefined when one may. */
  get notDialing(): string | undefined {
    if (this.#closed || !this.floor.plan.running) return 'campaign_not_running';
    if (this.#parts.journal.overloaded || this.#orders.resting) return 'database_behind';
    return undefined;
  }

  /**
   * Dials a lead for one agent: after a preview card, or for a callback they promised.
   * @returns the attempt, or undefined when no line is free or no call may be placed now
   */
  dialFor(desk: Desk, lead: LeadCandidate): Id | undefined {
    if (this.notDialing !== undefined) return undefined;
    const planned = this.#plan(lead, desk.agentId);
    if (!planned) return undefined;
    const [line] = this.#orders.place([planned]);
    return line?.facts.attemptId;
  }

  #serveWaiting(): void {
    for (;;) {
      const line = longestWaiting(this.floor);
      const desk = line && agentFor(this.floor, line);
      if (!line || !desk || !this.calls.assign(line, desk, this.#parts.timers.now())) return;
    }
  }

  #placeCalls(): void {
    const { desks } = this.floor;
    const { notDialing } = this;
    if (notDialing !== undefined) return this.#bound(notDialing);
    if (desks.size === 0) return this.#bound('no_agents');
    this.hopper.refillIfLow();
    for (const desk of desks.values()) this.#callsOfOneAgent(desk);
    const planned = this.#pacedCalls();
    if (planned.length > 0) this.#orders.place(planned);
    this.hopper.refillIfLow();
  }

  /** A callback the agent promised, or the next preview card: outside the pool. */
  #callsOfOneAgent(desk: Desk): void {
    if (desk.state !== 'available') return;
    const preview = this.floor.plan.mode === 'preview';
    const lead = this.hopper.takeFor(desk.agentId) ?? (preview ? this.hopper.take() : undefined);
    if (!lead) return;
    const now = this.#parts.timers.now();
    if (preview) {
      if (!desk.preview(lead, now)) this.hopper.putBack(lead);
      return;
    }
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
      const call = this.#plan(lead, null, planned.length);
      if (!call) {
        this.hopper.putBack(lead);
        break;
      }
      planned.push(call);
    }
    return planned;
  }

  /** @param more calls planned already that do not stand on the floor yet */
  #plan(lead: LeadCandidate, reservedFor: Id | null, more = 0): PlannedCall | undefined {
    const { lines, plan, callerIds } = this.floor;
    const now = this.#parts.timers.now();
    if (!callerIds.anyLeft(now)) return this.#bound('no_caller_id');
    const trunkId = lines.size + more < plan.maxLines ? this.#parts.trunks.take(now) : undefined;
    const callerId = trunkId === undefined ? undefined : callerIds.take(now);
    if (trunkId === undefined || callerId === undefined) return this.#bound('no_trunk');
    return { lead, callerId, trunkId, reservedFor };
  }

  #takeCardsBack(which: (lead: LeadCandidate) => boolean): void {
    for (const desk of this.floor.desks.values()) {
      const card = desk.leadOnPreview;
      if (!card || !which(card)) continue;
      this.hopper.settled(card.leadId);
      desk.endPreview(this.#parts.timers.now());
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

  #bound(reason: string): undefined {
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
    const now = this.#parts.timers.now();
    const freeTrunkLines = this.#parts.trunks.freeLines(now);
    return liveSnapshot(this.floor, {
      now,
      hopper: this.hopper.length,
      freeTrunkLines,
      callerIdLeft: this.callerIdLeft,
      boundBy: this.#boundBy,
    });
  }
}
