import type { Instant, Timer, Timers } from '../../platform/clock/index.ts';
import type { EndedBy, HangupCause, NetworkEvent } from '../telephony/network-event.ts';
import type { OpenCall, OpenCallPhase } from '../telephony/port.ts';
import type { Scenario } from './scenario.ts';

/** What a call needs of the network around it. */
export interface Surroundings {
  readonly timers: Timers;
  readonly messageMs: number;
  /** How long our switch lets an answered person wait when nobody of ours is connected to it. */
  readonly unattendedWaitMs: number;
  publish(event: NetworkEvent): void;
  attended(): boolean;
  /** False if it is not up, or joined to another call. */
  takePhone(agentId: string, call: SimulatedCall): boolean;
  freePhone(agentId: string): void;
  /** The call is over; called once. */
  over(call: SimulatedCall): void;
}

export interface CallPlan {
  attemptId: string;
  direction: 'outbound' | 'inbound';
  trunkId: string | undefined;
  scenario: Scenario;
  ringTimeoutMs: number;
  detectMachine: boolean;
}

const RINGS: ReadonlySet<Scenario['result']> = new Set(['answered', 'noAnswer', 'rejected']);

/** What the call's timer does when it fires. */
type Step =
  | 'ring'
  | 'ringTimeout'
  | 'refuse'
  | 'pickUp'
  | 'answered'
  | 'customerHangsUp'
  | 'excuse'
  | 'optOut'
  | 'messageOver';

/** One call on the simulated switch and the person at its far end. One timer at a time, and one closure. */
export class SimulatedCall {
  readonly plan: CallPlan;
  held = false;
  muted = false;
  keys = '';
  readonly #around: Surroundings;
  readonly #wake: () => void;
  #step: Step = 'ring';
  #timer: Timer | undefined;
  #phase: OpenCallPhase | 'ended' = 'ringing';
  #agentId: string | undefined;
  #answeredAt: Instant | undefined;
  #patientUntil = Number.POSITIVE_INFINITY;
  #talksUntil: Instant | undefined;

  constructor(plan: CallPlan, around: Surroundings) {
    this.plan = plan;
    this.#around = around;
    this.#wake = () => this.#act(this.#step);
  }

  get attemptId(): string {
    return this.plan.attemptId;
  }

