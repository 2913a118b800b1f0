import type { Pacer, PacingView } from '../../dialer/pacing/index.ts';
import { forkRandom, type Random } from '../../platform/random/index.ts';

/** A call floor to play a pacer on. Times in ms. */
export interface FloorOptions {
  seed: number;
  agents: number;
  /** How long calls are placed; lines still open at the end are played out. */
  durationMs: number;
  startedAt: number;
  /** Chance that a person answers a call dialed at `elapsed` ms. */
  answerRate: (elapsed: number) => number;
  talk: (random: Random) => number;
  wrapUp: (random: Random) => number;
  answeredRing: (random: Random) => number;
  unansweredRing: (random: Random) => number;
  connectWithinMs: number;
  tickMs: number;
  /** Hidden from the pacer until the view shows it: agents paused at `elapsed` (0 by default). */
  pausedAgents?: (elapsed: number) => number;
  /** Called with each view and the number ordered. */
  watch?: (view: PacingView, ordered: number) => void;
  /** A clock for the cost of a decision, ms; without it no cost is reported. */
  stopwatch?: () => number;
}

export interface FloorResult {
  dialed: number;
  answered: number;
  abandoned: number;
  talkMs: number;
  /** Talk and wrap-up time per agent's staffed time. */
  occupancy: number;
  /** Talk minutes per agent-hour. */
  talkMinutesPerAgentHour: number;
  decisionMs: number[];
}

interface WorkEnd {
  at: number;
  kind: 'talkEnd' | 'wrapUpEnd';
  call: string;
  agent: Agent;
  lasted: number;
}

type FloorEvent =
  | { at: number; kind: 'answer' | 'ringEnd'; call: string; ringMs: number }
  | { at: number; kind: 'deadline'; call: string }
  | WorkEnd
  | { at: number; kind: 'tick' };

interface Agent {
  id: string;
  state: 'available' | 'connected' | 'wrapUp' | 'paused';
  since: number;
}

/** The part of a pacer that a floor needs. */
export type PlayedPacer = Pick<Pacer, 'observe' | 'callsToPlace'>;

/** Plays one floor in virtual time: the same seed draws the same persons in the same order of dialing. */
export function playFloor(pacer: PlayedPacer, options: FloorOptions): FloorResult {
  return new Floor(pacer, options).play();
}

class Floor {
  private readonly pacer: PlayedPacer;
  private readonly options: FloorOptions;
  private readonly queue: FloorEvent[] = [];
  private readonly agents: Agent[];
  private readonly ringing = new Map<string, number>();
  private readonly waiting = new Map<string, number>();
  private readonly people: Random;
  private readonly durations: Random;
  private readonly result: FloorResult;
  private busyMs = 0;
  private staffedMs = 0;
  private now: number;

  constructor(pacer: PlayedPacer, options: FloorOptions) {
    this.pacer = pacer;
    this.options = options;
    this.now = options.startedAt;
    this.people = forkRandom(options.seed, 'people');
    this.durations = forkRandom(options.seed, 'durations');
    this.agents = Array.from({ length: options.agents }, (_, index) => ({
      id: `a${index}`,
      state: 'available',
      since: options.startedAt,
    }));
    this.result = {
      dialed: 0,
      answered: 0,
      abandoned: 0,
      talkMs: 0,
      occupancy: 0,
      talkMinutesPerAgentHour: 0,
      decisionMs: [],
    };
  }

  play(): FloorResult {
    this.push({ at: this.now, kind: 'tick' });
    for (let event = this.pop(); event; event = this.pop()) {
      this.account(event.at);
      this.now = event.at;
      if (event.kind !== 'tick') this.happen(event);
      else if (this.open()) this.push({ ...event, at: this.now + this.options.tickMs });
      this.pauseAndReturn();
      this.connectWaiting();
      if (this.open()) this.dial();
    }
    const staffed = this.staffedMs;
    this.result.occupancy = this.busyMs / staffed;
    this.result.talkMinutesPerAgentHour = (60 * this.result.talkMs) / staffed;
    return this.result;
  }

  private open(): boolean {
    return this.now < this.options.startedAt + this.options.durationMs;
  }

  private account(until: number): void {
    if (!this.open()) return;
    const elapsed = until - this.now;
    for (const { state } of this.agents) {
      if (state !== 'paused') this.staffedMs += elapsed;
      if (state === 'connected' || state === 'wrapUp') this.busyMs += elapsed;
      if (state === 'connected') this.result.talkMs += elapsed;
    }
  }

