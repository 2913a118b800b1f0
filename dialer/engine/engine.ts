import type { Timer } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { CampaignPlan } from '../ports.ts';
import type { NetworkEvent } from '../telephony/index.ts';
import type { AgentCommand, SignIn } from './agent-commands.ts';
import { AgentDesks } from './agent-desks.ts';
import { CampaignDialer } from './campaign-dialer.ts';
import type { EngineOptions, SharedParts } from './engine-parts.ts';
import { Journal } from './journal.ts';
import { RENEW_EVERY_MS, releaseLease, renewLease, takeLease } from './lease.ts';
import type { AgentView, LiveSnapshot } from './live.ts';
import { reconcile } from './reconcile.ts';
import { TrunkBudget } from './trunk-budget.ts';

const JOURNAL_GATHER_MS = 10;

/** Dials all campaigns that this process owns. Built once, by the composition; started and stopped once. */
export class DialerEngine {
  readonly #parts: SharedParts;
  readonly #owner: string;
  readonly #renewEveryMs: number;
  readonly #desks: AgentDesks;
  readonly #dialers = new Map<Id, CampaignDialer>();
  #unsubscribe: (() => void) | undefined;
  #renewing: Timer | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  #stopped = false;
  #commands = 0;
  readonly #whenCommanded: (() => void)[] = [];

  constructor(options: EngineOptions) {
    const journal = new Journal({
      db: options.db,
      log: options.callLog,
      timers: options.timers,
      gatherMs: options.journalGatherMs ?? JOURNAL_GATHER_MS,
      onFailure: (error) => options.listener.failed('journal', error, {}),
    });
    this.#parts = { ...options, journal, trunks: new TrunkBudget(() => options.telephony.trunks()) };
    this.#owner = options.ids.next();
    this.#renewEveryMs = options.renewEveryMs ?? RENEW_EVERY_MS;
    this.#desks = new AgentDesks(this.#parts);
  }

  /** Connects to the network, takes the campaigns nobody else dials, and reconciles them before the first call. */
  async start(): Promise<void> {
    await this.#parts.telephony.start();
    this.#unsubscribe = this.#parts.telephony.subscribe((event) => this.#networkEvent(event));
    await this.refresh();
    this.#renewLater();
  }

  /**
   * Places no more calls, writes down what happened, ends the agents' sessions and gives the campaigns back. Calls
   * that are still up stay with the switch and are reconciled at the next start.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#renewing?.cancel();
    await this.#refreshing;
    await this.settled();
    for (const dialer of this.#dialers.values()) dialer.close();
    this.#unsubscribe?.();
    await this.#parts.telephony.stop();
    await this.#parts.journal.drain();
    for (const dialer of this.#dialers.values()) await this.#giveBack(dialer);
  }

  /** Reads the plans again: campaigns started, changed, paused or finished since. */
  refresh(): Promise<void> {
    const refreshed = this.#refreshing.then(() => this.#refresh());
    this.#refreshing = refreshed.catch(() => {}); // told to whoever asked; the next one begins anew
    return refreshed;
  }

  /** Leads were added, released or have fallen due: look again now. */
  wake(campaignId?: Id): void {
    for (const [id, dialer] of this.#dialers) {
      if (campaignId === undefined || id === campaignId) dialer.wake();
    }
  }

