import type { Instant } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/**
 * `ready` in the queue · `waiting` for its next try or its callback · `held` out of the queue until a rule lets
 * it in again · `claimed` being dialed · `inCall` talking, or talked and not yet disposed · `suppressed` never
 * again by itself · `done` finished.
 */
export type LeadState = 'ready' | 'waiting' | 'held' | 'claimed' | 'inCall' | 'suppressed' | 'done';

/** What of a lead changes while it is worked. */
export interface Lead {
  id: Id;
  listId: Id;
  customerId: Id;
  state: LeadState;
  /** Why it is in its state: an outcome, a refusal's code, a result. Codes, at most 32 characters. */
  reason: string;
  /** `waiting`, `held`, `claimed`: when that ends; null in every other state. */
  dueAt: Instant | null;
  /** Of the number to dial next. */
  zoneId: number;
  numberOrdinal: number;
  /** The smaller is dialed first. */
  rank: number;
  /** Those that count against its cap. */
  attempts: number;
  /** Attempts that went to the network, failures of ours among them. */
  dials: number;
  contacts: number;
  /** A callback promised by this agent: only they take it. */
  agentId: Id | null;
  ticket: Id | null;
}

/** A lead as it was read, and as it is to be. */
export interface LeadChange {
  before: Lead;
  after: Lead;
}

/** The reason of a claim that lost its number to another live attempt. */
export const NUMBER_IN_USE = 'number_in_use';
/** `inCall`: the customer is on the line. */
export const TALKING = 'talking';
/** `inCall`: the talk is over, the agent has not said how it went. */
export const AWAITING_DISPOSITION = 'awaitingDisposition';
/** `waiting`, and `ready` while a certain agent is to take it: a promise to call back. */
export const CALLBACK = 'callback';
export const DO_NOT_CALL = 'do_not_call';

/** How far a promised callback is lifted before all other leads; taken back when the promise is kept. */
const CALLBACK_LIFT = 1_000_000;

export function liftedRank(rank: number): number {
  return rank <= -CALLBACK_LIFT / 2 ? rank : rank - CALLBACK_LIFT;
}

export function plainRank(rank: number): number {
  return rank <= -CALLBACK_LIFT / 2 ? rank + CALLBACK_LIFT : rank;
}

/** Somebody was promised a call, and it is still to come. */
export function isPromised({ rank, state }: Pick<Lead, 'rank' | 'state'>): boolean {
  return rank !== plainRank(rank) && state !== 'done' && state !== 'suppressed';
}

/** The lead back in the queue: as a callback when an agent promised it. */
export function madeReady(lead: Lead): Lead {
  const reason = lead.agentId === null ? '' : CALLBACK;
  return { ...lead, state: 'ready', reason, dueAt: null, ticket: null };
}

export function heldUntil(lead: Lead, { reason, until }: { reason: string; until: Instant }): Lead {
  return { ...lead, state: 'held', reason, dueAt: until, ticket: null };
}

/** The lead waiting for `until`, or ready when that is not after `now`. */
export function waitingUntil(
  lead: Lead,
  { reason, until, now }: { reason: string; until: Instant; now: Instant },
): Lead {
  if (until <= now) return madeReady(lead);
  return { ...lead, state: 'waiting', reason, dueAt: until, ticket: null };
}

export function suppressed(lead: Lead, reason: string): Lead {
  return { ...lead, state: 'suppressed', reason, dueAt: null, ticket: null, agentId: null };
}

export function finished(lead: Lead, reason: string): Lead {
  return {
    ...lead,
    state: 'done',
    reason,
    dueAt: null,
    ticket: null,
    agentId: null,
    rank: plainRank(lead.rank),
  };
}

/** A live attempt decides about these: nobody else moves them. */
export function isLive(lead: Lead): boolean {
  return lead.state === 'claimed' || lead.state === 'inCall';
}
