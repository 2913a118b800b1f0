import type { Timers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { CallLog, CampaignPlans, ComplianceGate, LeadSource } from '../ports.ts';
import type { Telephony } from '../telephony/index.ts';
import type { Journal } from './journal.ts';
import type { AgentView, LiveSnapshot } from './live.ts';
import type { TrunkBudget } from './trunk-budget.ts';

/** What the engine tells the house as it happens. Must not throw, and must not wait. */
export interface EngineListener {
  /** An agent's own screen is out of date. */
  agentChanged(view: AgentView): void;
  /** A campaign's live numbers, at most a few times a second. */
  liveChanged(snapshot: LiveSnapshot): void;
  /** Something went wrong that no caller will hear of. */
  failed(what: string, error: unknown, context: { campaignId?: Id; attemptId?: Id }): void;
}

export interface EngineOptions {
  db: Database;
  timers: Timers;
  ids: Ids;
  telephony: Telephony;
  plans: CampaignPlans;
  leads: LeadSource;
  gate: ComplianceGate;
  callLog: CallLog;
  listener: EngineListener;
  /** How long a record may wait for company before it is written; ms. */
  journalGatherMs?: number;
  /** The slowest beat of a campaign in which nothing happens; ms. */
  heartbeatMs?: number;
  /** Calls are placed at the beats alone, not after every event: for virtual time, where waiting costs nothing. */
  placeOnBeatOnly?: boolean;
  /** How often the process gives a sign of life for its campaigns; ms. The same in all processes of a system. */
  renewEveryMs?: number;
  /** No other process can dial on this database: a lease still held is that of a life that was killed. */
  soleProcess?: boolean;
  /** At most so often live numbers are told; ms. 0: never. */
  liveEveryMs?: number;
}

/** What one campaign's dialing shares with the others of its process. */
export interface SharedParts extends EngineOptions {
  journal: Journal;
  trunks: TrunkBudget;
}
