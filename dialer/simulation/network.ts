import type { Timers } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { HangupCause, NetworkEvent } from '../telephony/network-event.ts';
import type { OpenCall, PlaceOrder, Telephony, TrunkState } from '../telephony/port.ts';
import type { EventFaults } from './event-faults.ts';
import { EventOutlet } from './event-outlet.ts';
import { RecentIds } from './recent-ids.ts';
import { parseScenario, type Scenario, type ScenarioSource } from './scenario.ts';
import { SimulatedCall, type Surroundings } from './simulated-call.ts';
import { SimulatedTelephony } from './simulated-telephony.ts';
import { SimulatedTrunk, type TrunkFault, type TrunkOptions } from './trunk.ts';

export interface NetworkOptions {
  /** Real or virtual time. */
  timers: Timers;
  trunks: readonly TrunkOptions[];
  /** What the far ends do, for orders that do not say so themselves. */
  scenarios: ScenarioSource;
  /** Which numbers exist; others end as `invalidNumber`. Default: every well-formed one. */
  accepts?: (e164: string) => boolean;
  faults?: EventFaults;
  /** From a command to its effect; default 0, yet never at once. */
  commandMs?: number;
  /** Length of a recorded message; default 8 s. */
  messageMs?: number;
  /** Default 2 s. */
  unattendedWaitMs?: number;
}

/** Somebody who calls us. */
export interface InboundCaller {
  callId: string;
  from: string;
  to: string;
  patienceMs?: number;
  talkMs?: number;
}

const REMEMBERED_ORDERS = 100_000;

/**
 * A telephone network that exists only here: the switch, its trunks and the people at the far end. It outlives the
 * processes that use it: each `connect()` is one process's connection, and what happens while none is started happens
 * all the same. Deterministic for given timers, scenarios and faults.
 */
