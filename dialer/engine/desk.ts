import type { Instant, Timer, Timers } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { canTakeCall, newAgentSession, stepAgent } from '../core/agent-machine.ts';
import type { AgentEvent, AgentPolicy, AgentSession } from '../core/agent-state.ts';
import type { ViewedAgent } from '../pacing/index.ts';
import type { AgentStateName, CallRecord, CampaignPlan, LeadCandidate } from '../ports.ts';
import type { Line } from './line.ts';
import type { AgentView, LiveSnapshot } from './live.ts';

const PREVIEW_AGAIN_MS = 2_000;

/** Who sits down, and where it is written. */
export interface DeskOptions {
  agentId: Id;
  sessionId: Id;
  campaignId: Id;
  timers: Timers;
  plan(): CampaignPlan;
  write(record: CallRecord): void;
  /** State or call changed: screens and pacing are out of date. */
  changed(desk: Desk): void;
  /** A preview's time is over. */
  previewExpired(desk: Desk): void;
  /** The agent left an undialed card: paused, signed out, or without a phone. */
  cardGivenBack(lead: LeadCandidate): void;
  /** The call of their last session that they still owe a disposition for. */
  owed?: OwedCall | undefined;
  wrapUpEnded(ended: { attemptId: Id; callId: Id; at: Instant; wrapUpMs: number }): void;
}

/** A call that an agent left without a disposition. */
export interface OwedCall {
  lead: LeadCandidate;
  attemptId: Id;
  callId: Id;
  connectedAt: Instant | null;
}

/** The call, or the preview card, on the desk. */
interface Work {
  lead: LeadCandidate;
  attemptId: Id | null;
  callId: Id | null;
  connectedAt: Instant | null;
  talkEndedAt: Instant | null;
  disposed: boolean;
}

/** An agent at work on one campaign: the agent machine, its timers, its written intervals, and the call on it. */
export class Desk {
  readonly agentId: Id;
  readonly sessionId: Id;
  readonly #options: DeskOptions;
  #session: AgentSession;
  #work: Work | undefined;
  #ordinal = 0;
  #timer: Timer | undefined;
  #until: Instant | null = null;
  #disposing = false;
  #owed: OwedCall | undefined;

  constructor(options: DeskOptions) {
    const { agentId, sessionId, owed, timers } = options;
    this.agentId = agentId;
    this.sessionId = sessionId;
    this.#options = options;
    this.#session = { ...newAgentSession(agentId, timers.now()), owes: owed?.attemptId };
    if (owed) this.#work = { ...owed, talkEndedAt: null, disposed: false };
  }

  get state(): AgentStateName | 'loggedOut' {
    return this.#session.state;
  }

  get since(): Instant {
    return this.#session.since;
  }

  get leadOnPreview(): LeadCandidate | undefined {
    return this.#session.state === 'reserved' && this.#work?.attemptId === null ? this.#work.lead : undefined;
  }

  /** The call on the desk that still wants a disposition, or whose talk goes on. */
  get callOnDesk(): { attemptId: Id; callId: Id; lead: LeadCandidate } | undefined {
    const { attemptId, callId, lead } = this.#work ?? { attemptId: null, callId: null };
    return attemptId !== null && callId !== null && lead ? { attemptId, callId, lead } : undefined;
  }

  /** The attempt that is dialed for, joined to, or was talked on this desk. */
  get attemptOnDesk(): Id | undefined {
    return this.#work?.attemptId ?? undefined;
  }

  /** What they left without a disposition; only after they signed out. */
  get owed(): OwedCall | undefined {
    return this.#owed;
  }

  get disposed(): boolean {
    return this.#work?.disposed ?? false;
  }

