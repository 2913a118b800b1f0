import type { Instant } from '../../platform/clock/index.ts';
import { DomainError, isDomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { AgentCommand, SignIn } from './agent-commands.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import { Desk, type OwedCall } from './desk.ts';
import type { SharedParts } from './engine-parts.ts';
import type { AgentView } from './live.ts';

/** A lead whose preview card was skipped comes back after this; ms. */
const SKIPPED_FOR_MS = 4 * 3_600_000;

interface Seat {
  readonly desk: Desk;
  readonly dialer: CampaignDialer;
  readonly phoneAddress: string | undefined;
  /** When the last word of their phone was spoken: an older one that comes late is past. */
  phoneAt: Instant;
}

/** Where the agents of this process sit, and what they ask for. */
export class AgentDesks {
  readonly #parts: SharedParts;
  readonly #seats = new Map<Id, Seat>();
  /** Calls that agents of this process left without a disposition, by agent and campaign. */
  readonly #owed = new Map<string, OwedCall>();
  /** Between the check and the durable row: a second tab must not sit down too. */
  readonly #sittingDown = new Set<Id>();

  constructor(parts: SharedParts) {
    this.#parts = parts;
  }

  seat(agentId: Id): Seat | undefined {
    return this.#seats.get(agentId);
  }

  get size(): number {
    return this.#seats.size;
  }

  /**
   * Sits an agent down: their session is on disk when this resolves, their phone is being brought up. Whether it
   * came up is told by the view; until then `ready` is refused, and tries again.
   * @throws DomainError `already_signed_in`
   */
  async signIn(signIn: SignIn, dialer: CampaignDialer): Promise<AgentView> {
    const { agentId } = signIn;
    if (this.#seats.has(agentId) || this.#sittingDown.has(agentId)) throw alreadySignedIn();
    this.#sittingDown.add(agentId);
    try {
      const sessionId = await this.#writeSession(signIn);
      const desk = this.#newDesk(agentId, sessionId, dialer);
      if (dialer.closed) {
        desk.login(this.#parts.timers.now());
        desk.logout(this.#parts.timers.now()); // so that the session ends that was just written
        throw notRunning();
      }
      const { phoneAddress } = signIn;
      this.#seats.set(agentId, { desk, dialer, phoneAddress, phoneAt: Number.NEGATIVE_INFINITY });
      dialer.floor.desks.set(agentId, desk);
      desk.login(this.#parts.timers.now());
      this.#resumeTalk(desk, dialer);
      await this.#openPhone(agentId, phoneAddress);
      return desk.view();
    } finally {
      this.#sittingDown.delete(agentId);
    }
  }

  /** @throws DomainError `not_signed_in`, or what the agent's state refuses */
  async command(agentId: Id, command: AgentCommand): Promise<AgentView> {
    const seat = this.#seats.get(agentId);
    if (!seat)
      throw new DomainError('conflict', 'not_signed_in', 'The agent has no open session: sign in first');
    const { desk, dialer } = seat;
    if (dialer.closed) throw notRunning();
    const now = this.#parts.timers.now();
    switch (command.type) {
      case 'ready':
        this.#ready(seat, now);
        break;
      case 'pause':
        desk.pause(command.reason, now);
        break;
      case 'extendWrapUp':
        desk.extendWrapUp(now);
        break;
      case 'hangUp':
        this.#hangUp(desk, dialer);
        break;
      case 'dialPreview':
        dialPreview(desk, dialer);
        break;
      case 'skipPreview':
        await this.#skipPreview(desk, dialer, command.reason);
        break;
      case 'dispose':
        await this.#dispose(desk, dialer, command);
        break;
      case 'signOut':
        desk.logout(now);
        break;
    }
    return desk.view();
  }

  phoneEvent(event: { type: 'agentPhoneReady' | 'agentPhoneLost'; agentId: Id; at: Instant }): void {
    const { agentId, at, type } = event;
    const seat = this.#seats.get(agentId);
    if (!seat || at < seat.phoneAt) return;
    seat.phoneAt = at;
    const attemptId = seat.desk.attemptOnDesk;
    seat.desk.phone(type === 'agentPhoneReady' ? 'phoneReady' : 'phoneLost', at);
    if (attemptId !== undefined) {
      const told = type === 'agentPhoneReady' ? 'agentBack' : 'agentLost';
      seat.dialer.callEvent(attemptId, { type: told, at, agentId });
    }
    seat.dialer.tick();
  }

  /** The campaign is another process's now: its agents here have to sign in again. */
  evict(dialer: CampaignDialer): void {
    for (const [agentId, { desk, dialer: own }] of this.#seats) {
      if (own !== dialer) continue;
      this.#seats.delete(agentId);
      desk.close();
      const view: AgentView = { ...desk.view(), state: 'loggedOut', reason: 'campaign_moved' };
      this.#parts.listener.agentChanged(view);
    }
  }

  /** A phone that is said to be down is tried again: perhaps only the word of it was lost. */
  #ready({ desk, phoneAddress }: Seat, now: Instant): void {
    try {
      desk.ready(now);
    } catch (error) {
      if (isDomainError(error) && error.code === 'agent_phone_not_ready') {
        void this.#openPhone(desk.agentId, phoneAddress);
      }
      throw error;
    }
  }

  /** Never rejects: the agent has a place without a phone too, and sees that it is missing. */
  async #openPhone(agentId: Id, address: string | undefined): Promise<void> {
    try {
      await this.#parts.telephony.openAgentPhone({ agentId, ...(address === undefined ? {} : { address }) });
    } catch (error) {
      this.#parts.listener.failed('telephony.openAgentPhone', error, {});
    }
  }

  /** After a restart their talk may still go on. */
  #resumeTalk(desk: Desk, dialer: CampaignDialer): void {
    for (const line of dialer.floor.lines.values()) {
      const mine = line.call?.agentId === desk.agentId;
      if (!mine || line.facts.connectedAt === undefined || line.facts.talkEndedAt !== undefined) continue;
      line.facts.sessionId = desk.sessionId;
      desk.resume(line, this.#parts.timers.now());
      return;
    }
  }

  #newDesk(agentId: Id, sessionId: Id, dialer: CampaignDialer): Desk {
    const { timers, journal } = this.#parts;
    const campaignId = dialer.floor.plan.id;
    return new Desk({
      agentId,
      sessionId,
      campaignId,
      timers,
      plan: () => dialer.floor.plan,
      write: (record) => journal.append(record),
      owed: this.#owed.get(owedKey(agentId, campaignId)),
      changed: (desk) => this.#changed(desk, dialer),
      cardGivenBack: (lead) => dialer.hopper.putBack(lead),
      previewExpired: (desk) => this.#previewExpired(desk, dialer),
      wrapUpEnded: ({ attemptId, callId, at, wrapUpMs }) => {
        dialer.floor.pacer.observe({ type: 'wrapUpEnded', callId: attemptId, at, agentId, wrapUpMs });
        journal.append({ type: 'wrapUpEnded', callId, agentId, campaignId, at, wrapUpMs });
      },
    });
  }

  #changed(desk: Desk, dialer: CampaignDialer): void {
    if (desk.state === 'loggedOut') this.#leave(desk, dialer);
    this.#parts.listener.agentChanged(desk.view());
    dialer.tick();
  }

  #leave(desk: Desk, dialer: CampaignDialer): void {
    if (!this.#seats.delete(desk.agentId)) return;
    desk.close();
    dialer.floor.desks.delete(desk.agentId);
    this.#rememberOwed(desk, dialer.floor.plan.id);
    this.#parts.telephony.closeAgentPhone(desk.agentId).catch((error: unknown) => {
      this.#parts.listener.failed('telephony.closeAgentPhone', error, { campaignId: dialer.floor.plan.id });
    });
  }

  #rememberOwed(desk: Desk, campaignId: Id): void {
    const key = owedKey(desk.agentId, campaignId);
    if (desk.owed) this.#owed.set(key, desk.owed);
    else this.#owed.delete(key);
  }

  async #writeSession(signIn: SignIn): Promise<Id> {
    const { db, ids, timers, callLog } = this.#parts;
    const { agentId, campaignId, vendorId, teamId } = signIn;
    const sessionId = ids.next();
    const at = timers.now();
    try {
      await db.transact((tx) =>
        callLog.record(tx, [
          { type: 'sessionStarted', sessionId, agentId, campaignId, vendorId, teamId, at },
        ]),
      );
    } catch (error) {
      if (db.dialect.isUniqueViolation(error)) throw alreadySignedIn();
      // it may be on disk all the same, and would keep the agent out: ending what is not there changes nothing
      const previous = { state: 'paused', startedAt: at } as const;
      const common = { sessionId, agentId, campaignId, ordinal: 0, at };
      this.#parts.journal.append({ type: 'sessionEnded', ...common, reason: 'sign_in_failed', previous });
      throw error;
    }
    return sessionId;
  }

  #hangUp(desk: Desk, dialer: CampaignDialer): void {
    const attemptId = desk.attemptOnDesk;
    if (attemptId === undefined || !dialer.floor.lines.has(attemptId)) {
      throw new DomainError('conflict', 'no_call', 'There is no call to hang up');
    }
    const at = this.#parts.timers.now();
    dialer.callEvent(attemptId, { type: 'agentHungUp', at, agentId: desk.agentId });
  }

  async #dispose(
    desk: Desk,
    dialer: CampaignDialer,
    command: Extract<AgentCommand, { type: 'dispose' }>,
  ): Promise<void> {
    const call = desk.callOnDesk;
    if (call?.callId !== command.callId) {
      throw new DomainError('conflict', 'agent_other_call', 'This call is not on the agent’s desk');
    }
    const { db, callLog, timers, journal } = this.#parts;
    const { callId, dispositionId, note, callback } = command;
    const { agentId } = desk;
    const campaignId = dialer.floor.plan.id;
    await desk.disposing(async () => {
      await journal.drain(); // the call's own rows come before its result
      const request = {
        callId,
        agentId,
        campaignId,
        dispositionId,
        note,
        ...(callback ? { callback } : {}),
        now: timers.now(),
      };
      await db.grouped((tx) => callLog.dispose(tx, request)).catch(unlessWritten);
    });
    desk.dispositionWritten(call.attemptId, timers.now());
    const key = owedKey(agentId, campaignId);
    if (this.#owed.get(key)?.callId === callId) this.#owed.delete(key);
    dialer.wake();
  }

  async #skipPreview(desk: Desk, dialer: CampaignDialer, reason: string): Promise<void> {
    const lead = desk.leadOnPreview;
    if (!lead) throw noPreview();
    const { db, leads, timers } = this.#parts;
    const now = timers.now();
    const refusal = { lead, reason: `skipped_${reason}`.slice(0, 32), until: now + SKIPPED_FOR_MS };
    desk.holdPreview(); // the time to look must not run out in the middle of it
    try {
      await db.grouped((tx) => leads.hold(tx, [refusal], now));
    } catch (error) {
      if (desk.leadOnPreview === lead) desk.watchPreview();
      throw error;
    }
    if (desk.leadOnPreview !== lead) return dialer.hopper.dropLead(lead.leadId); // given back meanwhile
    dialer.hopper.settled(lead.leadId);
    desk.endPreview(timers.now());
  }

  /** The time to look is over: the campaign says what then. */
  #previewExpired(desk: Desk, dialer: CampaignDialer): void {
    const { listener, timers } = this.#parts;
    if (!desk.leadOnPreview) return;
    switch (dialer.floor.plan.previewRule) {
      case 'dial':
        return dialPreview(desk, dialer, { orAgain: true });
      case 'pause':
        return desk.pause('preview_expired', timers.now());
      case 'skip':
        this.#skipPreview(desk, dialer, 'expired').catch((error: unknown) =>
          listener.failed('preview.skip', error, { campaignId: dialer.floor.plan.id }),
        );
    }
  }
}

