import assert from 'node:assert/strict';
import { newAgentSession, stepAgent } from '../../dialer/core/agent-machine.ts';
import type { AgentEvent, AgentInterval, AgentPolicy, AgentSession } from '../../dialer/core/agent-state.ts';
import { resumeCall, startCall, stepCall } from '../../dialer/core/call-machine.ts';
import type { CallCommand, CallEvent, CallPolicy, CallState } from '../../dialer/core/call-state.ts';
import type { Outcome } from '../../dialer/core/outcomes.ts';
import type { NetworkEvent, OpenCall, PlaceOrder, Telephony } from '../../dialer/telephony/index.ts';
import type { Timer, Timers } from '../../platform/clock/index.ts';

const AGENT_POLICY: AgentPolicy = { wrapUpMs: 30_000, wrapUpExtensionMs: 30_000 };

/** A talk as the books have it. */
export interface Talk {
  attemptId: string;
  agentId: string;
  from: number;
  to: number;
}

export interface FloorOptions {
  timers: Timers;
  telephony: Telephony;
  policy: CallPolicy;
  agentIds: readonly string[];
}

/**
 * The least engine that joins both machines to a network: no database, no pacing. It holds the machines against a
 * faulty network; the real engine has everything else.
 */
export class SmallFloor {
  readonly outcomes = new Map<string, Outcome>();
  readonly talks: Talk[] = [];
  readonly stretches: AgentInterval[] = [];
  readonly abandoned = new Set<string>();
  readonly optedOut = new Set<string>();
  readonly #options: FloorOptions;
  readonly #calls = new Map<string, CallState>();
  readonly #agents = new Map<string, AgentSession>();
  readonly #timers = new Map<string, Timer>();
  readonly #waiting = new Set<string>();
  #dead = false;
  readonly #talking = new Map<string, Talk>();

  /** @param before the floor of a process that died: its books are taken over, nothing else */
  constructor(options: FloorOptions, before?: SmallFloor) {
    this.#options = options;
    options.telephony.subscribe((event) => this.#onNetwork(event));
    if (before !== undefined) this.#takeOver(before);
  }

  /** The process dies: nothing that was to come of it comes. */
  die(): void {
    this.#dead = true;
  }

  #takeOver(before: SmallFloor): void {
    for (const [id, outcome] of before.outcomes) this.outcomes.set(id, outcome);
    for (const [id, session] of before.#agents) this.#agents.set(id, session);
    for (const [id, talk] of before.#talking) this.#talking.set(id, talk);
    for (const id of before.abandoned) this.abandoned.add(id);
    this.talks.push(...before.talks);
    this.stretches.push(...before.stretches);
    for (const call of before.#calls.values()) {
      this.#keep(resumeCall({ ...call, at: call.orderedAt }, this.#now(), this.#options.policy));
    }
  }

  /** What the switch still holds, against the books; and agents whose disposition the dead process was to note. */
  async reconcile(): Promise<void> {
    const at = this.#now();
    const open = new Map((await this.#options.telephony.openCalls()).map((call) => [call.attemptId, call]));
    for (const attemptId of this.#calls.keys()) this.#fact(attemptId, at, open.get(attemptId));
    for (const { agentId, owes } of this.agents) {
      if (owes !== undefined) this.#agent(agentId, { type: 'disposed', at, callId: owes });
    }
  }

  async open(): Promise<void> {
    for (const agentId of this.#options.agentIds) {
      this.#agents.set(agentId, newAgentSession(agentId, this.#now()));
      this.#agent(agentId, { type: 'login', at: this.#now() });
      await this.#options.telephony.openAgentPhone({ agentId });
    }
  }

  isOpen(attemptId: string): boolean {
    return this.#calls.has(attemptId);
  }

  get openCalls(): number {
    return this.#calls.size;
  }

  get agents(): AgentSession[] {
    return [...this.#agents.values()];
  }

  async place(order: PlaceOrder): Promise<void> {
    const { attemptId } = order;
    this.#keep(startCall({ attemptId, at: this.#now() }, this.#options.policy));
    await this.#options.telephony.place(order);
  }

  call(attemptId: string, event: CallEvent): void {
    const call = this.#calls.get(attemptId);
    if (call === undefined || this.#dead) return;
    const { state, commands } = stepCall(call, event, this.#options.policy);
    this.#keep(state);
    if (state.phase !== 'waiting') this.#waiting.delete(attemptId);
    for (const command of commands) this.#obey(attemptId, command);
  }

  #onNetwork(event: NetworkEvent): void {
    switch (event.type) {
      case 'agentPhoneReady':
        this.#agent(event.agentId, { type: 'phoneReady', at: event.at });
        this.#agent(event.agentId, { type: 'ready', at: event.at });
        this.#callOf(event.agentId, 'agentBack', event.at);
        return;
      case 'agentPhoneLost':
        this.#agent(event.agentId, { type: 'phoneLost', at: event.at });
        this.#callOf(event.agentId, 'agentLost', event.at);
        return;
      case 'inboundOffered':
        return;
      default:
        this.call(event.attemptId, event);
    }
  }

  #callOf(agentId: string, type: 'agentLost' | 'agentBack', at: number): void {
    for (const call of this.#calls.values()) {
      if (call.agentId === agentId) this.call(call.attemptId, { type, at, agentId });
    }
  }

  #obey(attemptId: string, command: CallCommand): void {
    const { telephony } = this.#options;
    switch (command.type) {
      case 'assignAgent':
        this.#waiting.add(attemptId);
        this.#serve();
        return;
      case 'connect':
        void telephony.connect(attemptId, command.agentId);
        return;
      case 'playMessage':
        void telephony.playMessage(attemptId, command.message);
        return;
      case 'hangUp':
        void telephony.hangUp(attemptId, command.by);
        return;
      case 'ask':
        void this.#ask(attemptId);
        return;
      case 'markAbandoned':
        assert.ok(!this.abandoned.has(attemptId));
        this.abandoned.add(attemptId);
        return;
      case 'optOut':
        this.optedOut.add(attemptId);
        return;
      case 'releaseAgent':
        this.#agent(command.agentId, { type: 'callReleased', at: command.at, callId: attemptId });
        return;
      case 'agentConnected':
        this.#talking.set(attemptId, {
          attemptId,
          agentId: command.agentId,
          from: command.at,
          to: command.at,
        });
        this.#agent(command.agentId, { type: 'callConnected', at: command.at, callId: attemptId });
        return;
      case 'agentTalkEnded':
        this.#talkEnded(attemptId, command);
        return;
      case 'recordOutcome':
        assert.ok(!this.outcomes.has(attemptId), 'a second outcome');
        this.outcomes.set(attemptId, command.outcome);
    }
  }

  #talkEnded(attemptId: string, { agentId, at }: { agentId: string; at: number }): void {
    const talk = this.#talking.get(attemptId);
    assert.ok(talk);
    this.#talking.delete(attemptId);
    this.talks.push({ ...talk, to: at });
    this.#agent(agentId, { type: 'callEnded', at, callId: attemptId });
    this.#options.timers.after(1_000, () => {
      this.#agent(agentId, { type: 'disposed', at: this.#now(), callId: attemptId });
    });
  }

