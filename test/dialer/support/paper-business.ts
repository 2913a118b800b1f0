import type {
  AttemptFacts,
  CallLog,
  CallRecord,
  CampaignPlan,
  CampaignPlans,
  ComplianceGate,
  DisposeRequest,
  LeadCandidate,
  LeadSource,
} from '../../../dialer/ports.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { DomainError } from '../../../platform/errors/index.ts';
import type { Id } from '../../../platform/ids/index.ts';

interface PaperLead {
  candidate: LeadCandidate;
  state: 'ready' | 'held' | 'claimed' | 'done';
  until: number;
  attempts: number;
}

/**
 * The business as the engine's ports see it, on paper: no database, one retry rule (unanswered leads come back
 * after a minute, three times). The real stores are tested in `test/campaigns/`, with the engine in
 * `test/dialer/whole-floor.test.ts`.
 */
export class PaperBusiness implements CampaignPlans, ComplianceGate, LeadSource, CallLog {
  readonly plans: CampaignPlan[] = [];
  readonly leads = new Map<Id, PaperLead>();
  readonly records: CallRecord[] = [];
  readonly ended: AttemptFacts[] = [];
  readonly disposed: DisposeRequest[] = [];
  readonly open = new Map<Id, AttemptFacts>();
  /** Every attempt that a commit has made. */
  readonly claimed = new Set<Id>();
  /** Ends written for attempts that had ended: two lives of a process may both know of one. */
  readonly endedAgain: AttemptFacts[] = [];
  /** Leads claimed while another attempt of theirs was open: must stay empty. */
  readonly dialedTwice: Id[] = [];
  /** Numbers the gate refuses from now on. */
  readonly suppressed = new Set<string>();
  readonly #said = new Set<string>();
  #tx: unknown;
  #undo: (() => void)[] = [];
  /** Called before every port's work; throws what a broken database would. */
  breaks: (port: string) => void = () => {};

  async active(): Promise<CampaignPlan[]> {
    return [...this.plans];
  }

  addLeads(count: number, e164: (index: number) => string, reservedFor: Id | null = null): void {
    const before = this.leads.size;
    for (let index = before; index < before + count; index++) {
      const leadId = `lead-${index}`;
      const candidate: LeadCandidate = {
        leadId,
        listId: 'list',
        customerId: `customer-${index}`,
        numberOrdinal: 0,
        e164: e164(index),
        extension: '',
        zoneKey: 'UTC',
        zoneId: 1,
        reservedFor,
      };
      this.leads.set(leadId, { candidate, state: 'ready', until: 0, attempts: 0 });
    }
  }

  async check(_: unknown, { candidates }: { candidates: readonly LeadCandidate[] }) {
    this.breaks('gate');
    return candidates.map((lead) =>
      this.suppressed.has(lead.e164)
        ? { allowed: false as const, reason: 'do_not_call' }
        : { allowed: true as const, basis: '{}' },
    );
  }

  async next({ limit, now, exclude }: { limit: number; now: number; exclude: ReadonlySet<Id> }) {
    this.breaks('next');
    const found: LeadCandidate[] = [];
    for (const lead of this.leads.values()) {
      if (found.length >= limit) break;
      if (lead.state === 'held' && lead.until <= now) lead.state = 'ready';
      if (lead.state === 'ready' && !exclude.has(lead.candidate.leadId)) found.push({ ...lead.candidate });
    }
    return found;
  }

  async hold(tx: Tx, refusals: readonly { lead: LeadCandidate; until?: number }[]): Promise<void> {
    this.#begin(tx);
    this.breaks('hold');
    for (const { lead, until } of refusals) this.#put(lead.leadId, 'held', until ?? Number.MAX_SAFE_INTEGER);
  }

  async claim(tx: Tx, { orders, now, campaignId }: Parameters<LeadSource['claim']>[1]): Promise<Set<Id>> {
    this.#begin(tx);
    this.breaks('claim');
    const live = new Set([...this.open.values()].map((facts) => facts.lead.e164));
    const won = orders.filter((order) => this.leads.get(order.lead.leadId)?.state === 'ready');
    const free = won.filter((order) => !live.has(order.lead.e164) && live.add(order.lead.e164));
    for (const order of free) {
      const { attemptId, lead, mode, scriptVersionId, agentId } = order;
      if ([...this.open.values()].some((one) => one.lead.leadId === lead.leadId)) {
        this.dialedTwice.push(lead.leadId);
      }
      this.#put(lead.leadId, 'claimed', 0);
      const facts: AttemptFacts = { attemptId, campaignId, lead, mode, scriptVersionId, orderedAt: now };
      if (agentId !== null) facts.agentId = agentId;
      this.#setOpen(facts);
      this.claimed.add(attemptId);
      this.#undo.push(() => this.claimed.delete(attemptId));
    }
    return new Set(free.map((order) => order.attemptId));
  }

