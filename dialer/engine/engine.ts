import type { Instant, Timer } from '../../platform/clock/index.ts';
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
  /** Being compared with the switch: hears events, places nothing yet. */
  #reconciling: CampaignDialer | undefined;
  /** Of campaigns taken whose reconciling failed: the next try must not forget when their owner died. */
  readonly #signsOfLife = new Map<Id, Instant | undefined>();
  #stopped = false;
  #underWay = 0;
  readonly #whenDone: (() => void)[] = [];

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
   * @throws DomainError `database_unavailable` when it cannot be written down now: it is still in line, and the
   *   campaigns become free when their leases run out
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#renewing?.cancel();
    for (const dialer of this.#dialers.values()) dialer.close();
    await this.#refreshing;
    await this.settled();
    this.#unsubscribe?.();
    await this.#parts.telephony.stop();
    await this.#parts.journal.drain();
    for (const dialer of this.#dialers.values()) await this.#giveBack(dialer);
  }

  /** Reads the plans again: campaigns started, changed, paused or finished since. */
  refresh(): Promise<void> {
    const refreshed = this.#refreshing.then(() => this.#counted(() => this.#refresh()));
    // the next one runs whatever becomes of this one; its caller hears of a failure
    this.#refreshing = refreshed.catch(() => {});
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
    for (const dialer of this.#dialers.values()) dialer.forgetNumber(e164);
  }

  /** @throws DomainError `campaign_not_running`, `already_signed_in` */
  signIn(signIn: SignIn): Promise<AgentView> {
    return this.#commanded(async () => {
      const dialer = this.#dialers.get(signIn.campaignId);
      if (dialer) return this.#desks.signIn(signIn, dialer);
      throw new DomainError(
        'conflict',
        'campaign_not_running',
        'This campaign is not running: ask its manager',
      );
    });
  }

  /** @throws DomainError `not_signed_in`, or what the agent's state refuses */
  command(agentId: Id, command: AgentCommand): Promise<AgentView> {
    return this.#commanded(() => this.#desks.command(agentId, command));
  }

  /** The agent's place, or undefined when they are not signed in here. */
  agentView(agentId: Id): AgentView | undefined {
    return this.#desks.seat(agentId)?.desk.view();
  }

  snapshot(campaignId: Id): LiveSnapshot | undefined {
    return this.#dialers.get(campaignId)?.snapshot();
  }

  /** The live numbers of all campaigns that this process dials. */
  snapshots(): LiveSnapshot[] {
    return Array.from(this.#dialers.values(), (dialer) => dialer.snapshot());
  }

  /** How many records of what happened are not on disk yet. */
  get unwritten(): number {
    return this.#parts.journal.unwritten;
  }

  /** Work that must end before virtual time moves on: commands, leases, claims and reads, not the journal. */
  get busy(): boolean {
    if (this.#underWay > 0) return true;
    for (const dialer of this.#dialers.values()) if (dialer.busy) return true;
    return false;
  }

  async settled(): Promise<void> {
    while (this.busy) {
      if (this.#underWay > 0) await new Promise<void>((resolve) => this.#whenDone.push(resolve));
      for (const dialer of this.#dialers.values()) await dialer.settled();
    }
  }

  /** No write is under way, whether it succeeded or not; for virtual time that must not outrun the books. */
  written(): Promise<void> {
    return this.#parts.journal.idle();
  }

  /** Everything that happened is on disk. */
  drained(): Promise<void> {
    return this.#parts.journal.drain();
  }

  async #commanded(work: () => Promise<AgentView>): Promise<AgentView> {
    if (this.#stopped) {
      throw new DomainError(
        'unavailable',
        'dialer_stopping',
        'The dialer is stopping: try again in a moment',
      );
    }
    return this.#counted(work);
  }

  /** Virtual time, and a stop, wait for its end. */
  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) for (const resolve of this.#whenDone.splice(0)) resolve();
    }
  }

  async #refresh(): Promise<void> {
    if (this.#stopped) return;
    const plans = await this.#parts.plans.active();
    for (const plan of plans) await this.#alone(plan.id, () => this.#take(plan));
    const active = new Set(plans.map((plan) => plan.id));
    for (const [id, dialer] of this.#dialers) {
      if (!active.has(id)) await this.#alone(id, () => this.#finish(id, dialer));
    }
  }

  /** What goes wrong with one campaign is no other campaign's trouble; it is tried again at the next refresh. */
  async #alone(campaignId: Id, work: () => Promise<void>): Promise<void> {
    try {
      if (!this.#stopped) await work();
    } catch (error) {
      this.#parts.listener.failed('campaign', error, { campaignId });
    }
  }

  async #take(plan: CampaignPlan): Promise<void> {
    const known = this.#dialers.get(plan.id);
    if (known) {
      const { version, running } = known.floor.plan;
      if (version !== plan.version || running !== plan.running || limitsDiffer(known.floor.plan, plan)) {
        known.update(plan);
      }
      return;
    }
    const { db, timers, soleProcess } = this.#parts;
    const taken = await takeLease(db, {
      campaignId: plan.id,
      owner: this.#owner,
      renewEveryMs: this.#renewEveryMs,
      now: timers.now(),
      soleProcess,
    });
    if (!taken) return;
    const signs = this.#signsOfLife;
    if (!signs.has(plan.id)) signs.set(plan.id, taken.lastSignOfLife);
    const dialer = new CampaignDialer(plan, { ...taken, lastSignOfLife: signs.get(plan.id) }, this.#parts);
    this.#reconciling = dialer;
    try {
      await reconcile(dialer, this.#parts);
    } catch (error) {
      dialer.close();
      throw error;
    } finally {
      this.#reconciling = undefined;
    }
    signs.delete(plan.id);
    this.#dialers.set(plan.id, dialer);
    if (this.#stopped) dialer.close();
    else dialer.start();
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
    try {
      this.#heard(event);
    } catch (error) {
      this.#parts.listener.failed('network-event', error, {});
    }
  }

  #heard(event: NetworkEvent): void {
    switch (event.type) {
      case 'agentPhoneReady':
      case 'agentPhoneLost':
        return this.#desks.phoneEvent(event);
      case 'inboundOffered':
        return this.#refuseInbound(event.callId);
      default:
        this.#reconciling?.networkEvent(event);
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
      this.#counted(() => this.#renewAndRefresh())
        .catch((error: unknown) => this.#parts.listener.failed('lease.renew', error, {}))
        .finally(() => {
          if (!this.#stopped) this.#renewLater();
        });
    });
  }

  /** A plan that changed is read also while a lease cannot be renewed. */
  async #renewAndRefresh(): Promise<void> {
    try {
      await this.#renew();
    } finally {
      if (!this.#stopped) await this.refresh();
    }
  }

  async #renew(): Promise<void> {
    const { db, timers, listener } = this.#parts;
    for (const [id, dialer] of this.#dialers) {
      if (this.#stopped || dialer.closed) continue;
      const kept = await db.grouped((tx) => renewLease(tx, dialer.lease, timers.now()));
      if (kept || this.#dialers.get(id) !== dialer) continue;
      listener.failed('lease.lost', new DomainError('conflict', 'lease_lost', 'Another process dials it'), {
        campaignId: id,
      });
      dialer.close();
      this.#dialers.delete(id);
      this.#desks.evict(dialer);
    }
  }
}

/** The law's limits follow the places of the leads: a new list may tighten them without a change of the campaign. */
function limitsDiffer(a: CampaignPlan, b: CampaignPlan): boolean {
  return (
    a.targetAbandonRate !== b.targetAbandonRate ||
    a.connectWithinMs !== b.connectWithinMs ||
    JSON.stringify(a.abandonWindow) !== JSON.stringify(b.abandonWindow)
  );
}