  async #ask(attemptId: string): Promise<void> {
    const at = this.#now();
    const open = await this.#options.telephony.openCalls();
    const found = open.find((call) => call.attemptId === attemptId);
    this.#fact(attemptId, at, found);
  }

  #fact(attemptId: string, at: number, found: OpenCall | undefined): void {
    if (found === undefined) this.call(attemptId, { type: 'missing', at });
    else {
      const { phase, answeredAt, agentId } = found;
      this.call(attemptId, { type: 'found', at, phase, answeredAt, agentId });
    }
  }

  /** The talks going on now. */
  get talking(): Talk[] {
    return [...this.#talking.values()];
  }

  /** The first in line to any agent who is free. */
  #serve(): void {
    for (const attemptId of this.#waiting) {
      const free = this.agents.find(({ state }) => state === 'available');
      if (free === undefined) return;
      const { agentId } = free;
      const at = this.#now();
      this.#agent(agentId, { type: 'callAssigned', at, callId: attemptId });
      this.call(attemptId, { type: 'agentAssigned', at, agentId });
    }
  }

  #agent(agentId: string, event: AgentEvent): void {
    const session = this.#agents.get(agentId);
    if (session === undefined || this.#dead) return;
    const result = stepAgent(session, event, AGENT_POLICY);
    this.#agents.set(agentId, result.session);
    if (result.refused === undefined && result.closed !== undefined) this.stretches.push(result.closed);
    if (result.session.state === 'available' && session.state !== 'available') this.#serve();
  }

  #keep(state: CallState): void {
    const { attemptId, deadline } = state;
    if (this.#calls.get(attemptId)?.deadline !== deadline || deadline === undefined) {
      this.#timers.get(attemptId)?.cancel();
      this.#timers.delete(attemptId);
      if (deadline !== undefined) this.#arm(attemptId, deadline);
    }
    if (state.phase === 'ended') this.#calls.delete(attemptId);
    else this.#calls.set(attemptId, state);
  }

  #arm(attemptId: string, deadline: number): void {
    const timer = this.#options.timers.after(deadline - this.#now(), () => {
      this.call(attemptId, { type: 'timeUp', at: this.#now() });
    });
    this.#timers.set(attemptId, timer);
  }

  #now(): number {
    return this.#options.timers.now();
  }
}
