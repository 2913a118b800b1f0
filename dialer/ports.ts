import type { Instant } from '../platform/clock/index.ts';
import type { Queries, Tx } from '../platform/db/index.ts';
import type { Id } from '../platform/ids/index.ts';
import type { Outcome } from './core/outcomes.ts';
import type { AbandonWindow, DialMode } from './pacing/index.ts';

/**
 * What the engine asks of the business. `campaigns/` implements these; `dialer/` never imports it.
 * Every port that writes takes the unit of work, so that several share one commit.
 */

export type { AbandonWindow, DialMode } from './pacing/index.ts';

/** How an attempt ended, as the network told it. */
export type OutcomeName = Outcome;

/** What the engine knows of a campaign; a new one replaces the old when its version changes. */
export interface CampaignPlan {
  id: Id;
  vendorId: Id;
  teamId: Id;
  version: number;
  /** Only a running campaign is dialed; a paused one lets its live calls finish. */
  running: boolean;
  mode: DialMode;
  startedAt: Instant;
  /** Lines per agent, `ratio` mode. */
  ratio: number;
  targetAbandonRate: number;
  connectWithinMs: number;
  abandonWindow: AbandonWindow;
  maxLines: number;
  maxLinesPerAgent: number;
  maxCallsPerSecond: number;
  ringTimeoutMs: number;
  wrapUpLimitMs: number;
  wrapUpExtensionMs: number;
  /** Preview: how long the agent may look at the card, and what happens then. */
  previewLimitMs: number;
  previewRule: 'dial' | 'skip' | 'pause';
  /** Shown to the customer: the least used one that is under its cap (calls in the campaign's local day; null: none). */
  callerIds: readonly { e164: string; dailyCap: number | null }[];
  /** Whose midnight begins the day of those caps. */
  timeZone: string;
  detectMachines: boolean;
  /** An abandoned customer hears the recorded message before we hang up. */
  abandonMessage: boolean;
  /** Leads read ahead, at least. */
  hopperSize: number;
  scriptVersionId: Id | null;
  /** Already counted in the current abandon window: a restart goes on with the same budget. */
  abandonedSoFar: { answered: number; abandoned: number };
}

export interface CampaignPlans {
  /** Plans of all campaigns that are running or paused. */
  active(): Promise<CampaignPlan[]>;
}

/** A lead that may be dialed next, with the one of its numbers that is due. */
export interface LeadCandidate {
  leadId: Id;
  listId: Id;
  customerId: Id;
  numberOrdinal: number;
  e164: string;
  extension: string;
  zoneKey: string;
  zoneId: number;
  /** A callback promised by this agent: only they take it. */
  reservedFor: Id | null;
}

export type GateVerdict =
  | { allowed: true /** what allowed it, kept with the attempt (JSON) */; basis: string }
  | { allowed: false; reason: string /** when to ask again; absent: never by itself */; until?: Instant };

export interface ComplianceGate {
  /** May these be called now? One verdict per candidate, in their order. Reads only. */
  check(
    queries: Queries,
    request: { campaignId: Id; candidates: readonly LeadCandidate[]; now: Instant },
  ): Promise<GateVerdict[]>;
}

export interface Refusal {
  lead: LeadCandidate;
  reason: string;
  until?: Instant;
}

export interface ClaimOrder {
  lead: LeadCandidate;
  attemptId: Id;
  ticket: Id;
  ticketExpiresAt: Instant;
  mode: DialMode | 'manual';
  callerId: string | null;
  trunkId: Id | null;
  scriptVersionId: Id | null;
  /** The agent it is dialed for, in preview and for a promised callback. */
  agentId: Id | null;
  basis: string;
}

export interface LeadSource {
  /**
   * The next dialable leads in dialing order, of zones that are open now; waiting ones that have fallen due
   * are among them. `exclude` holds the leads already in the hopper. Changes nothing but due leads' state.
   */
  next(request: {
    campaignId: Id;
    limit: number;
    now: Instant;
    exclude: ReadonlySet<Id>;
  }): Promise<LeadCandidate[]>;
  /** Takes refused leads out of the queue, with the reason, until the given time. */
  hold(tx: Tx, refusals: readonly Refusal[], now: Instant): Promise<void>;
  /**
   * Compare-and-set to `claimed` and the attempt's row, in one unit of work. Answers the attempts that were
   * won; a lead that changed meanwhile, or whose number is live in another attempt, is not among them.
   */
  claim(tx: Tx, request: { campaignId: Id; orders: readonly ClaimOrder[]; now: Instant }): Promise<Set<Id>>;
  /** When the next waiting lead of the campaign falls due; undefined when none waits. */
  nextDueAt(campaignId: Id): Promise<Instant | undefined>;
}