export class SimulatedNetwork {
  readonly #options: NetworkOptions;
  readonly #outlet: EventOutlet;
  readonly #around: Surroundings;
  readonly #trunks = new Map<string, SimulatedTrunk>();
  readonly #calls = new Map<string, SimulatedCall>();
  readonly #ordered = new RecentIds(REMEMBERED_ORDERS);
  /** The phones that are up, and the call each is joined to. */
  readonly #phones = new Map<string, SimulatedCall | undefined>();

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#outlet = new EventOutlet(options.timers, options.faults);
    this.#around = {
      timers: options.timers,
      messageMs: options.messageMs ?? 8_000,
      unattendedWaitMs: options.unattendedWaitMs ?? 2_000,
      publish: (event) => this.#outlet.publish(event),
      attended: () => this.#outlet.attended,
      takePhone: (agentId, call) => this.#takePhone(agentId, call),
      freePhone: (agentId) => this.#phones.set(agentId, undefined),
      over: (call) => this.#over(call),
    };
    for (const trunk of options.trunks) this.#trunks.set(trunk.id, new SimulatedTrunk(trunk));
  }

  /** A connection as a process has one; not started. */
  connect(): Telephony {
    return new SimulatedTelephony(this, this.#outlet);
  }

  trunks(): TrunkState[] {
    return Array.from(this.#trunks.values(), (trunk) => trunk.state());
  }

  openCalls(): OpenCall[] {
    return Array.from(this.#calls.values(), (call) => call.view()).filter((view) => view !== undefined);
  }

  /** @throws DomainError `scenario_invalid`: then nothing was dialed */
  place(order: PlaceOrder): void {
    const scenario = order.scenario === undefined ? undefined : parseScenario(order.scenario);
    if (!this.#ordered.add(order.attemptId)) return;
    const { attemptId } = order;
    const cause = this.#refusal(order);
    if (cause !== undefined) {
      const by = cause === 'cancelled' ? 'system' : 'network';
      this.#later(() => this.#publish({ type: 'ended', attemptId, at: this.#now(), cause, by }));
      return;
    }
    this.#dial(order, scenario ?? this.#options.scenarios(order));
  }

  #dial(order: PlaceOrder, scenario: Scenario): void {
    const { attemptId, trunkId, ringTimeoutMs, detectMachine } = order;
    const plan = {
      attemptId,
      direction: 'outbound',
      trunkId,
      scenario,
      ringTimeoutMs,
      detectMachine,
    } as const;
    const call = new SimulatedCall(plan, this.#around);
    this.#calls.set(attemptId, call);
    call.dial();
  }

  /** Why an order is not dialed; takes a line of its trunk if it is. */
  #refusal(order: PlaceOrder): HangupCause | undefined {
    const now = this.#now();
    if (now > order.ticketExpiresAt) return 'cancelled';
    const accepts = this.#options.accepts ?? isWellFormed;
    if (!accepts(order.e164)) return 'invalidNumber';
    const trunk = this.#trunks.get(order.trunkId);
    return trunk === undefined ? 'trunkFailure' : trunk.take(now);
  }

  /** Has its effect on the call a little later, if the call is still there then. */
  command(attemptId: string, effect: (call: SimulatedCall) => void): void {
    if (!this.#calls.has(attemptId)) return;
    this.#later(() => {
      const call = this.#calls.get(attemptId);
      if (call !== undefined) effect(call);
    });
  }

  openPhone(agentId: string): void {
    this.#later(() => {
      if (!this.#phones.has(agentId)) this.#phones.set(agentId, undefined);
      this.#publish({ type: 'agentPhoneReady', agentId, at: this.#now() });
    });
  }

  closePhone(agentId: string): void {
    this.#later(() => this.losePhone(agentId));
  }

  /** The agent's phone dies: a talk loses its agent, the customer holds. */
  losePhone(agentId: string): void {
    if (!this.#phones.has(agentId)) return;
    const call = this.#phones.get(agentId);
    this.#phones.delete(agentId);
    call?.loseAgent();
    this.#publish({ type: 'agentPhoneLost', agentId, at: this.#now() });
  }

  callIn(caller: InboundCaller): void {
    const { callId, from, to, patienceMs, talkMs } = caller;
    if (!this.#ordered.add(callId)) return;
    const scenario: Scenario = { result: 'answered', patienceMs, talkMs };
    const plan = { attemptId: callId, direction: 'inbound', trunkId: undefined, scenario } as const;
    const call = new SimulatedCall({ ...plan, ringTimeoutMs: 0, detectMachine: false }, this.#around);
    this.#calls.set(callId, call);
    call.ringIn();
    this.#publish({ type: 'inboundOffered', callId, from, to, at: this.#now() });
  }

  /** From now on the trunk refuses every order with this cause; with `dropCalls` it also loses those it carries. */
  failTrunk(trunkId: string, fault: TrunkFault, { dropCalls = false } = {}): void {
    this.#trunk(trunkId).fail(fault);
    if (!dropCalls) return;
    for (const call of this.#calls.values()) if (call.plan.trunkId === trunkId) call.end('lost', 'network');
  }

  recoverTrunk(trunkId: string): void {
    this.#trunk(trunkId).recover();
  }

  setFaults(faults: EventFaults | undefined): void {
    this.#outlet.setFaults(faults);
  }

  /** What the far end has noticed of an open call, for tests and the demo. */
  farEnd(attemptId: string): { held: boolean; muted: boolean; keys: string } | undefined {
    const call = this.#calls.get(attemptId);
    return call && { held: call.held, muted: call.muted, keys: call.keys };
  }

  /** The last connection has gone: whoever waits is looked after by the switch itself. */
  left(): void {
    if (this.#outlet.attended) return;
    for (const call of this.#calls.values()) call.leaveAlone();
  }

  #takePhone(agentId: string, call: SimulatedCall): boolean {
    const joinedTo = this.#phones.get(agentId);
    if (!this.#phones.has(agentId) || (joinedTo !== undefined && joinedTo !== call)) return false;
    this.#phones.set(agentId, call);
    return true;
  }

  #over(call: SimulatedCall): void {
    this.#calls.delete(call.attemptId);
    if (call.plan.trunkId !== undefined) this.#trunks.get(call.plan.trunkId)?.release();
  }

  #trunk(trunkId: string): SimulatedTrunk {
    const trunk = this.#trunks.get(trunkId);
    if (trunk !== undefined) return trunk;
    throw new DomainError('notFound', 'unknown_trunk', 'There is no such trunk', { params: { trunkId } });
  }

  #later(action: () => void): void {
    this.#options.timers.after(this.#options.commandMs ?? 0, action);
  }

  #publish(event: NetworkEvent): void {
    this.#outlet.publish(event);
  }

  #now(): number {
    return this.#options.timers.now();
  }
}

/** E.164: a plus sign and up to 15 digits, not beginning with 0 (ITU-T E.164, 6.2). */
function isWellFormed(e164: string): boolean {
  return /^\+[1-9]\d{2,14}$/.test(e164);
}
