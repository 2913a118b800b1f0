import type { Instant } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { ComplianceGate, LeadCandidate, LeadSource, Refusal } from '../ports.ts';

export interface HopperOptions {
  campaignId: Id;
  db: Pick<Database, 'grouped' | 'reader'>;
  leads: LeadSource;
  gate: ComplianceGate;
  now(): Instant;
  onRefilled(): void;
  onFailure(error: unknown): void;
}

/** When a look found nothing, the next one is this far away unless a lead falls due before; ms. */
const EMPTY_WAIT_MS = 15_000;
const MIN_WAIT_MS = 500;
/** How many of the gate's refusals one refill sweeps away before it lets others work. */
const MAX_ROUNDS = 4;
/** The pause after such a sweep: a gate that refuses everything must not keep the database busy; ms. */
const SWEEP_WAIT_MS = 100;
/** A lead that the claim did not get, nobody knows why: not read again before; ms. */
const LOST_REST_MS = 5_000;
/** Leads kept for agents who are not free now, beyond which they are looked at again a minute later. */
const MAX_PROMISED = 500;
const PROMISED_REST_MS = 60_000;

/**
 * Leads read ahead, gate asked, in dialing order. Holds no claim: what is in here can be changed or suppressed by
 * anyone, and the claim will see it.
 */
export class Hopper {
  readonly #options: HopperOptions;
  #leads: LeadCandidate[] = [];
  /** Promised by one agent: kept apart, so that those of absent agents take nobody's place. */
  #promised: LeadCandidate[] = [];
  #size: number;
  #refilling: Promise<void> | undefined;
  #nextLookAt: Instant = 0;
  #wakes = 0;
  /** Handed out and not yet decided: must not be read again. */
  readonly #out = new Set<Id>();
  /** Not to be read again before this instant. */
  readonly #resting = new Map<Id, Instant>();

  constructor(options: HopperOptions, size: number) {
    this.#options = options;
    this.#size = size;
  }

  /** Leads that anyone may take, and promised ones. */
  get length(): number {
    return this.#leads.length + this.#promised.length;
  }

  /** True while a read is under way. */
  get busy(): boolean {
    return this.#refilling !== undefined;
  }

  resize(size: number): void {
    this.#size = size;
  }

  /** The next lead that anyone may take. */
  take(): LeadCandidate | undefined {
    const lead = this.#leads.shift();
    if (lead) this.#out.add(lead.leadId);
    return lead;
  }

  /** The next lead promised by this agent. */
  takeFor(agentId: Id): LeadCandidate | undefined {
    const index = this.#promised.findIndex((lead) => lead.reservedFor === agentId);
    if (index < 0) return undefined;
    const [lead] = this.#promised.splice(index, 1);
    if (lead) this.#out.add(lead.leadId);
    return lead;
  }

  /** The lead was claimed, held or given up: it may be read again when its state allows. */
  settled(leadId: Id): void {
    this.#out.delete(leadId);
  }

  /** The claim did not get it, and it may still look ready: reading it again at once would go in a circle. */
  lost(leadId: Id): void {
    this.#out.delete(leadId);
    this.#resting.set(leadId, this.#options.now() + LOST_REST_MS);
  }

  /** Back to the front, for a lead that was taken and not dialed. */
  putBack(lead: LeadCandidate): void {
    this.#out.delete(lead.leadId);
    if (lead.reservedFor === null) this.#leads.unshift(lead);
    else this.#promised.unshift(lead);
  }

  /** Forgets leads whose number may no longer be called. */
  dropNumber(e164: string): void {
    const isOther = (lead: LeadCandidate) => lead.e164 !== e164;
    this.#leads = this.#leads.filter(isOther);
    this.#promised = this.#promised.filter(isOther);
  }

  /** Forgets a lead that was taken out of the queue while it stood here. */
  dropLead(leadId: Id): void {
    this.#leads = this.#leads.filter((lead) => lead.leadId !== leadId);
    this.#promised = this.#promised.filter((lead) => lead.leadId !== leadId);
  }

  /** Forgets everything read ahead: rules, lists or priorities have changed. */
  clear(): void {
    this.#leads = [];
    this.#promised = [];
    this.wake();
  }

  /** Something may have become dialable: look again at the next refill, also if a read is under way now. */
  wake(): void {
    this.#nextLookAt = 0;
    this.#wakes += 1;
  }

  /** Begins a read when fewer than half are left. */
  refillIfLow(): void {
    const { now, onFailure, onRefilled } = this.#options;
    if (this.#refilling || this.#leads.length * 2 > this.#size || now() < this.#nextLookAt) return;
    const wakes = this.#wakes;
    this.#refilling = this.#refill()
      .catch((error: unknown) => {
        onFailure(error);
        return MIN_WAIT_MS;
      })
      .then((waitMs) => {
        if (this.#wakes === wakes) this.#nextLookAt = now() + waitMs;
        this.#refilling = undefined;
        onRefilled();
      });
  }

  /** @returns how long to wait before the next look, ms */
  async #refill(): Promise<number> {
    const { leads, campaignId, now } = this.#options;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const limit = this.#size - this.#leads.length;
      const found = await leads.next({ campaignId, limit, now: now(), exclude: this.#notToRead() });
      if (found.length === 0) return this.#waitForDue();
      await this.#admit(found);
      if (this.#leads.length * 2 > this.#size) return 0;
    }
    return SWEEP_WAIT_MS;
  }

  #notToRead(): Set<Id> {
    const now = this.#options.now();
    for (const [leadId, until] of this.#resting) if (until <= now) this.#resting.delete(leadId);
    const read = [...this.#leads, ...this.#promised].map((lead) => lead.leadId);
    return new Set([...this.#out, ...this.#resting.keys(), ...read]);
  }

  async #waitForDue(): Promise<number> {
    const { leads, campaignId, now } = this.#options;
    const dueAt = (await leads.nextDueAt(campaignId)) ?? Number.MAX_SAFE_INTEGER;
    const rested = Math.min(dueAt, ...this.#resting.values());
    return Math.min(EMPTY_WAIT_MS, Math.max(MIN_WAIT_MS, rested - now()));
  }

  async #admit(found: LeadCandidate[]): Promise<void> {
    const { db, gate, leads, campaignId } = this.#options;
    const now = this.#options.now();
    const verdicts = await gate.check(db.reader, { campaignId, candidates: found, now });
    const refused: Refusal[] = [];
    found.forEach((lead, index) => {
      const verdict = verdicts[index];
      if (verdict?.allowed) this.#keep(lead);
      else if (verdict) refused.push({ lead, reason: verdict.reason, until: verdict.until });
    });
    if (refused.length > 0) await db.grouped((tx) => leads.hold(tx, refused, now));
  }

  #keep(lead: LeadCandidate): void {
    if (lead.reservedFor === null) this.#leads.push(lead);
    else if (this.#promised.length < MAX_PROMISED) this.#promised.push(lead);
    else this.#resting.set(lead.leadId, this.#options.now() + PROMISED_REST_MS);
  }
}
