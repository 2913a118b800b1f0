import type { Instant } from '../../platform/clock/index.ts';

export const AGENT_STATES = [
  'loggedOut',
  'available',
  'reserved', // looks at a preview or a callback that is theirs
  'ringing', // a call is being joined to their phone
  'connected',
  'wrapUp',
  'paused',
] as const;

export type AgentState = (typeof AGENT_STATES)[number];

/** Why an agent is paused. The first five are set by the system; any other code is the centre's own. */
export type PauseReason =
  | 'signed_in'
  | 'no_disposition'
  | 'phone_lost'
  | 'not_joined'
  | 'forced'
  | (string & {});

export interface AgentPolicy {
  /** Time for wrap-up, ms; undefined: until they dispose. */
  wrapUpMs: number | undefined;
  /** What one extension adds, ms. */
  wrapUpExtensionMs: number;
}

export interface AgentSession {
  readonly agentId: string;
  readonly state: AgentState;
  readonly since: Instant;
  /** Only while paused. */
  readonly reason: PauseReason | undefined;
  /** The call, or while reserved the lead's reservation, that the state is about. */
  readonly workId: string | undefined;
  readonly phoneReady: boolean;
  /** A call that ended without their disposition; nothing new comes before it is disposed. */
  readonly owes: string | undefined;
  /** The present call was disposed while they still talked. */
  readonly disposed: boolean;
  readonly wrapUpEndsAt: Instant | undefined;
  readonly extended: boolean;
  /** What they asked for that waits until the call's work is done. */
  readonly pending:
    | { readonly type: 'pause'; readonly reason: PauseReason }
    | { readonly type: 'logout' }
    | undefined;
}

export type AgentEvent =
  | { type: 'login'; at: Instant }
  /** Takes calls from now on; during a call it takes back a pause or logout asked for. */
  | { type: 'ready'; at: Instant }
  /** `afterWork`: while reserved, their own dial is under way, and the wish waits for its end too. */
  | { type: 'pause'; at: Instant; reason: PauseReason; afterWork?: boolean }
  | { type: 'logout'; at: Instant; afterWork?: boolean }
  /** A preview or a callback is put before them. */
  | { type: 'reserved'; at: Instant; workId: string }
  | { type: 'reservationEnded'; at: Instant; workId: string }
  /** A call is about to be joined to their phone. */
  | { type: 'callAssigned'; at: Instant; callId: string }
  | { type: 'callReleased'; at: Instant; callId: string }
  | { type: 'callConnected'; at: Instant; callId: string }
  /** They sat down again while their talk of before went on: after a restart. */
  | { type: 'callResumed'; at: Instant; callId: string }
  | { type: 'callEnded'; at: Instant; callId: string }
  | { type: 'disposed'; at: Instant; callId: string }
  | { type: 'wrapUpExtended'; at: Instant }
  | { type: 'wrapUpExpired'; at: Instant }
  | { type: 'phoneLost'; at: Instant }
  | { type: 'phoneReady'; at: Instant };

export type AgentRefusal =
  | 'already_logged_in'
  | 'logged_out'
  | 'phone_not_ready'
  | 'disposition_missing'
  | 'not_available'
  | 'not_in_call'
  | 'other_call'
  | 'not_in_wrap_up'
  | 'already_extended'
  | 'not_due'
  | 'no_change';

/** A stretch of one state, `from` up to but not including `to`. */
export interface AgentInterval {
  agentId: string;
  state: AgentState;
  reason: PauseReason | undefined;
  workId: string | undefined;
  from: Instant;
  to: Instant;
}

export type AgentResult =
  | {
      refused: undefined;
      session: AgentSession;
      /** The stretch that this event closed; undefined when the state goes on. */
      closed: AgentInterval | undefined;
      /** Asked for during a call: happens when its work is done. */
      deferred: boolean;
      /** A preview or callback given back by this event. */
      released: string | undefined;
    }
  | { refused: AgentRefusal; session: AgentSession };
