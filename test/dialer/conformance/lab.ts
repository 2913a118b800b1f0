import assert from 'node:assert/strict';
import type { NetworkEvent, PlaceOrder, Telephony } from '../../../dialer/telephony/index.ts';
import type { Instant } from '../../../platform/clock/index.ts';

/** What a far end can be asked to do; a lab maps each to a number, a SIPp scenario or a simulated one. */
export type Behaviour =
  | 'answersAndStays' // a person, rings about 1 s, never hangs up first
  | 'answersAndTalks' // hangs up 3 s after being joined to an agent
  | 'answersAndGoes' // hangs up 1 s after answering, if nobody comes
  | 'answersAsMachine' // found out only if the order asks for detection
  | 'pressesOptOut' // answers, presses the opt-out key during a message
  | 'rings' // for ever
  | 'isBusy'
  | 'rejects'
  | 'isCongested'
  | 'isNoNumber';

/** One adapter with its far ends, ready to be tried. Every test gets a fresh one. */
export interface TelephonyLab {
  /** Started. */
  telephony: Telephony;
  /** A new order to a far end that behaves so; the trunk has room, the ticket holds, 20 s of ringing. */
  order(behaviour: Behaviour, changes?: Partial<PlaceOrder>): PlaceOrder;
  now(): Instant;
  /** Lets time pass until `done`; rejects if it is not within `withinMs`. */
  until(done: () => boolean, withinMs?: number): Promise<void>;
  /** Lets time pass, for what must not happen. */
  pass(ms: number): Promise<void>;
  /** Cuts off an agent's phone from outside. */
  losePhone(agentId: string): Promise<void>;
  /** Somebody calls us; undefined if this adapter takes no inbound calls. */
  callIn: (() => Promise<void>) | undefined;
  /** Another connection to the same switch, not started: what a restarted process has. */
  another(): Telephony;
  /** A number this adapter must never dial: a replay number for a real one, a real one for a simulated replay. */
  refusedNumber: string;
  /** Capacity of the trunk that `order` uses. */
  trunkCapacity: number;
  close(): Promise<void>;
}

export type EventOf<T extends NetworkEvent['type']> = Extract<NetworkEvent, { type: T }>;

/** A lab with everything it tells written down. */
export class Bench {
  readonly lab: TelephonyLab;
  readonly heard: NetworkEvent[] = [];

  constructor(lab: TelephonyLab) {
    this.lab = lab;
    lab.telephony.subscribe((event) => this.heard.push(event));
  }

  of(attemptId: string): NetworkEvent[] {
    return this.heard.filter((event) => 'attemptId' in event && event.attemptId === attemptId);
  }

  types(attemptId: string): string[] {
    return this.of(attemptId).map(({ type }) => type);
  }

  async event<T extends NetworkEvent['type']>(type: T, id: string): Promise<EventOf<T>> {
    const find = (): EventOf<T> | undefined =>
      this.heard.find((event): event is EventOf<T> => event.type === type && subject(event) === id);
    await this.lab.until(() => find() !== undefined);
    const event = find();
    assert.ok(event);
    return event;
  }

  async place(behaviour: Behaviour, changes?: Partial<PlaceOrder>): Promise<string> {
    const order = this.lab.order(behaviour, changes);
    await this.lab.telephony.place(order);
    return order.attemptId;
  }

  async agent(agentId: string): Promise<string> {
    await this.lab.telephony.openAgentPhone({ agentId });
    await this.event('agentPhoneReady', agentId);
    return agentId;
  }

  /** A call in the middle of a talk. */
  async talk(behaviour: Behaviour, agentId: string): Promise<string> {
    const attemptId = await this.place(behaviour);
    await this.event('answered', attemptId);
    await this.lab.telephony.connect(attemptId, agentId);
    await this.event('connected', attemptId);
    return attemptId;
  }
}

function subject(event: NetworkEvent): string {
  if ('attemptId' in event) return event.attemptId;
  return event.type === 'inboundOffered' ? event.callId : event.agentId;
}

/** One sentence of the suite: its title and what to try on a fresh lab. */
export type Sentence = (title: string, body: (bench: Bench) => Promise<void>) => void;