function dialPreview(desk: Desk, dialer: CampaignDialer, rule?: { orAgain: boolean }): void {
  const lead = desk.leadOnPreview;
  if (!lead) throw noPreview();
  const { notDialing } = dialer;
  if (notDialing === 'campaign_not_running' && !rule) throw notRunning();
  const attemptId = dialer.dialFor(desk, lead);
  if (attemptId !== undefined) return desk.dialing(attemptId);
  if (!rule) throw cannotDialNow(dialer);
  desk.previewAgain();
}

function cannotDialNow(dialer: CampaignDialer): DomainError {
  return dialer.callerIdLeft
    ? new DomainError('unavailable', 'no_trunk', 'No line is free at this moment: try again')
    : new DomainError('unavailable', 'no_caller_id', 'Every caller ID is at its cap of today: skip the lead');
}

/** The first try may have been written and its answer lost: then the agent must not be held for ever. */
function unlessWritten(error: unknown): void {
  if (!isDomainError(error) || error.code !== 'call_already_disposed') throw error;
}

function owedKey(agentId: Id, campaignId: Id): string {
  return `${agentId} ${campaignId}`;
}

function notRunning(): DomainError {
  return new DomainError(
    'conflict',
    'campaign_not_running',
    'This campaign is not running here: ask its manager, or sign in again',
  );
}

function alreadySignedIn(): DomainError {
  return new DomainError(
    'conflict',
    'already_signed_in',
    'The agent has an open session, perhaps in another tab',
  );
}

function noPreview(): DomainError {
  return new DomainError('conflict', 'no_preview', 'There is no preview card on the desk');
}
