import type { Instant } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { startCall, stepCall } from '../core/call-machine.ts';
import type { CallCommand, CallEvent, CallState } from '../core/call-state.ts';
import type { Desk } from './desk.ts';
import type { SharedParts } from './engine-parts.ts';
import { agentFor, type Floor, rememberEnded } from './floor.ts';
import type { Line } from './line.ts';

/** After the switch refused to join an agent, before the customer is offered to one again; ms. */
const CONNECT_AGAIN_MS = 250;

/**
 * Takes each event of a call through the call machine and carries out what it commands: on the network, at the
 * agents' desks, in the journal and towards the pacer.
 */
export class CallRunner {
  readonly #parts: SharedParts;
  readonly #floor: Floor;
  readonly #changed: () => void;
  #applying = 0;
  #closed = false;

  /** @param changed called after every event, so that the floor is looked at again */
  constructor(parts: SharedParts, floor: Floor, changed: () => void) {
    this.#parts = parts;
    this.#floor = floor;
    this.#changed = changed;
  }

  /** True in the middle of an event: the floor is not to be looked at before all its commands are carried out. */
  get applying(): boolean {
    return this.#applying > 0;
  }

  /** From now on no deadline is watched. */
  close(): void {
    this.#closed = true;
    for (const line of this.#floor.lines.values()) line.deadline?.cancel();
  }

  /** The claim is on disk, but nothing may leave the house any more. */
  cancel(line: Line): void {
    line.call = this.#started(line);
    this.#parts.trunks.giveBack(line.trunkId);
    this.#floor.callerIds.giveBack(line.callerId, line.facts.orderedAt);
    this.apply(line, { type: 'notPlaced', at: this.#parts.timers.now(), reason: 'cancelled' });
  }

  /** The claim is on disk: the call leaves the house. Nothing ever places it again. */
  place(line: Line): void {
    const { facts } = line;
    const { telephony, trunks, timers } = this.#parts;
    line.call = this.#started(line);
    this.#watchDeadline(line);
    this.#floor.counts.dialed += 1;
    const placed = telephony.place({
      attemptId: facts.attemptId,
      e164: facts.lead.e164,
      ...(facts.lead.extension === '' ? {} : { extension: facts.lead.extension }),
      ...(line.callerId === null ? {} : { callerId: line.callerId }),
      trunkId: line.trunkId,
      ringTimeoutMs: this.#floor.plan.ringTimeoutMs,
      ticketExpiresAt: line.ticketExpiresAt,
      detectMachine: this.#floor.plan.detectMachines,
    });
    trunks.placed(line.trunkId, timers.now());
    placed.then(
      () => trunks.confirmed(line.trunkId),
      (error: unknown) => {
        trunks.confirmed(line.trunkId);
        this.#parts.listener.failed('telephony.place', error, { attemptId: facts.attemptId });
        this.apply(line, { type: 'notPlaced', at: timers.now(), reason: 'failed' });
      },
    );
  }

  apply(line: Line, event: CallEvent): void {
    if (!line.call) return; // nothing left the house yet: what the network says cannot be about it
    this.#applying += 1;
    try {
      const step = stepCall(line.call, event, this.#floor.policy);
      line.call = step.state;
      this.#copyFacts(line);
      for (const command of step.commands) this.#carryOut(line, command);
      this.#watchDeadline(line);
    } finally {
      this.#applying -= 1;
    }
    if (!this.applying) this.#changed();
  }

  /** Gives a waiting person to an agent; false when the agent cannot take them. */
  assign(line: Line, desk: Desk, at: Instant): boolean {
    this.#applying += 1;
    try {
      if (!desk.assign(line, at)) return false;
      this.apply(line, { type: 'agentAssigned', at, agentId: desk.agentId });
      return true;
    } finally {
      this.#applying -= 1;
    }
  }

  #started(line: Line): CallState {
    const { attemptId, orderedAt } = line.facts;
    const reservedFor = line.reservedFor ?? undefined;
    return startCall({ attemptId, at: orderedAt, reservedFor }, this.#floor.policy);
  }

  #copyFacts(line: Line): void {
    const { call, facts } = line;
    if (!call) return;
    const rangBefore = facts.ringingAt !== undefined || facts.answeredAt !== undefined;
    if (!rangBefore && (call.ringingAt ?? call.answeredAt) !== undefined) {
      this.#parts.trunks.works(line.trunkId, facts.orderedAt);
    }
    if (call.ringingAt !== undefined) facts.ringingAt = call.ringingAt;
    if (call.answeredAt !== undefined) facts.answeredAt = call.answeredAt;
    if (call.answeredBy !== undefined) facts.answeredBy = call.answeredBy;
    if (call.connectedAt !== undefined) facts.connectedAt = call.connectedAt;
    if (call.optedOut) facts.optedOut = true;
    if (call.phase === 'waiting' && !line.toldAnswered) this.#tellAnswered(line);
  }

  #tellAnswered(line: Line): void {
    const { facts } = line;
    line.toldAnswered = true;
    this.#floor.counts.answered += 1;
    const at = facts.answeredAt ?? this.#parts.timers.now();
    this.#floor.pacer.observe({
      type: 'answered',
      callId: facts.attemptId,
      at,
      ringMs: Math.max(0, at - facts.orderedAt),
    });
    this.#parts.journal.append({ type: 'attemptAnswered', attempt: { ...facts } });
  }

