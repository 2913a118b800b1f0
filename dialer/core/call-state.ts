import type { Instant } from '../../platform/clock/index.ts';
import type { AnsweredBy, CallNetworkEvent, EndedBy, HangupCause } from '../telephony/network-event.ts';
import type { OpenCallPhase } from '../telephony/port.ts';
import type { Outcome } from './outcomes.ts';

export type CallPhase =
  | 'ordered' // handed to the switch, nothing heard yet
  | 'ringing'
  | 'detecting' // picked up, machine detection running
  | 'waiting' // a person, no agent yet
  | 'connecting' // an agent is chosen, audio not joined yet
  | 'connected'
  | 'parted' // the agent's phone was lost in mid-talk; the customer holds
  | 'message' // hears a recorded message, will be hung up on
  | 'hangingUp' // we hung up; the network has not confirmed
  | 'ended';

/** What the campaign decides about its calls; all times in ms. */
export interface CallPolicy {
  /** A person not joined to an agent so long after picking up is abandoned. */
  connectWithinMs: number;
  ringTimeoutMs: number;
  onMachine: 'hangUp' | 'leaveMessage' | 'connect';
  /** Detection was not sure, or is off. With detection off this must be `connect`. */
  onUnsure: 'connect' | 'abandon';
  /** Whether an abandoned customer hears the recorded message before we hang up. */
  abandonMessage: boolean;
  /** Beyond the ring timeout, before we ask the switch. */
  ringGraceMs: number;
  detectLimitMs: number;
  /** From choosing an agent to hearing `connected`, before we ask. */
  connectGraceMs: number;
  /** How long an answer to a question to the switch may take. */
  askGraceMs: number;
  /** How long a customer holds for an agent whose phone was lost. */
  agentReturnMs: number;
  messageLimitMs: number;
  hangUpGraceMs: number;
  /** How often a talk's existence is checked with the switch. */
  talkCheckMs: number;
  talkLimitMs: number;
}

/**
 * 2 s to an agent: 16 CFR 310.4(b)(4)(ii)-(iii), 47 CFR 64.1200(a)(7), CRTC UTR part III; counted from the pick-up,
 * which is never later than the end of the person's greeting. 30 s of ringing is twice the least those rules allow
 * (15 s or four rings). The other times are ours.
 */
export const DEFAULT_CALL_POLICY: CallPolicy = {
  connectWithinMs: 2_000,
  ringTimeoutMs: 30_000,
  onMachine: 'hangUp',
  onUnsure: 'connect',
  abandonMessage: true,
  ringGraceMs: 5_000,
  detectLimitMs: 6_000,
  connectGraceMs: 2_000,
  askGraceMs: 2_000,
  agentReturnMs: 15_000,
  messageLimitMs: 60_000,
  hangUpGraceMs: 5_000,
  talkCheckMs: 10 * 60_000,
  talkLimitMs: 4 * 3_600_000,
};

export interface CallState {
  readonly attemptId: string;
  readonly phase: CallPhase;
  readonly orderedAt: Instant;
  /** The agent this call is for (preview, callback); none in the pool modes. */
  readonly reservedFor: string | undefined;
  /** The next instant at which the machine wants a `timeUp`; undefined only when ended. */
  readonly deadline: Instant | undefined;
  readonly ringingAt: Instant | undefined;
  /** When the customer picked up: the clock of the abandon limit starts here. */
  readonly answeredAt: Instant | undefined;
  readonly answeredBy: AnsweredBy | undefined;
  readonly agentId: string | undefined;
  readonly connectedAt: Instant | undefined;
  readonly talkEndedAt: Instant | undefined;
  /** Parted, and the agent's phone came back: a `connected` from then on joins them again. */
  readonly rejoiningSince: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** As the network told it; undefined if it never did. */
  readonly endCause: HangupCause | undefined;
  readonly endedBy: EndedBy | undefined;
  /** What the outcome will be if nothing better is learnt before the end. */
  readonly verdict: Outcome | undefined;
  readonly outcome: Outcome | undefined;
  readonly optedOut: boolean;
  /** The switch was asked about this call and has not answered. */
  readonly asked: boolean;
  /** The network itself said `ended`; false when we gave up on a silent network. */
  readonly endConfirmed: boolean;
}

/** Everything that can happen to a call. All carry when it happened, on our clock. */
export type CallEvent =
  | CallNetworkEvent
  /** The order did not leave: `place` was never called, or rejected. */
  | { type: 'notPlaced'; at: Instant; reason: 'cancelled' | 'failed' }
  | { type: 'agentAssigned'; at: Instant; agentId: string }
  | { type: 'agentHungUp'; at: Instant; agentId: string }
  | { type: 'agentLost'; at: Instant; agentId: string }
  | { type: 'agentBack'; at: Instant; agentId: string }
  /** A supervisor or the campaign ends the call. */
  | { type: 'hangUpRequested'; at: Instant }
  /** The call's deadline; an early or stale one does nothing. */
  | { type: 'timeUp'; at: Instant }
  /** Reconciling: the switch holds this call so. */
  | {
      type: 'found';
      at: Instant;
      phase: OpenCallPhase;
      answeredAt?: Instant | undefined;
      agentId?: string | undefined;
    }
  /** Reconciling: at `at` the switch did not hold it. */
  | { type: 'missing'; at: Instant };

/** What the engine has to do, in this order. */
export type CallCommand =
  /** Find an agent (this one, if named) and answer with `agentAssigned`; none free: keep the call in line. */
  | { type: 'assignAgent'; agentId: string | undefined }
  | { type: 'connect'; agentId: string }
  | { type: 'playMessage'; message: 'abandoned' | 'machine' }
  | { type: 'hangUp'; by: 'agent' | 'system' }
  /** Ask the switch about this call and answer with `found` or `missing`. */
  | { type: 'ask' }
  /** Counts as abandoned from now on, message or not: for the ledger and the pacer. At most once. */
  | { type: 'markAbandoned'; at: Instant }
  /** Never connected with this call: free again. */
  | { type: 'releaseAgent'; agentId: string; at: Instant }
  /** `waitMs` from picking up to the agent: above the limit, the law counts it as abandoned all the same. */
  | { type: 'agentConnected'; agentId: string; at: Instant; waitMs: number }
  | { type: 'agentTalkEnded'; agentId: string; at: Instant; talkMs: number }
  /** The customer pressed the opt-out key: the number goes on do-not-call. At most once, also after the end. */
  | { type: 'optOut'; at: Instant }
  | { type: 'recordOutcome'; outcome: Outcome; at: Instant };

export interface CallStep {
  readonly state: CallState;
  readonly commands: readonly CallCommand[];
}
