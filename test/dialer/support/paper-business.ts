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
  /** Numbers the gate refuses from now on. */
  readonly suppressed = new Set<string>();
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

  async hold(_: unknown, refusals: readonly { lead: LeadCandidate; until?: number }[]): Promise<void> {
    this.breaks('hold');
    for (const { lead, until } of refusals) this.#put(lead.leadId, 'held', until ?? Number.MAX_SAFE_INTEGER);
  }

  async claim(_: unknown, { orders, now, campaignId }: Parameters<LeadSource['claim']>[1]): Promise<Set<Id>> {
    this.breaks('claim');
    const live = new Set([...this.open.values()].map((facts) => facts.lead.e164));
    const won = orders.filter((order) => this.leads.get(order.lead.leadId)?.state === 'ready');
    const free = won.filter((order) => !live.has(order.lead.e164));
    for (const order of free) {
      this.#put(order.lead.leadId, 'claimed', 0);
      const { attemptId, lead, mode, scriptVersionId } = order;
      this.open.set(attemptId, { attemptId, campaignId, lead, mode, scriptVersionId, orderedAt: now });
    }
    return new Set(free.map((order) => order.attemptId));
  }

  async nextDueAt(): Promise<number | undefined> {
    const due = [...this.leads.values()].filter((lead) => lead.state === 'held').map((lead) => lead.until);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  async record(_: unknown, records: readonly CallRecord[]): Promise<void> {
    this.breaks('record');
    for (const record of records) {
      this.records.push(record);
      if (record.type === 'attemptConnected') this.open.set(record.attempt.attemptId, record.attempt);
      if (record.type === 'attemptEnded') this.#attemptEnded(record.attempt);
    }
  }

  async dispose(_: unknown, request: DisposeRequest): Promise<void> {
    this.breaks('dispose');
    this.disposed.push(request);
  }

  async openAttempts(campaignId: Id): Promise<AttemptFacts[]> {
    return [...this.open.values()]
      .filter((facts) => facts.campaignId === campaignId)
      .map((facts) => ({ ...facts }));
  }

  async closeStaleSessions(): Promise<void> {}

  #attemptEnded(attempt: AttemptFacts): void {
    this.open.delete(attempt.attemptId);
    this.ended.push(attempt);
    const lead = this.leads.get(attempt.lead.leadId);
    if (!lead) return;
    lead.attempts += 1;
    const again = attempt.outcome !== 'answered' && lead.attempts < 4;
    this.#put(attempt.lead.leadId, again ? 'held' : 'done', (attempt.endedAt ?? 0) + 60_000);
  }

  #put(leadId: Id, state: PaperLead['state'], until: number): void {
    const lead = this.leads.get(leadId);
    if (lead) Object.assign(lead, { state, until });
  }
}
