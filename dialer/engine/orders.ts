import type { Instant } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { LeadCandidate } from '../ports.ts';
import type { CallRunner } from './call-runner.ts';
import { claimLines } from './claim-lines.ts';
import type { SharedParts } from './engine-parts.ts';
import type { Floor } from './floor.ts';
import type { Hopper } from './hopper.ts';
import type { Lease } from './lease.ts';
import type { Line } from './line.ts';

/** From the claim to the network: an order that could not leave by then is refused there; ms. */
const TICKET_MS = 10_000;
/** After a claim that failed, before the next; ms. */
const REST_MS = 1_000;
/** A claim whose fate is unknown can no longer become an attempt that leaves the house; ms. */
const DOUBT_MS = TICKET_MS + 1_000;

/** A call that is to be placed, with a line and a second's call taken from the trunk, and a caller ID of the day's. */
export interface PlannedCall {
  lead: LeadCandidate;
  callerId: string;
  trunkId: Id;
  reservedFor: Id | null;
}

export interface OrdersOptions {
  parts: SharedParts;
  floor: Floor;
  lease: Lease;
  hopper: Hopper;
  calls: CallRunner;
  /** Claims were decided: the floor is to be looked at again. */
  changed(): void;
}

/** From the plan to place a call to the call on the network: the claim in between, and what becomes of lost ones. */
export class Orders {
  readonly #options: OrdersOptions;
  #underWay = 0;
  #restUntil: Instant = 0;
  #closed = false;

  constructor(options: OrdersOptions) {
    this.#options = options;
  }

  /** True while a claim is being written. */
  get busy(): boolean {
    return this.#underWay > 0;
  }

  /** True for a moment after a claim that failed: the database is away, or somebody else dials the campaign. */
  get resting(): boolean {
    return this.#options.parts.timers.now() < this.#restUntil;
  }

  /** Claims that are still being written will not be dialed. */
  close(): void {
    this.#closed = true;
  }

  /** Claims the leads and, when that is on disk, places their calls. The lines stand on the floor at once. */
  place(planned: readonly PlannedCall[]): Line[] {
    const { parts, floor, lease, changed } = this.#options;
    const lines = planned.map((call) => this.#newLine(call));
    this.#underWay += 1;
    claimLines(parts, { plan: floor.plan, lease, lines })
      .then(
        (won) => this.#decided(lines, won),
        (error: unknown) => this.#failed(lines, error),
      )
      .catch((error: unknown) => parts.listener.failed('orders', error, { campaignId: floor.plan.id }))
      .finally(() => {
        this.#underWay -= 1;
        changed();
      });
    return lines;
  }

  #decided(lines: readonly Line[], won: ReadonlySet<Id>): void {
    const { floor, hopper, calls } = this.#options;
    for (const line of lines) {
      const { attemptId, lead } = line.facts;
      if (!won.has(attemptId)) {
        hopper.lost(lead.leadId);
        this.#drop(line);
        continue;
      }
      hopper.settled(lead.leadId);
      const mayLeave = !this.#closed && floor.plan.running && !line.withdrawn;
      if (mayLeave) calls.place(line);
      else calls.cancel(line);
    }
  }

  /** Nothing is dialed. Whether the claim is on disk nobody knows before the database answers again. */
  #failed(lines: readonly Line[], error: unknown): void {
    const { parts, floor, hopper } = this.#options;
    parts.listener.failed('claim', error, { campaignId: floor.plan.id });
    this.#restUntil = parts.timers.now() + REST_MS;
    for (const line of lines) {
      hopper.lost(line.facts.lead.leadId);
      this.#drop(line);
    }
    this.#settleDoubtLater(lines, DOUBT_MS);
  }

  #drop(line: Line): void {
    const { parts, floor } = this.#options;
    parts.trunks.giveBack(line.trunkId);
    floor.callerIds.giveBack(line.callerId, line.facts.orderedAt);
    floor.lines.delete(line.facts.attemptId);
    if (line.reservedFor === null) return;
    floor.desks.get(line.reservedFor)?.release(line.facts.attemptId, parts.timers.now());
  }

  /** A commit may succeed although its answer is lost: such an attempt ends as cancelled, for nothing left the house. */
  #settleDoubtLater(lines: readonly Line[], delayMs: number): void {
    const { parts, floor } = this.#options;
    parts.timers.after(delayMs, () => {
      if (this.#closed) return; // the next life reconciles it
      this.#settleDoubt(lines).catch((error: unknown) => {
        parts.listener.failed('claim.doubt', error, { campaignId: floor.plan.id });
        this.#settleDoubtLater(lines, REST_MS);
      });
    });
  }

  async #settleDoubt(lines: readonly Line[]): Promise<void> {
    const { parts, floor, calls } = this.#options;
    const open = new Set((await parts.callLog.openAttempts(floor.plan.id)).map(({ attemptId }) => attemptId));
    for (const line of lines) {
      if (!open.has(line.facts.attemptId) || this.#closed) continue;
      line.trunkId = '';
      line.callerId = null; // both were given back
      calls.cancel(line);
    }
  }

  #newLine({ lead, callerId, trunkId, reservedFor }: PlannedCall): Line {
    const { ids, timers } = this.#options.parts;
    const { plan, lines } = this.#options.floor;
    const now = timers.now();
    const attemptId = ids.next();
    const { mode, scriptVersionId } = plan;
    const line: Line = {
      facts: { attemptId, campaignId: plan.id, lead, mode, scriptVersionId, orderedAt: now },
      call: undefined,
      trunkId,
      callerId,
      ticket: ids.next(),
      ticketExpiresAt: now + TICKET_MS,
      reservedFor,
      deadline: undefined,
      deadlineAt: undefined,
      withdrawn: false,
      toldAnswered: false,
    };
    lines.set(attemptId, line);
    return line;
  }
}