  /** A number was put on do-not-call: it leaves every hopper at once. */
  forgetNumber(e164: string): void {
    for (const dialer of this.#dialers.values()) dialer.hopper.dropNumber(e164);
  }

  async signIn(signIn: SignIn): Promise<AgentView> {
    const dialer = this.#dialers.get(signIn.campaignId);
    if (!dialer) {
      throw new DomainError(
        'conflict',
        'campaign_not_running',
        'This campaign is not running: ask its manager',
      );
    }
    return this.#desks.signIn(signIn, dialer);
  }

  async command(agentId: Id, command: AgentCommand): Promise<AgentView> {
    this.#commands += 1;
    try {
      return await this.#desks.command(agentId, command);
    } finally {
      this.#commands -= 1;
      if (this.#commands === 0) for (const resolve of this.#whenCommanded.splice(0)) resolve();
    }
  }

  /** The agent's place, or undefined when they are not signed in here. */
  agentView(agentId: Id): AgentView | undefined {
    return this.#desks.seat(agentId)?.desk.view();
  }

  snapshot(campaignId: Id): LiveSnapshot | undefined {
    return this.#dialers.get(campaignId)?.snapshot();
  }

  /** Work that must end before virtual time moves on: commands, claims and reads, not the journal. */
  get busy(): boolean {
    if (this.#commands > 0) return true;
    for (const dialer of this.#dialers.values()) if (dialer.busy) return true;
    return false;
  }

  async settled(): Promise<void> {
    while (this.busy) {
      if (this.#commands > 0) await new Promise<void>((resolve) => this.#whenCommanded.push(resolve));
      for (const dialer of this.#dialers.values()) await dialer.settled();
    }
  }

  /** Everything that happened is on disk. */
  drained(): Promise<void> {
    return this.#parts.journal.drain();
  }

  async #refresh(): Promise<void> {
    if (this.#stopped) return;
    const plans = await this.#parts.plans.active();
    for (const plan of plans) await this.#take(plan);
    const active = new Set(plans.map((plan) => plan.id));
    for (const [id, dialer] of this.#dialers) if (!active.has(id)) await this.#finish(id, dialer);
  }

  async #take(plan: CampaignPlan): Promise<void> {
    const known = this.#dialers.get(plan.id);
    if (known) {
      if (known.floor.plan.version !== plan.version) known.update(plan);
      return;
    }
    const { db, timers } = this.#parts;
    const lease = await takeLease(db, {
      campaignId: plan.id,
      owner: this.#owner,
      renewEveryMs: this.#renewEveryMs,
      now: timers.now(),
    });
    if (!lease) return;
    const dialer = new CampaignDialer(plan, lease, this.#parts);
    await reconcile(dialer, this.#parts);
    this.#dialers.set(plan.id, dialer);
    dialer.start();
  }

  /** A campaign that is no longer active: no new calls; it goes when its last call and desk are gone. */
  async #finish(id: Id, dialer: CampaignDialer): Promise<void> {
    if (dialer.floor.plan.running) dialer.update({ ...dialer.floor.plan, running: false });
    if (dialer.floor.lines.size > 0 || dialer.floor.desks.size > 0 || dialer.busy) return;
    dialer.close();
    this.#dialers.delete(id);
    await this.#giveBack(dialer);
  }

  async #giveBack(dialer: CampaignDialer): Promise<void> {
    const { db, timers, callLog } = this.#parts;
    const now = timers.now();
    await db.transact(async (tx) => {
      await callLog.closeStaleSessions(tx, { campaignId: dialer.floor.plan.id, at: now });
      await releaseLease(tx, dialer.lease, now);
    });
  }

  #networkEvent(event: NetworkEvent): void {
    switch (event.type) {
      case 'agentPhoneReady':
      case 'agentPhoneLost':
        return this.#desks.phoneEvent(event.agentId, event.type);
      case 'inboundOffered':
        return this.#refuseInbound(event.callId);
      default:
        for (const dialer of this.#dialers.values()) dialer.networkEvent(event);
    }
  }

  /** No queue takes inbound calls yet: they are not left ringing. */
  #refuseInbound(callId: Id): void {
    const { telephony, listener } = this.#parts;
    telephony.hangUp(callId).catch((error: unknown) => listener.failed('telephony.inbound', error, {}));
  }

  #renewLater(): void {
    this.#renewing = this.#parts.timers.after(this.#renewEveryMs, () => {
      this.#renew()
        .then(() => this.refresh())
        .catch((error: unknown) => this.#parts.listener.failed('lease.renew', error, {}))
        .finally(() => {
          if (!this.#stopped) this.#renewLater();
        });
    });
  }

  async #renew(): Promise<void> {
    const { db, timers, listener } = this.#parts;
    for (const [id, dialer] of this.#dialers) {
      const kept = await db.grouped((tx) => renewLease(tx, dialer.lease, timers.now()));
      if (kept) continue;
      listener.failed('lease.lost', new DomainError('conflict', 'lease_lost', 'Another process dials it'), {
        campaignId: id,
      });
      dialer.close();
      this.#dialers.delete(id);
    }
  }
}