/** Everything the engine knows of an attempt; optional while it has not happened. */
export interface AttemptFacts {
  attemptId: Id;
  campaignId: Id;
  lead: LeadCandidate;
  mode: DialMode | 'manual';
  scriptVersionId: Id | null;
  orderedAt: Instant;
  ringingAt?: Instant;
  answeredAt?: Instant;
  answeredBy?: string;
  connectedAt?: Instant;
  /** Connected, but after the limit: counts as answered and as abandoned. */
  connectedLate?: boolean;
  /** When the agent's part ended; the attempt itself may end a moment later. */
  talkEndedAt?: Instant;
  endedAt?: Instant;
  outcome?: OutcomeName;
  cause?: string;
  agentId?: Id;
  sessionId?: Id;
  /** Set from the moment of connection. */
  callId?: Id;
  messagePlayed?: boolean;
  optedOut?: boolean;
}

export type AgentStateName = 'available' | 'reserved' | 'ringing' | 'connected' | 'wrapUp' | 'paused';

/** What the engine writes down, in the order it happened. Written behind, but never lost in an orderly stop. */
export type CallRecord =
  | { type: 'attemptAnswered'; attempt: AttemptFacts }
  | { type: 'attemptConnected'; attempt: AttemptFacts }
  | { type: 'attemptEnded'; attempt: AttemptFacts }
  /** The opt-out key, also when it is heard of after the end: the number goes on do-not-call. */
  | { type: 'optedOut'; attempt: AttemptFacts; at: Instant }
  | { type: 'wrapUpEnded'; callId: Id; agentId: Id; campaignId: Id; at: Instant; wrapUpMs: number }
  | {
      type: 'sessionStarted';
      sessionId: Id;
      agentId: Id;
      campaignId: Id;
      vendorId: Id;
      teamId: Id;
      at: Instant;
    }
  | {
      /** The end of the interval before, and the begin of the next, at one instant. */
      type: 'agentStateChanged';
      sessionId: Id;
      agentId: Id;
      campaignId: Id;
      ordinal: number;
      at: Instant;
      previous: { state: AgentStateName; startedAt: Instant } | null;
      state: AgentStateName;
      reason: string;
      attemptId: Id | null;
    }
  | {
      type: 'sessionEnded';
      sessionId: Id;
      agentId: Id;
      campaignId: Id;
      ordinal: number;
      at: Instant;
      reason: string;
      previous: { state: AgentStateName; startedAt: Instant };
    };

export interface DisposeRequest {
  callId: Id;
  agentId: Id;
  campaignId: Id;
  dispositionId: Id;
  note: string;
  /** Local time of the promise, `2026-11-23T20:30`, for a disposition that asks for it. */
  callback?: { localTime: string; timeZone: string; reservedForAgent: boolean };
  now: Instant;
}

export interface CallLog {
  /** Writes a batch down, with all that follows from it: lead states, retries, tallies, report, ledger. */
  record(tx: Tx, records: readonly CallRecord[]): Promise<void>;
  /**
   * The agent's word on a call; plans what is next for the lead in the same unit of work.
   * @throws DomainError when the disposition is not the campaign's, or misses what it needs
   */
  dispose(tx: Tx, request: DisposeRequest): Promise<void>;
  /** Attempts without an end, left by an earlier life of this process. */
  openAttempts(campaignId: Id): Promise<AttemptFacts[]>;
  /** Calls that left the house since then, by the caller ID they showed. */
  callerIdUse(request: { campaignId: Id; since: Instant }): Promise<ReadonlyMap<string, number>>;
  /** Ends sessions and intervals left open by an earlier life of this process, at its last sign of life. */
  closeStaleSessions(tx: Tx, request: { campaignId: Id; at: Instant }): Promise<void>;
}