  #carryOut(line: Line, command: CallCommand): void {
    const { telephony } = this.#parts;
    const { attemptId } = line.facts;
    switch (command.type) {
      case 'assignAgent':
        return this.#assignAgent(line);
      case 'connect':
        return this.#connect(line, command.agentId);
      case 'playMessage':
        line.facts.messagePlayed = true;
        return this.#send(line, telephony.playMessage(attemptId, command.message));
      case 'hangUp':
        return this.#send(line, telephony.hangUp(attemptId, command.by));
      case 'ask':
        return this.#ask(line);
      case 'markAbandoned':
        if (!line.toldAnswered) this.#tellAnswered(line);
        this.#floor.counts.abandoned += 1;
        return this.#floor.pacer.observe({ type: 'abandoned', callId: attemptId, at: command.at });
      case 'releaseAgent':
        return this.#desk(command.agentId)?.release(attemptId, command.at);
      case 'agentConnected':
        return this.#connected(line, command);
      case 'agentTalkEnded':
        return this.#talkEnded(line, command);
      case 'optOut':
        line.facts.optedOut = true;
        return this.#parts.journal.append({ type: 'optedOut', attempt: { ...line.facts }, at: command.at });
      case 'recordOutcome':
        line.facts.outcome = command.outcome;
        return this.#end(line, command.at);
    }
  }

  #assignAgent(line: Line): void {
    const desk = agentFor(this.#floor, line);
    if (desk) this.assign(line, desk, this.#parts.timers.now());
  }

  /** A switch that cannot be reached is asked again a moment later, not in a circle. */
  #connect(line: Line, agentId: Id): void {
    const { telephony, timers } = this.#parts;
    const { attemptId } = line.facts;
    const failed = () => {
      if (!this.#closed) this.apply(line, { type: 'connectFailed', attemptId, at: timers.now(), agentId });
    };
    this.#send(line, telephony.connect(attemptId, agentId), () => timers.after(CONNECT_AGAIN_MS, failed));
  }

  #connected(line: Line, { agentId, at, waitMs }: { agentId: Id; at: Instant; waitMs: number }): void {
    const { facts } = line;
    const desk = this.#desk(agentId);
    if (!line.toldAnswered) this.#tellAnswered(line);
    facts.agentId = agentId;
    facts.callId = this.#parts.ids.next();
    if (desk) facts.sessionId = desk.sessionId;
    this.#floor.counts.connected += 1;
    desk?.connected(line, at);
    this.#floor.pacer.observe({ type: 'connected', callId: facts.attemptId, at, agentId });
    if (waitMs > this.#floor.policy.connectWithinMs) this.#connectedLate(line, at);
    this.#parts.journal.append({ type: 'attemptConnected', attempt: { ...facts } });
  }

  /** Served, and still abandoned by the law's clock. */
  #connectedLate(line: Line, at: Instant): void {
    line.facts.connectedLate = true;
    this.#floor.counts.abandoned += 1;
    this.#floor.pacer.observe({ type: 'abandoned', callId: line.facts.attemptId, at });
  }

  #talkEnded(line: Line, command: { agentId: Id; at: Instant; talkMs: number }): void {
    this.#floor.pacer.observe({
      type: 'talkEnded',
      callId: line.facts.attemptId,
      at: command.at,
      agentId: command.agentId,
      talkMs: command.talkMs,
    });
    line.facts.talkEndedAt = command.at;
    this.#desk(command.agentId)?.talkEnded(line.facts.attemptId, command.at);
  }

  #end(line: Line, at: Instant): void {
    const { facts } = line;
    const { timers, trunks } = this.#parts;
    facts.endedAt = at;
    const { outcome } = facts;
    const cause = line.call?.endCause;
    if (cause !== undefined) facts.cause = cause;
    if (!line.toldAnswered) {
      const ringMs = Math.max(0, (facts.answeredAt ?? at) - facts.orderedAt);
      this.#floor.pacer.observe({ type: 'unanswered', callId: facts.attemptId, at, ringMs, outcome });
    }
    this.#floor.counts.ended += 1;
    trunks.ended(line.trunkId, { outcome, orderedAt: facts.orderedAt, now: timers.now() });
    if (line.reservedFor !== null && facts.connectedAt === undefined) {
      this.#desk(line.reservedFor)?.release(facts.attemptId, at);
    }
    line.deadline?.cancel();
    this.#floor.lines.delete(facts.attemptId);
    rememberEnded(this.#floor, line);
    this.#parts.journal.append({ type: 'attemptEnded', attempt: { ...facts } });
  }

  #ask(line: Line): void {
    const { telephony, timers } = this.#parts;
    const { attemptId } = line.facts;
    const at = timers.now(); // of the question: what was ordered after it proves nothing by its absence
    telephony.openCalls().then(
      (calls) => {
        const found = calls.find((call) => call.attemptId === attemptId);
        if (!found) return this.apply(line, { type: 'missing', at });
        const { phase, answeredAt, agentId } = found;
        return this.apply(line, { type: 'found', at, phase, answeredAt, agentId });
      },
      (error: unknown) => this.#parts.listener.failed('telephony.ask', error, { attemptId }),
    );
  }

  #send(line: Line, sent: Promise<void>, onFailure?: () => void): void {
    sent.catch((error: unknown) => {
      this.#parts.listener.failed('telephony.command', error, { attemptId: line.facts.attemptId });
      onFailure?.();
    });
  }

  #desk(agentId: Id): Desk | undefined {
    return this.#floor.desks.get(agentId);
  }

  #watchDeadline(line: Line): void {
    const due = line.call?.deadline;
    if (due === line.deadlineAt) return;
    line.deadline?.cancel();
    line.deadlineAt = due;
    if (due === undefined || this.#closed) return;
    const { timers } = this.#parts;
    line.deadline = timers.after(due - timers.now(), () => {
      line.deadlineAt = undefined;
      this.apply(line, { type: 'timeUp', at: timers.now() });
    });
  }
}
