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

/**
 * Leads read ahead, gate asked, in dialing order. Holds no claim: what is in here can be changed or suppressed by
 * anyone, and the claim will see it.
 */
export class Hopper {
  readonly #options: HopperOptions;
  #leads: LeadCandidate[] = [];
  #size: number;
  #refilling: Promise<void> | undefined;
  #nextLookAt: Instant = 0;
  /** Handed out and not yet decided: must not be read again. */
  readonly #out = new Set<Id>();

  constructor(options: HopperOptions, size: number) {
    this.#options = options;
    this.#size = size;
  }

  get length(): number {
    return this.#leads.length;
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
    return this.#takeWhere((lead) => lead.reservedFor === null);
  }

  /** The next lead promised by this agent. */
  takeFor(agentId: Id): LeadCandidate | undefined {
    return this.#takeWhere((lead) => lead.reservedFor === agentId);
  }

  /** The lead was claimed, held or given up: it may be read again when its state allows. */
  settled(leadId: Id): void {
    this.#out.delete(leadId);
  }

  /** Back to the front, for a lead that was taken and not dialed. */
  putBack(lead: LeadCandidate): void {
    this.#out.delete(lead.leadId);
    this.#leads.unshift(lead);
  }

  /** Forgets leads whose number may no longer be called. */
  dropNumber(e164: string): void {
    this.#leads = this.#leads.filter((lead) => lead.e164 !== e164);
  }

  /** Forgets everything read ahead: rules, lists or priorities have changed. */
  clear(): void {
    this.#leads = [];
    this.#nextLookAt = 0;
  }

  /** Something may have become dialable: look again at the next refill. */
  wake(): void {
    this.#nextLookAt = 0;
  }

  /** Begins a read when fewer than half are left. */
  refillIfLow(): void {
    if (this.#refilling || this.#leads.length * 2 > this.#size) return;
    if (this.#options.now() < this.#nextLookAt) return;
    this.#refilling = this.#refill()
      .catch((error: unknown) => {
        this.#nextLookAt = this.#options.now() + MIN_WAIT_MS;
        this.#options.onFailure(error);
      })
      .finally(() => {
        this.#refilling = undefined;
        this.#options.onRefilled();
      });
  }

  settledRead(): Promise<void> {
    return this.#refilling ?? Promise.resolve();
  }

  async #refill(): Promise<void> {
    const { leads, campaignId, now } = this.#options;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const wanted = this.#size - this.#leads.length;
      const exclude = new Set([...this.#out, ...this.#leads.map((lead) => lead.leadId)]);
      const found = await leads.next({ campaignId, limit: wanted, now: now(), exclude });
      if (found.length === 0) {
        const dueAt = await leads.nextDueAt(campaignId);
        const wait = Math.min(
          EMPTY_WAIT_MS,
          Math.max(MIN_WAIT_MS, (dueAt ?? Number.MAX_SAFE_INTEGER) - now()),
        );
        this.#nextLookAt = now() + wait;
        return;
      }
      await this.#admit(found);
      if (this.#leads.length * 2 > this.#size) return;
    }
  }

  async #admit(found: LeadCandidate[]): Promise<void> {
    const { db, gate, leads, campaignId } = this.#options;
    const now = this.#options.now();
    const verdicts = await gate.check(db.reader, { campaignId, candidates: found, now });
    const refused: Refusal[] = [];
    found.forEach((lead, index) => {
      const verdict = verdicts[index];
      if (verdict?.allowed) this.#leads.push(lead);
      else if (verdict) refused.push({ lead, reason: verdict.reason, until: verdict.until });
    });
    if (refused.length > 0) await db.grouped((tx) => leads.hold(tx, refused, now));
  }

  #takeWhere(fits: (lead: LeadCandidate) => boolean): LeadCandidate | undefined {
    const index = this.#leads.findIndex(fits);
    if (index < 0) return undefined;
    const [lead] = this.#leads.splice(index, 1);
    if (lead) this.#out.add(lead.leadId);
    return lead;
  }
}
