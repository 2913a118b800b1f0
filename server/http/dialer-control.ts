import type { AgentStateName, DialMode } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** What an agent asks of the engine. */
export type AgentCommand =
  | { type: 'start'; campaignId: Id; vendorId: Id; teamId: Id }
  | { type: 'end' }
  | { type: 'ready' }
  | { type: 'pause'; reason: string }
  | { type: 'hangUp' }
  | {
      type: 'dispose';
      callId: Id;
      dispositionId: Id;
      note: string;
      callback?: { localTime: string; timeZone: string; reservedForAgent: boolean };
    }
  | { type: 'extendWrapUp' }
  | { type: 'previewDial' }
  | { type: 'previewSkip'; reason: string };

/** The work in front of an agent: a lead to look at, a call, or a call to dispose. */
export interface AgentWork {
  /** Null while a preview is not dialed yet. */
  attemptId: Id | null;
  /** Null before a person and the agent are connected. */
  callId: Id | null;
  leadId: Id;
  listId: Id;
  numberOrdinal: number;
  mode: DialMode | 'manual';
  scriptVersionId: Id | null;
  connectedAt: Instant | null;
  endedAt: Instant | null;
}

export interface AgentView {
  agentId: Id;
  /** Null: not signed on to a campaign; everything below is then empty. */
  sessionId: Id | null;
  campaignId: Id | null;
  state: AgentStateName | 'signedOff';
  reason: string;
  since: Instant;
  /** When the preview or the wrap-up ends by itself. */
  endsAt: Instant | null;
  /** Whether the wrap-up can still be extended. */
  canExtend: boolean;
  work: AgentWork | null;
}

export interface LiveAgent {
  agentId: Id;
  state: AgentStateName;
  reason: string;
  since: Instant;
}

/** A campaign at this moment. */
export interface LiveSnapshot {
  campaignId: Id;
  at: Instant;
  agents: readonly LiveAgent[];
  calls: { ringing: number; waiting: number; connected: number };
  pacing: {
    mode: DialMode;
    /** What the last tick ordered, and why no more: a code. */
    placed: number;
    reason: string;
    linesInUse: number;
    maxLines: number;
    abandonRate: number;
    targetAbandonRate: number;
  };
  today: { attempts: number; answered: number; connected: number; abandoned: number; sales: number };
  /** What may hold back leads that are otherwise ready. */
  floor: { freeLines: number; callerIdLeft: boolean; abandonBudgetSpent: boolean; databaseBehind: boolean };
}

export type LiveChange = { type: 'agent'; agentId: Id } | { type: 'campaign'; campaignId: Id };

/** What the web needs of the engine, wherever it runs. */
export interface DialerControl {
  /**
   * @throws DomainError `conflict` with a code when the agent's state does not allow it (`not_signed_on`,
   * `already_signed_on`, `wrong_agent_state`, `campaign_not_running`), or what disposing throws
   */
  agentCommand(agentId: Id, command: AgentCommand): Promise<AgentView>;
  agentView(agentId: Id): Promise<AgentView>;
  /** Undefined for a campaign that no engine runs now. */
  liveSnapshot(campaignId: Id): Promise<LiveSnapshot | undefined>;
  /** Calls `listener` at each change, at once and often; answers how to stop. It must not throw. */
  onChange(listener: (change: LiveChange) => void): () => void;
}