  /** Any call while they are available; the one dialed for them while they are reserved for it. */
  mayTake(line: Line): boolean {
    if (canTakeCall(this.#session)) return true;
    return this.#session.state === 'reserved' && this.#work?.attemptId === line.facts.attemptId;
  }

  /** While it is written, a second disposition of the same call is refused. */
  disposing<T>(work: () => Promise<T>): Promise<T> {
    if (this.#disposing || this.disposed) throw alreadyDisposed();
    this.#disposing = true;
    return work().finally(() => {
      this.#disposing = false;
    });
  }

  // ── what the agent asks for; refused changes are errors the agent reads ───────────────────────────────────

  login(at: Instant): void {
    this.#ask({ type: 'login', at });
  }

  phone(event: 'phoneReady' | 'phoneLost', at: Instant): void {
    this.#ask({ type: event, at });
  }

  ready(at: Instant): void {
    this.#ask({ type: 'ready', at });
  }

  pause(reason: string, at: Instant): void {
    this.#ask({ type: 'pause', at, reason, afterWork: this.#dialsForThem });
  }

  logout(at: Instant): void {
    this.#ask({ type: 'logout', at, afterWork: this.#dialsForThem });
  }

  extendWrapUp(at: Instant): void {
    this.#ask({ type: 'wrapUpExtended', at });
  }

  /** After the disposition is on disk. */
  dispositionWritten(attemptId: Id, at: Instant): void {
    if (this.#work?.attemptId === attemptId) this.#work.disposed = true;
    this.#tell({ type: 'disposed', at, callId: attemptId });
  }

  // ── what happens to the agent; a change that comes too late is nothing to anyone ──────────────────────────

  /** Puts a card before them; false when they are not free. */
  preview(lead: LeadCandidate, at: Instant): boolean {
    const event = { type: 'reserved', at, workId: lead.leadId } as const;
    if (!this.#takeUp(newWork(lead, null), event)) return false;
    this.watchPreview();
    return true;
  }

  /** The time to look begins, or begins again. */
  watchPreview(): void {
    this.#startTimer(this.#options.plan().previewLimitMs, () => this.#options.previewExpired(this));
  }

  /** No line was free when the card's time was over: a little longer. */
  previewAgain(): void {
    this.#startTimer(PREVIEW_AGAIN_MS, () => this.#options.previewExpired(this));
  }

  /** The agent's word on the card is being written: the time to look stands still. */
  holdPreview(): void {
    this.#stopTimer();
  }

  /** The card was dialed: the reservation stands for the attempt now. */
  dialing(attemptId: Id): void {
    this.#stopTimer();
    if (this.#work) this.#work.attemptId = attemptId;
    this.#options.changed(this);
  }

  /** A callback they promised is being dialed for them. */
  reserve(lead: LeadCandidate, attemptId: Id, at: Instant): void {
    this.#takeUp(newWork(lead, attemptId), { type: 'reserved', at, workId: lead.leadId });
  }

  /** The call is about to be joined to their phone; false when they are not free. */
  assign(line: Line, at: Instant): boolean {
    const { lead, attemptId } = line.facts;
    return this.#takeUp(newWork(lead, attemptId), { type: 'callAssigned', at, callId: attemptId });
  }

  /** Their phone could not be joined: no further call until they say that they are ready. */
  notJoined(attemptId: Id, at: Instant): void {
    const { state, pending } = this.#session;
    if (state !== 'ringing' || this.#work?.attemptId !== attemptId || pending) return;
    this.#tell({ type: 'pause', at, reason: 'not_joined' });
  }

  connected(line: Line, at: Instant): void {
    const { attemptId, callId } = line.facts;
    // heard of late, after a lost event: the network is right, unless they have other work by now
    if (this.#work?.attemptId !== attemptId && !this.assign(line, at)) return;
    if (this.#work) Object.assign(this.#work, { callId: callId ?? null, connectedAt: at });
    this.#tell({ type: 'callConnected', at, callId: attemptId });
  }

  /** Their talk of before a restart goes on. */
  resume(line: Line, at: Instant): void {
    const { lead, attemptId, callId, connectedAt } = line.facts;
    const work = { ...newWork(lead, attemptId), callId: callId ?? null, connectedAt: connectedAt ?? at };
    this.#takeUp(work, { type: 'callResumed', at, callId: attemptId });
  }

  talkEnded(attemptId: Id, at: Instant): void {
    if (this.#work?.attemptId === attemptId) this.#work.talkEndedAt = at;
    this.#tell({ type: 'callEnded', at, callId: attemptId });
  }

  /** The call is not theirs any more, or a reservation ended: never connected with it. */
  release(attemptId: Id, at: Instant): void {
    if (this.#work?.attemptId !== attemptId || this.#work.connectedAt !== null) return;
    const { leadId } = this.#work.lead;
    if (this.#session.state === 'ringing') this.#tell({ type: 'callReleased', at, callId: attemptId });
    else this.#tell({ type: 'reservationEnded', at, workId: leadId });
  }

  /** The preview card is given back undialed. */
  endPreview(at: Instant): LeadCandidate | undefined {
    const lead = this.leadOnPreview;
    this.#stopTimer();
    if (lead) this.#tell({ type: 'reservationEnded', at, workId: lead.leadId });
    return lead;
  }

  close(): void {
    this.#timer?.cancel();
  }

  // ── how others see it ─────────────────────────────────────────────────────────────────────────────────────

  pacingState(): ViewedAgent {
    return { id: this.agentId, state: PACING_STATE[this.#session.state], since: this.#session.since };
  }

  liveState(): LiveSnapshot['agents'][number] {
    const { state, reason, since } = this.#session;
    return {
      agentId: this.agentId,
      state: state === 'loggedOut' ? 'paused' : state,
      reason: reason ?? '',
      since,
      attemptId: this.#work?.attemptId ?? null,
    };
  }

  view(): AgentView {
    const { state, reason, since, extended, pending } = this.#session;
    const work = this.#work;
    return {
      agentId: this.agentId,
      campaignId: this.#options.campaignId,
      sessionId: this.sessionId,
      state,
      reason: reason ?? '',
      since,
      attemptId: work?.attemptId ?? null,
      callId: work?.callId ?? null,
      leadId: work?.lead.leadId ?? null,
      listId: work?.lead.listId ?? null,
      mode: this.#options.plan().mode,
      numberOrdinal: work?.lead.numberOrdinal ?? null,
      scriptVersionId: work ? this.#options.plan().scriptVersionId : null,
      connectedAt: work?.connectedAt ?? null,
      talkEndedAt: work?.talkEndedAt ?? null,
      until: this.#until,
      disposed: work?.disposed ?? false,
      wrapUpExtended: extended,
      pauseAfter: pending?.type === 'pause' ? pending.reason : null,
      logoutAfter: pending?.type === 'logout',
    };
  }

  // ── the machine ───────────────────────────────────────────────────────────────────────────────────────────

  #ask(event: AgentEvent): void {
    const refused = this.#step(event);
    if (refused !== undefined) {
      throw new DomainError(
        'conflict',
        `agent_${refused}`,
        `The agent's state does not allow it: ${refused}`,
        {
          params: { state: this.#session.state },
        },
      );
    }
  }

  #tell(event: AgentEvent): void {
    this.#step(event);
  }

  /** New work by this event; the old stays when the machine refuses. */
  #takeUp(work: Work, event: AgentEvent): boolean {
    const before = this.#work;
    this.#work = work;
    if (this.#step(event) === undefined) return true;
    this.#work = before;
    return false;
  }

  #step(event: AgentEvent): string | undefined {
    const before = this.#session;
    const card = this.leadOnPreview;
    const result = stepAgent(before, event, this.#policy());
    if (result.refused !== undefined) return result.refused;
    this.#session = result.session;
    if (result.closed) this.#moved(before);
    else if (result.session.wrapUpEndsAt !== before.wrapUpEndsAt) this.#watchWrapUp();
    if (result.released !== undefined && card) this.#options.cardGivenBack(card);
    this.#options.changed(this);
    return undefined;
  }

  /** One state was left for another: both are written, the timers set, the desk cleared when its work is done. */
  #moved(before: AgentSession): void {
    const now = this.#session;
    if (before.state === 'wrapUp') this.#wrapUpEnded(before);
    if (now.state === 'loggedOut') this.#owed = this.#stillOwed();
    const owing = now.state === 'paused' && now.owes !== undefined;
    if (now.state === 'available' || now.state === 'loggedOut' || (now.state === 'paused' && !owing)) {
      this.#work = undefined;
    }
    this.#write(before);
    this.#stopTimer();
    if (now.state === 'wrapUp') this.#watchWrapUp();
  }

  #stillOwed(): OwedCall | undefined {
    const { lead, attemptId = null, callId = null, connectedAt = null } = this.#work ?? {};
    if (!lead || attemptId === null || callId === null || this.#session.owes !== attemptId) return undefined;
    return { lead, attemptId, callId, connectedAt };
  }

  #wrapUpEnded(before: AgentSession): void {
    const work = this.#work;
    if (!work?.attemptId || !work.callId) return;
    const { attemptId, callId } = work;
    const at = this.#session.since;
    this.#options.wrapUpEnded({ attemptId, callId, at, wrapUpMs: at - before.since });
  }

  #write(before: AgentSession): void {
    const now = this.#session;
    const { agentId, sessionId } = this;
    const { campaignId, write } = this.#options;
    const common = { sessionId, agentId, campaignId, at: now.since };
    const previous = before.state === 'loggedOut' ? null : { state: before.state, startedAt: before.since };
    if (now.state === 'loggedOut') {
      if (previous)
        write({ type: 'sessionEnded', ...common, ordinal: this.#ordinal, reason: 'signed_out', previous });
      return;
    }
    write({
      type: 'agentStateChanged',
      ...common,
      ordinal: this.#ordinal++,
      previous,
      state: now.state,
      reason: now.reason ?? '',
      attemptId: this.#work?.attemptId ?? null,
    });
  }

  /** Their own card or callback is being dialed. */
  get #dialsForThem(): boolean {
    return this.#session.state === 'reserved' && this.#work?.attemptId !== null;
  }

  #policy(): AgentPolicy {
    const plan = this.#options.plan();
    return { wrapUpMs: plan.wrapUpLimitMs, wrapUpExtensionMs: plan.wrapUpExtensionMs };
  }

  #watchWrapUp(): void {
    const { timers } = this.#options;
    const endsAt = this.#session.wrapUpEndsAt;
    if (endsAt === undefined) return;
    this.#startTimer(endsAt - timers.now(), () => {
      // a real timer may fire a moment early
      if (this.#step({ type: 'wrapUpExpired', at: timers.now() }) === 'not_due') this.#watchWrapUp();
    });
  }

  #startTimer(ms: number, action: () => void): void {
    this.#stopTimer();
    this.#until = this.#options.timers.now() + ms;
    this.#timer = this.#options.timers.after(ms, action);
  }

  #stopTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#until = null;
  }
}

function alreadyDisposed(): DomainError {
  return new DomainError('conflict', 'already_disposed', 'This call has its result already');
}

function newWork(lead: LeadCandidate, attemptId: Id | null): Work {
  return { lead, attemptId, callId: null, connectedAt: null, talkEndedAt: null, disposed: false };
}

/** Who cannot take a pool call is `paused` to the pacer; whose phone is being joined is as good as connected. */
const PACING_STATE: { readonly [state in AgentStateName | 'loggedOut']: ViewedAgent['state'] } = {
  available: 'available',
  ringing: 'connected',
  connected: 'connected',
  wrapUp: 'wrapUp',
  reserved: 'paused',
  paused: 'paused',
  loggedOut: 'paused',
};
