import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { AgentCommand, SignIn } from './agent-commands.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import { Desk } from './desk.ts';
import type { SharedParts } from './engine-parts.ts';
import type { AgentView } from './live.ts';

/** A lead whose preview card was skipped comes back after this; ms. */
const SKIPPED_FOR_MS = 4 * 3_600_000;

/** Where the agents of this process sit, and what they ask for. */
export class AgentDesks {
  readonly #parts: SharedParts;
  readonly #seats = new Map<Id, { desk: Desk; dialer: CampaignDialer }>();
  /** Between the check and the durable row: a second tab must not sit down too. */
  readonly #sittingDown = new Set<Id>();

  constructor(parts: SharedParts) {
    this.#parts = parts;
  }

  seat(agentId: Id): { desk: Desk; dialer: CampaignDialer } | undefined {
    return this.#seats.get(agentId);
  }

  get size(): number {
    return this.#seats.size;
  }

  /**
   * Sits an agent down: their session is on disk when this resolves, their phone is being brought up.
   * @throws DomainError `already_signed_in`
   */
  async signIn(signIn: SignIn, dialer: CampaignDialer): Promise<AgentView> {
    const { agentId } = signIn;
    if (this.#seats.has(agentId) || this.#sittingDown.has(agentId)) throw alreadySignedIn();
    this.#sittingDown.add(agentId);
    try {
      const sessionId = await this.#writeSession(signIn);
      const desk = this.#newDesk(agentId, sessionId, dialer);
      this.#seats.set(agentId, { desk, dialer });
      dialer.floor.desks.set(agentId, desk);
      desk.login(this.#parts.timers.now());
      await this.#parts.telephony.openAgentPhone({ agentId, address: signIn.phoneAddress });
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
    const now = this.#parts.timers.now();
    switch (command.type) {
      case 'ready':
        desk.ready(now);
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

  phoneEvent(agentId: Id, type: 'agentPhoneReady' | 'agentPhoneLost'): void {
    const seat = this.#seats.get(agentId);
    if (!seat) return;
    const at = this.#parts.timers.now();
    const call = seat.desk.callOnDesk;
    seat.desk.phone(type === 'agentPhoneReady' ? 'phoneReady' : 'phoneLost', at);
    if (call) {
      const event = type === 'agentPhoneReady' ? 'agentBack' : 'agentLost';
      seat.dialer.callEvent(call.attemptId, { type: event, at, agentId });
    }
    seat.dialer.tick();
  }

  /** For an orderly stop: every session ends now, whatever state it is in. */
  async signOutAll(): Promise<void> {
    for (const { desk } of this.#seats.values()) desk.logout(this.#parts.timers.now());
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
      changed: (desk) => this.#changed(desk, dialer),
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
    this.#parts.telephony.closeAgentPhone(desk.agentId).catch((error: unknown) => {
      this.#parts.listener.failed('telephony.closeAgentPhone', error, { campaignId: dialer.floor.plan.id });
    });
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
      throw error;
    }
    return sessionId;
  }

  #hangUp(desk: Desk, dialer: CampaignDialer): void {
    const { attemptId } = desk.view();
    if (attemptId === null || !dialer.floor.lines.has(attemptId)) {
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
    if (desk.disposed)
      throw new DomainError('conflict', 'already_disposed', 'This call has its result already');
    const { db, callLog, timers, journal } = this.#parts;
    const { callId, dispositionId, note, callback } = command;
    const campaignId = dialer.floor.plan.id;
    await journal.drain(); // the call's own rows come before its result
    await db.grouped((tx) =>
      callLog.dispose(tx, {
        callId,
        agentId: desk.agentId,
        campaignId,
        dispositionId,
        note,
        ...(callback ? { callback } : {}),
        now: timers.now(),
      }),
    );
    desk.dispositionWritten(call.attemptId, timers.now());
    dialer.wake();
  }

  async #skipPreview(desk: Desk, dialer: CampaignDialer, reason: string): Promise<void> {
    const lead = desk.leadOnPreview;
    if (!lead) throw noPreview();
    const { db, leads, timers } = this.#parts;
    const now = timers.now();
    const refusal = { lead, reason: `skipped_${reason}`.slice(0, 32), until: now + SKIPPED_FOR_MS };
    await db.grouped((tx) => leads.hold(tx, [refusal], now));
    dialer.hopper.settled(lead.leadId);
    desk.endPreview(timers.now());
  }

  /** The time to look is over: the campaign says what then. */
  #previewExpired(desk: Desk, dialer: CampaignDialer): void {
    const rule = dialer.floor.plan.previewRule;
    if (rule === 'dial' && desk.leadOnPreview) {
      dialPreview(desk, dialer, { orPutBack: true });
      return;
    }
    const lead = desk.endPreview(this.#parts.timers.now());
    if (lead) dialer.hopper.putBack(lead);
    if (rule === 'pause') desk.pause('preview_expired', this.#parts.timers.now());
  }
}

function dialPreview(desk: Desk, dialer: CampaignDialer, rule?: { orPutBack: boolean }): void {
  const lead = desk.leadOnPreview;
  if (!lead) throw noPreview();
  const attemptId = dialer.dialFor(desk, lead);
  if (attemptId !== undefined) return desk.dialing(attemptId);
  if (!rule) throw new DomainError('unavailable', 'no_trunk', 'No line is free at this moment: try again');
  desk.previewAgain();
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
