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
  wrapUpEnded(ended: { attemptId: Id; callId: Id; at: Instant; wrapUpMs: number }): void;
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

  constructor(options: DeskOptions) {
    this.agentId = options.agentId;
    this.sessionId = options.sessionId;
    this.#options = options;
    this.#session = newAgentSession(options.agentId, options.timers.now());
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

  get disposed(): boolean {
    return this.#work?.disposed ?? false;
  }

  mayTake(line: Line): boolean {
    if (line.reservedFor === this.agentId) return this.#session.state === 'reserved';
    return line.reservedFor === null && canTakeCall(this.#session);
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
    this.#ask({ type: 'pause', at, reason });
  }

  logout(at: Instant): void {
    this.#ask({ type: 'logout', at });
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

  preview(lead: LeadCandidate, at: Instant): void {
    this.#work = newWork(lead, null);
    this.#tell({ type: 'reserved', at, workId: lead.leadId });
    this.#startTimer(this.#options.plan().previewLimitMs, () => this.#options.previewExpired(this));
  }

  /** No line was free when the card's time was over: a little longer. */
  previewAgain(): void {
    this.#startTimer(PREVIEW_AGAIN_MS, () => this.#options.previewExpired(this));
  }

  /** The card was dialed: the reservation stands for the attempt now. */
  dialing(attemptId: Id): void {
    this.#stopTimer();
    if (this.#work) this.#work.attemptId = attemptId;
    this.#options.changed(this);
  }

  /** A callback they promised is being dialed for them. */
  reserve(lead: LeadCandidate, attemptId: Id, at: Instant): void {
    this.#work = newWork(lead, attemptId);
    this.#tell({ type: 'reserved', at, workId: lead.leadId });
  }

  assign(line: Line, at: Instant): void {
    this.#work = newWork(line.facts.lead, line.facts.attemptId);
    this.#tell({ type: 'callAssigned', at, callId: line.facts.attemptId });
  }

  connected(line: Line, at: Instant): void {
    if (this.#work?.attemptId !== line.facts.attemptId) {
      // heard of late, after a restart or a lost event: the network is right
      this.assign(line, at);
    }
    if (this.#work) Object.assign(this.#work, { callId: line.facts.callId ?? null, connectedAt: at });
    this.#tell({ type: 'callConnected', at, callId: line.facts.attemptId });
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

  #step(event: AgentEvent): string | undefined {
    const before = this.#session;
    const result = stepAgent(before, event, this.#policy());
    if (result.refused !== undefined) return result.refused;
    this.#session = result.session;
    if (result.closed) this.#moved(before);
    else if (result.session.wrapUpEndsAt !== before.wrapUpEndsAt) this.#watchWrapUp();
    this.#options.changed(this);
    return undefined;
  }

  /** One state was left for another: both are written, the timers set, the desk cleared when its work is done. */
  #moved(before: AgentSession): void {
    const now = this.#session;
    if (before.state === 'wrapUp') this.#wrapUpEnded(before);
    this.#write(before);
    this.#stopTimer();
    if (now.state === 'wrapUp') this.#watchWrapUp();
    const owing = now.state === 'paused' && now.owes !== undefined;
    if (now.state === 'available' || now.state === 'loggedOut' || (now.state === 'paused' && !owing)) {
      this.#work = undefined;
    }
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

  #policy(): AgentPolicy {
    const plan = this.#options.plan();
    return { wrapUpMs: plan.wrapUpLimitMs, wrapUpExtensionMs: plan.wrapUpExtensionMs };
  }

  #watchWrapUp(): void {
    const { timers } = this.#options;
    const endsAt = this.#session.wrapUpEndsAt;
    if (endsAt === undefined) return;
    this.#startTimer(endsAt - timers.now(), () => this.#tell({ type: 'wrapUpExpired', at: timers.now() }));
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
