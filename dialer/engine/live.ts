import type { Instant } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Explanation } from '../pacing/index.ts';
import type { AgentStateName, DialMode } from '../ports.ts';

/** An agent's place in the dialer, as their own screen shows it. */
export interface AgentView {
  agentId: Id;
  campaignId: Id | null;
  sessionId: Id | null;
  state: AgentStateName | 'loggedOut';
  reason: string;
  since: Instant;
  /** The call on the desk: from being joined until it is disposed. */
  attemptId: Id | null;
  callId: Id | null;
  leadId: Id | null;
  listId: Id | null;
  numberOrdinal: number | null;
  mode: DialMode;
  scriptVersionId: Id | null;
  connectedAt: Instant | null;
  talkEndedAt: Instant | null;
  /** Wrap-up or preview: when it ends by itself. */
  until: Instant | null;
  disposed: boolean;
  wrapUpExtended: boolean;
  /** A pause asked for during a call comes when its wrap-up ends. */
  pauseAfter: string | null;
  /** A sign-out asked for during a call comes when its wrap-up ends. */
  logoutAfter: boolean;
}

/** A campaign's floor at one moment: no personal data, ids only. */
export interface LiveSnapshot {
  campaignId: Id;
  at: Instant;
  running: boolean;
  mode: DialMode;
  agents: { agentId: Id; state: AgentStateName; reason: string; since: Instant; attemptId: Id | null }[];
  ringing: number;
  waiting: number;
  talking: number;
  hopper: number;
  freeTrunkLines: number;
  /** Whether a caller ID of the campaign has room under its daily cap. */
  callerIdLeft: boolean;
  /** Since this process began to dial the campaign. */
  counts: LiveCounts;
  /** What the last decision to place no call was bound by. */
  boundBy: string;
  /** The pacer's own account of its last decision. */
  pacing: Explanation | null;
}

export interface LiveCounts {
  dialed: number;
  answered: number;
  connected: number;
  abandoned: number;
  ended: number;
}