  view(): OpenCall | undefined {
    if (this.#phase === 'ended') return undefined;
    const view: OpenCall = { attemptId: this.attemptId, direction: this.plan.direction, phase: this.#phase };
    if (this.#answeredAt !== undefined) view.answeredAt = this.#answeredAt;
    if (this.#agentId !== undefined) view.agentId = this.#agentId;
    return view;
  }

  /** An order leaves the house. */
  dial(): void {
    const { result, setupMs = 0 } = this.plan.scenario;
    this.#next(setupMs, RINGS.has(result) ? 'ring' : 'refuse');
  }

  /** Somebody calls us, and lets it ring as long as their patience lasts. */
  ringIn(): void {
    this.#bePatient();
    this.#hold();
  }

  accept(): void {
    if (this.plan.direction === 'inbound' && this.#phase === 'ringing') this.#answered();
  }

  join(agentId: string): void {
    if (this.#phase === 'ringing' || this.#phase === 'ended') return;
    const { timers } = this.#around;
    const { attemptId } = this;
    const at = timers.now();
    if (this.#agentId !== agentId) this.#dropAgent();
    if (!this.#around.takePhone(agentId, this)) {
      this.#around.publish({ type: 'connectFailed', attemptId, at, agentId });
      return;
    }
    this.#phase = 'connected';
    this.#agentId = agentId;
    const { talkMs } = this.plan.scenario;
    if (talkMs === undefined) this.#timer?.cancel();
    else {
      this.#talksUntil ??= at + talkMs;
      this.#next(this.#talksUntil - at, 'customerHangsUp');
    }
    this.#around.publish({ type: 'connected', attemptId, at, agentId });
  }

  /** The agent's phone is gone; the customer holds the line. */
  loseAgent(): void {
    if (this.#phase !== 'connected') return;
    this.#agentId = undefined;
    this.#phase = 'answered';
    this.#bePatient();
    this.#hold();
  }

  play(): void {
    if (this.#phase !== 'answered' && this.#phase !== 'connected') return;
    this.#phase = 'message';
    this.#dropAgent();
    const never = Number.POSITIVE_INFINITY;
    const { listensMs = never, optOutAfterMs = never } = this.plan.scenario;
    const { messageMs } = this.#around;
    if (listensMs < Math.min(optOutAfterMs, messageMs)) this.#next(listensMs, 'customerHangsUp');
    else if (optOutAfterMs < messageMs) this.#next(optOutAfterMs, 'optOut');
    else this.#next(messageMs, 'messageOver');
  }

  hangUp(by: EndedBy): void {
    this.end(this.#phase === 'ringing' ? 'noAnswer' : 'normal', by);
  }

  end(cause: HangupCause, by: EndedBy): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#timer?.cancel();
    this.#dropAgent();
    this.#around.over(this);
    const at = this.#around.timers.now();
    this.#around.publish({ type: 'ended', attemptId: this.attemptId, at, cause, by });
  }

  /** Who waits with nobody of ours about is looked after by the switch itself. */
  leaveAlone(): void {
    if (this.#phase === 'answered') this.#hold();
  }

  #dropAgent(): void {
    if (this.#agentId === undefined) return;
    this.#around.freePhone(this.#agentId);
    this.#agentId = undefined;
  }

  #next(delayMs: number, step: Step): void {
    this.#timer?.cancel();
    this.#step = step;
    this.#timer = this.#around.timers.after(delayMs, this.#wake);
  }

  #act(step: Step): void {
    switch (step) {
      case 'ring':
        this.#ring();
        break;
      case 'ringTimeout':
        this.end('noAnswer', 'system');
        break;
      case 'refuse':
        this.#refuse();
        break;
      case 'pickUp':
        this.#pickUp();
        break;
      case 'answered':
        this.#answered();
        break;
      case 'customerHangsUp':
        this.#customerHangsUp();
        break;
      case 'excuse':
        this.#excuse();
        break;
      case 'optOut':
        this.#afterMessage(true);
        break;
      case 'messageOver':
        this.#afterMessage(false);
        break;
    }
  }

  #ring(): void {
    const { attemptId } = this;
    const { result, setupMs = 0, ringMs } = this.plan.scenario;
    const left = Math.max(0, this.plan.ringTimeoutMs - setupMs);
    const rings = ringMs ?? (result === 'noAnswer' ? left : 0);
    if (rings >= left) this.#next(left, 'ringTimeout');
    else if (result === 'answered') this.#next(rings, 'pickUp');
    else this.#next(rings, 'refuse');
    this.#around.publish({ type: 'ringing', attemptId, at: this.#around.timers.now() });
  }

  #refuse(): void {
    const { result } = this.plan.scenario;
    if (result !== 'answered') this.end(result, result === 'rejected' ? 'customer' : 'network');
  }

  #pickUp(): void {
    if (this.plan.detectMachine) this.#detect();
    else this.#answered();
  }

  #detect(): void {
    this.#phase = 'answered';
    this.#answeredAt = this.#around.timers.now();
    this.#bePatient();
    const { detectMs = 0 } = this.plan.scenario;
    if (this.#answeredAt + detectMs < this.#patientUntil) this.#next(detectMs, 'answered');
    else this.#hold();
    this.#around.publish({ type: 'pickedUp', attemptId: this.attemptId, at: this.#answeredAt });
  }

  #answered(): void {
    const at = this.#around.timers.now();
    this.#phase = 'answered';
    if (this.#answeredAt === undefined) {
      this.#answeredAt = at;
      this.#bePatient();
    }
    this.#hold();
    this.#around.publish({ type: 'answered', attemptId: this.attemptId, at, by: this.#heardAs() });
  }

  #heardAs(): 'person' | 'machine' | 'fax' | 'unknown' {
    const { by = 'person', heardAs = by } = this.plan.scenario;
    if (this.plan.direction === 'inbound') return 'person';
    return this.plan.detectMachine ? heardAs : 'unknown';
  }

  #bePatient(): void {
    this.#patientUntil =
      this.#around.timers.now() + (this.plan.scenario.patienceMs ?? Number.POSITIVE_INFINITY);
  }

  /** Until the customer's patience ends or, with nobody of ours there, the switch excuses itself. */
  #hold(): void {
    const alone = this.#phase === 'answered' && !this.#around.attended();
    const patient = this.#patientUntil - this.#around.timers.now();
    if (alone && this.#around.unattendedWaitMs < patient) this.#next(this.#around.unattendedWaitMs, 'excuse');
    else if (patient < Number.POSITIVE_INFINITY) this.#next(patient, 'customerHangsUp');
    else this.#timer?.cancel();
  }

  #excuse(): void {
    if (this.#around.attended()) this.#hold();
    else this.play();
  }

  #customerHangsUp(): void {
    this.end(this.#phase === 'ringing' ? 'noAnswer' : 'normal', 'customer');
  }

  #afterMessage(optedOut: boolean): void {
    this.#phase = 'answered';
    const at = this.#around.timers.now();
    this.#bePatient();
    if (this.#around.attended()) this.#hold();
    this.#around.publish({ type: 'messageEnded', attemptId: this.attemptId, at, optedOut });
    if (!this.#around.attended()) this.end('normal', 'system');
  }
}
