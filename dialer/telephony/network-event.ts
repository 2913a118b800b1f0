import type { Instant } from '../../platform/clock/index.ts';

/**
 * Why a call ended, in our words; each adapter maps SIP and Q.850 causes to them in one table.
 * `cancelled`: nothing left our house (ticket expired, hung up before dialing). A ringing call that we give up, by
 * ring timeout or by `hangUp`, is `noAnswer`. `normal`: after an answer. `lost`: gone, and nobody saw how.
 */
export type HangupCause =
  | 'normal'
  | 'noAnswer'
  | 'busy'
  | 'congestion'
  | 'rejected'
  | 'invalidNumber'
  | 'trunkFailure'
  | 'cancelled'
  | 'lost';

/** Who picked up. `unknown`: detection is off, or not sure. */
export type AnsweredBy = 'person' | 'machine' | 'fax' | 'unknown';

export type EndedBy = 'customer' | 'agent' | 'system' | 'network';

/**
 * What an adapter tells of one call. `at` is when it happened, on our clock (the adapter translates the switch's),
 * not when it was told: late events keep their instant.
 */
export type CallNetworkEvent =
  | { type: 'ringing'; attemptId: string; at: Instant }
  /** Picked up, machine detection running; `answered` follows with the verdict. Only with detection on. */
  | { type: 'pickedUp'; attemptId: string; at: Instant }
  | { type: 'answered'; attemptId: string; at: Instant; by: AnsweredBy }
  /** The customer's audio joined the agent's. */
  | { type: 'connected'; attemptId: string; at: Instant; agentId: string }
  /** The agent's phone could not be joined; the customer is still there. */
  | { type: 'connectFailed'; attemptId: string; at: Instant; agentId: string }
  | { type: 'messageEnded'; attemptId: string; at: Instant; optedOut: boolean }
  | { type: 'ended'; attemptId: string; at: Instant; cause: HangupCause; by: EndedBy };

export type NetworkEvent =
  | CallNetworkEvent
  | { type: 'agentPhoneReady'; agentId: string; at: Instant }
  | { type: 'agentPhoneLost'; agentId: string; at: Instant }
  /** A customer calls us; `from` is empty when withheld. Rings until `acceptInbound` or `hangUp`. */
  | { type: 'inboundOffered'; callId: string; from: string; to: string; at: Instant };