  private happen(event: Exclude<FloorEvent, { kind: 'tick' }>): void {
    const { call, at } = event;
    if ('agent' in event) this.finishWork(event);
    else if (event.kind === 'answer' || event.kind === 'ringEnd') {
      this.ringing.delete(call);
      const type = event.kind === 'answer' ? 'answered' : 'unanswered';
      this.pacer.observe({ type, callId: call, at, ringMs: event.ringMs });
      if (type === 'unanswered') return;
      this.result.answered++;
      this.waiting.set(call, at);
      this.push({ at: at + this.options.connectWithinMs, kind: 'deadline', call });
    } else {
      if (this.waiting.get(call) !== at - this.options.connectWithinMs) return;
      this.waiting.delete(call);
      this.result.abandoned++;
      this.pacer.observe({ type: 'abandoned', callId: call, at });
    }
  }

  private finishWork(event: WorkEnd): void {
    const { agent, call, at, lasted } = event;
    if (event.kind === 'talkEnd') {
      this.pacer.observe({ type: 'talkEnded', callId: call, at, agentId: agent.id, talkMs: lasted });
      const wrapUp = Math.round(this.options.wrapUp(this.durations));
      this.push({ at: at + wrapUp, kind: 'wrapUpEnd', call, agent, lasted: wrapUp });
      enter(agent, 'wrapUp', at);
    } else {
      this.pacer.observe({ type: 'wrapUpEnded', callId: call, at, agentId: agent.id, wrapUpMs: lasted });
      enter(agent, 'available', at);
    }
  }

  /** Pauses idle agents up to the wanted number, or lets them come back. */
  private pauseAndReturn(): void {
    const wanted = this.options.pausedAgents?.(this.now - this.options.startedAt) ?? 0;
    let surplus = wanted - this.agents.filter((agent) => agent.state === 'paused').length;
    for (const agent of this.agents) {
      if (surplus > 0 && agent.state === 'available') {
        enter(agent, 'paused', this.now);
        surplus--;
      } else if (surplus < 0 && agent.state === 'paused') {
        enter(agent, 'available', this.now);
        surplus++;
      }
    }
  }

  /** Longest-idle agent first, persons in the order of answering. */
  private connectWaiting(): void {
    for (const [call] of this.waiting) {
      let chosen: Agent | undefined;
      for (const agent of this.agents)
        if (agent.state === 'available' && (!chosen || agent.since < chosen.since)) chosen = agent;
      if (!chosen) return;
      this.waiting.delete(call);
      const talk = Math.max(1, Math.round(this.options.talk(this.durations)));
      enter(chosen, 'connected', this.now);
      this.pacer.observe({ type: 'connected', callId: call, at: this.now, agentId: chosen.id });
      this.push({ at: this.now + talk, kind: 'talkEnd', call, agent: chosen, lasted: talk });
    }
  }

  private dial(): void {
    const view: PacingView = {
      now: this.now,
      agents: this.agents.map((agent) => ({ ...agent })),
      ringing: Array.from(this.ringing, ([id, dialedAt]) => ({ id, dialedAt })),
      waiting: Array.from(this.waiting, ([id, answeredAt]) => ({ id, answeredAt })),
    };
    const { stopwatch } = this.options;
    const started = stopwatch?.();
    const count = this.pacer.callsToPlace(view);
    if (stopwatch && started !== undefined) this.result.decisionMs.push(stopwatch() - started);
    this.options.watch?.(view, count);
    for (let i = 0; i < count; i++) this.place();
  }

  private place(): void {
    const { options, people } = this;
    const call = `c${this.result.dialed++}`;
    const answers = people.next() < options.answerRate(this.now - options.startedAt);
    const ringMs = Math.max(
      1,
      Math.round(answers ? options.answeredRing(people) : options.unansweredRing(people)),
    );
    this.ringing.set(call, this.now);
    this.push({ at: this.now + ringMs, kind: answers ? 'answer' : 'ringEnd', call, ringMs });
  }

  /** A binary heap by time; among equals the order of coming is not promised. */
  private push(event: FloorEvent): void {
    const { queue } = this;
    let index = queue.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = queue[parent];
      if (!above || above.at <= event.at) break;
      queue[index] = above;
      index = parent;
    }
    queue[index] = event;
  }

  private pop(): FloorEvent | undefined {
    const { queue } = this;
    const first = queue[0];
    const last = queue.pop();
    if (!last || queue.length === 0) return first;
    let index = 0;
    for (let child = 1; child < queue.length; child = 2 * index + 1) {
      if ((queue[child + 1]?.at ?? Infinity) < (queue[child]?.at ?? Infinity)) child++;
      const below = queue[child];
      if (!below || below.at >= last.at) break;
      queue[index] = below;
      index = child;
    }
    queue[index] = last;
    return first;
  }
}

function enter(agent: Agent, state: Agent['state'], at: number): void {
  agent.state = state;
  agent.since = at;
}