  async nextDueAt(): Promise<number | undefined> {
    const due = [...this.leads.values()].filter((lead) => lead.state === 'held').map((lead) => lead.until);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  async record(tx: Tx, records: readonly CallRecord[]): Promise<void> {
    this.#begin(tx);
    this.breaks('record');
    const before = this.records.length;
    this.#undo.push(() => this.records.splice(before));
    for (const record of records) {
      if (this.#saidBefore(record)) continue;
      this.records.push(record);
      const lives = record.type === 'attemptConnected' || record.type === 'attemptAnswered';
      if (lives && this.open.has(record.attempt.attemptId)) this.#setOpen({ ...record.attempt });
      if (record.type === 'attemptEnded') this.#attemptEnded(record.attempt);
    }
  }

  async dispose(tx: Tx, request: DisposeRequest): Promise<void> {
    this.#begin(tx);
    this.breaks('dispose');
    if (this.disposed.some(({ callId }) => callId === request.callId)) {
      throw new DomainError('conflict', 'call_already_disposed', 'This call has its result already');
    }
    const before = this.disposed.length;
    this.#undo.push(() => this.disposed.splice(before));
    this.disposed.push(request);
  }

  async openAttempts(campaignId: Id): Promise<AttemptFacts[]> {
    this.breaks('openAttempts');
    return [...this.open.values()]
      .filter((facts) => facts.campaignId === campaignId)
      .map((facts) => ({ ...facts }));
  }

  /** Calls by caller ID before this engine's life. */
  usedToday = new Map<string, number>();

  async callerIdUse(): Promise<Map<string, number>> {
    return this.usedToday;
  }

  async closeStaleSessions(tx: Tx): Promise<void> {
    this.#begin(tx);
    this.breaks('closeStaleSessions');
  }

  /** As the real books: what is said twice, after a commit whose answer was lost, changes nothing. */
  #saidBefore(record: CallRecord): boolean {
    if (record.type !== 'agentStateChanged' && record.type !== 'sessionEnded') return false;
    const key = `${record.type} ${record.sessionId} ${record.ordinal}`;
    if (this.#said.has(key)) return true;
    this.#said.add(key);
    this.#undo.push(() => this.#said.delete(key));
    return false;
  }

  /** What another unit of work did and did not commit is undone, as a database would have. */
  #begin(tx: Tx): void {
    if (this.#tx === tx) return;
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
    this.#tx = tx;
    tx.onCommit(() => {
      this.#undo = [];
    });
  }

  #attemptEnded(attempt: AttemptFacts): void {
    if (!this.open.has(attempt.attemptId)) {
      this.endedAgain.push(attempt);
      return;
    }
    this.#setOpen(attempt, false);
    const before = this.ended.length;
    this.#undo.push(() => this.ended.splice(before));
    this.ended.push(attempt);
    const lead = this.leads.get(attempt.lead.leadId);
    if (!lead) return;
    const { attempts } = lead;
    this.#undo.push(() => Object.assign(lead, { attempts }));
    lead.attempts += 1;
    const again = attempt.outcome !== 'answered' && lead.attempts < 4;
    this.#put(attempt.lead.leadId, again ? 'held' : 'done', (attempt.endedAt ?? 0) + 60_000);
  }

  #setOpen(facts: AttemptFacts, open = true): void {
    const { attemptId } = facts;
    const before = this.open.get(attemptId);
    this.#undo.push(() => (before ? this.open.set(attemptId, before) : this.open.delete(attemptId)));
    if (open) this.open.set(attemptId, facts);
    else this.open.delete(attemptId);
  }

  #put(leadId: Id, state: PaperLead['state'], until: number): void {
    const lead = this.leads.get(leadId);
    if (!lead) return;
    const before = { state: lead.state, until: lead.until };
    this.#undo.push(() => Object.assign(lead, before));
    Object.assign(lead, { state, until });
  }
}
