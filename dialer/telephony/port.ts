import type { Instant } from '../../platform/clock/index.ts';
import type { NetworkEvent } from './network-event.ts';

/** One call to place. Durable in our books before it is handed over; nothing retries it afterwards. */
export interface PlaceOrder {
  attemptId: string;
  e164: string;
  extension?: string;
  callerId?: string;
  trunkId: string;
  /** From the order to giving up with `noAnswer`; the adapter keeps it. */
  ringTimeoutMs: number;
  /** After this instant the order is refused: an `ended` event, cause `cancelled`, and nobody is dialed. */
  ticketExpiresAt: Instant;
  /** Off: `answered` says `by: 'unknown'`. On: `pickedUp` at the answer, then `answered` with the verdict. */
  detectMachine: boolean;
  /** For the simulated network only: what the far end does. Other adapters ignore it. */
  scenario?: unknown;
}

export interface TrunkState {
  id: string;
  /** Calls it carries at a time. */
  capacity: number;
  callsPerSecond: number;
  inUse: number;
  /** False while it is known to be down. A trunk that only answers "congestion" still looks healthy. */
  healthy: boolean;
}

/** How an agent's phone is reached: `address` is the adapter's own (a SIP endpoint, a plain number). */
export interface AgentPhone {
  agentId: string;
  address?: string;
}

/** A call as the switch holds it now, for reconciling after a restart or a lost connection. */
export interface OpenCall {
  /** The attempt's id; an inbound call's id. */
  attemptId: string;
  direction: 'outbound' | 'inbound';
  phase: OpenCallPhase;
  /** When the customer picked up, if so. */
  answeredAt?: Instant;
  /** The agent it is joined to, if so. */
  agentId?: string;
}

export type OpenCallPhase = 'ringing' | 'answered' | 'connected' | 'message';

export type Listener = (event: NetworkEvent) => void;

/**
 * The telephone network as the engine knows it. One conformance suite holds all adapters
 * (`test/dialer/telephony-conformance.ts`).
 *
 * - A command resolves when the switch has taken it, not when it has had its effect; effects come as events. A
 *   listener is never called from inside a command.
 * - A command about a call that has ended, or was never placed, resolves and does nothing: races are normal.
 * - A command rejects with `DomainError('unavailable', 'telephony_unavailable')` when the switch cannot be
 *   reached. For `place` that also promises that nothing left the house and no event will follow.
 * - Without faults, events of one call come in order, once, and end with `ended`. The engine relies on none of it.
 * - An inbound call's id stands wherever an `attemptId` is asked for.
 */
export interface Telephony {
  trunks(): TrunkState[];
  /**
   * Dials, once per `attemptId`: the same order again does nothing, also after the call has ended. A full or
   * unknown trunk, an expired ticket and a number that may not be dialed are told by an `ended` event.
   */
  place(order: PlaceOrder): Promise<void>;
  /**
   * Joins the customer's audio to the agent's: `connected`, or `connectFailed` (no phone, or the agent is in another
   * call) with the customer still waiting. A customer joined to somebody else leaves them.
   */
  connect(attemptId: string, agentId: string): Promise<void>;
  /** Plays a recorded message to the customer, who hears no agent meanwhile: `messageEnded`. Does not hang up. */
  playMessage(attemptId: string, messageId: string): Promise<void>;
  /** Ends the call in whatever state it is. `by` comes back in the `ended` event; default `system`. */
  hangUp(attemptId: string, by?: 'agent' | 'system'): Promise<void>;
  hold(attemptId: string, held: boolean): Promise<void>;
  /** The customer no longer hears the agent. */
  mute(attemptId: string, muted: boolean): Promise<void>;
  /** Sends keypad tones, `0-9 * # A-D`, to the customer's side; anything else rejects as `invalid`. */
  sendKeys(attemptId: string, keys: string): Promise<void>;
  /** Takes an offered inbound call off the hook: `answered`. */
  acceptInbound(callId: string): Promise<void>;
  /** Brings the agent's phone up and keeps it up: `agentPhoneReady`, or `agentPhoneLost`. */
  openAgentPhone(phone: AgentPhone): Promise<void>;
  closeAgentPhone(agentId: string): Promise<void>;
  /** Every call the switch holds for us. A call that ends while it is asked may stand in it. */
  openCalls(): Promise<OpenCall[]>;
  /** Returns the unsubscribe. A listener must not throw. */
  subscribe(listener: Listener): () => void;
  start(): Promise<void>;
  /** Lets go of the switch; calls live on there. Its own rule then plays the message to anyone who waits. */
  stop(): Promise<void>;
}
