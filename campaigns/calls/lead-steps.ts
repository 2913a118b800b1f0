import { planRetry } from '../../dialer/core/retry-plan.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import {
  AWAITING_DISPOSITION,
  changeLeads,
  DO_NOT_CALL,
  finished,
  isPromised,
  type Lead,
  type LeadChange,
  type NumberedLead,
  readLeads,
  readNumberedLeads,
  type StoredNumber,
  suppressed,
  TALKING,
  waitingUntil,
  writeNumbers,
} from '../leads/index.ts';
import type { EndedAttempt } from './attempts-writer.ts';
import type { CallRules } from './call-rules.ts';
import { closeFollowUps } from './follow-ups-store.ts';
import { readCountedToday } from './lead-history.ts';

/** An ended attempt with all that its lead's next step hangs on. */
export interface SteppingAttempt {
  attempt: EndedAttempt;
  rules: CallRules;
  /** First instants of the lead's local day and of the next one. */
  dayStart: Instant;
  nextDayAt: Instant;
}

/** Whether an attempt was the first of its lead, and a contact its first. */
export interface First {
  attempt: boolean;
  contact: boolean;
}

/** Leads whose customer and agent were joined: in the call. */
export async function leadsTalk(tx: Tx, leadIds: readonly Id[], now: Instant): Promise<void> {
  const leads = await readLeads(tx, leadIds);
  const changes = [...leads.values()]
    .filter(({ state }) => state === 'claimed')
    .map((before) => ({ before, after: inCall(before, TALKING) }));
  await changeLeads(tx, changes, now);
}

/**
 * What is next for the leads of ended attempts: a connected one waits for the agent's word, any other goes by the
 * retry plan. A lead that is no longer this attempt's (its ticket tells) is counted, and else left alone.
 * @returns what was first, by attempt
 */
export async function leadsStep(tx: Tx, stepping: readonly SteppingAttempt[]): Promise<Map<Id, First>> {
  const leads = await readNumberedLeads(
    tx,
    stepping.map(({ attempt }) => attempt.leadId),
  );
  const today = await readCountedToday(tx, daysThatMatter(stepping, leads));
  const firsts = new Map<Id, First>();
  const before = new Map([...leads].map(([id, { lead }]) => [id, lead]));
  const touched = new Map<string, StoredNumber>();
  for (const one of stepping) {
    const found = leads.get(one.attempt.leadId);
    if (!found) continue;
    firsts.set(one.attempt.id, { attempt: found.lead.dials === 0, contact: found.lead.contacts === 0 });
    const step = stepOf(found, one, today.get(found.lead.id) ?? 0);
    for (const number of step.numbers) touched.set(`${number.leadId} ${number.ordinal}`, number);
    found.lead = dialed(step.lead, one.attempt);
  }
  const changes = [...leads].flatMap(([id, { lead: after }]) => {
    const old = before.get(id);
    return old ? [{ before: old, after }] : [];
  });
  await writeNumbers(tx, [...touched.values()]);
  const now = Math.max(...stepping.map(({ attempt }) => attempt.endedAt));
  await changeLeads(tx, changes, now);
  await missPromises(tx, changes, now);
  return firsts;
}

/** The day's attempts are read only where the day's cap can matter: it cannot before so many attempts in all. */
function daysThatMatter(stepping: readonly SteppingAttempt[], leads: ReadonlyMap<Id, NumberedLead>) {
  return stepping
    .filter(({ attempt, rules }) => {
      const attempts = leads.get(attempt.leadId)?.lead.attempts ?? 0;
      return attempt.connectedAt === null && attempts + 1 >= rules.retryPlan.maxPerLeadPerDay;
    })
    .map(({ attempt, dayStart }) => ({ leadId: attempt.leadId, dayStart, exceptAttemptId: attempt.id }));
}

interface Step {
  lead: Lead;
  /** Those that changed. */
  numbers: StoredNumber[];
}

function stepOf({ lead, numbers }: NumberedLead, one: SteppingAttempt, attemptsToday: number): Step {
  if (lead.ticket !== one.attempt.ticket) return { lead, numbers: [] };
  if (one.attempt.connectedAt !== null) return { lead: inCall(lead, AWAITING_DISPOSITION), numbers: [] };
  return afterNoContact({ lead, numbers }, one, attemptsToday);
}

function inCall(lead: Lead, reason: string): Lead {
  return { ...lead, state: 'inCall', reason, dueAt: null };
}

function dialed(lead: Lead, { outcome, connectedAt }: EndedAttempt): Lead {
  if (outcome === 'cancelled') return lead;
  return { ...lead, dials: lead.dials + 1, contacts: lead.contacts + Number(connectedAt !== null) };
}

function afterNoContact(
  { lead, numbers }: NumberedLead,
  { attempt, rules, nextDayAt }: SteppingAttempt,
  attemptsToday: number,
): Step {
  const index = numbers.findIndex(({ ordinal }) => ordinal === attempt.numberOrdinal);
  const result = planRetry({
    numbers,
    dialed: index,
    outcome: attempt.outcome,
    attempts: lead.attempts,
    attemptsToday,
    nextDayAt,
    now: attempt.endedAt,
    plan: rules.retryPlan,
  });
  const counted = { ...lead, attempts: lead.attempts + Number(result.counted) };
  const after = merge(numbers, result.numbers, { dialed: index, outcome: attempt.outcome });
  const changed = after.filter((_, nth) => nth === index);
  if (result.next.kind === 'done') return { lead: ended(counted, result.next.reason), numbers: changed };
  const next = after[result.next.numberIndex];
  const moved = next ? { ...counted, numberOrdinal: next.ordinal, zoneId: next.zoneId } : counted;
  const wait = { reason: attempt.outcome, until: result.next.at, now: attempt.endedAt };
  return { lead: waitingUntil(moved, wait), numbers: changed };
}

function ended(lead: Lead, reason: string): Lead {
  // what shuts all numbers of a lead while it is on the line is the person's own wish
  return reason === 'suppressed' ? suppressed(lead, DO_NOT_CALL) : finished(lead, reason);
}

/** The plan's numbers with what the plan knows nothing of. */
export function merge(
  numbers: readonly StoredNumber[],
  planned: readonly Pick<StoredNumber, 'state' | 'attempts' | 'failures' | 'nextAt'>[],
  { dialed, outcome }: { dialed: number; outcome: string },
): StoredNumber[] {
  return numbers.map((number, index) => ({
    ...number,
    ...planned[index],
    lastOutcome: index === dialed ? outcome : number.lastOutcome,
  }));
}

/** A promised callback whose lead is given up was not kept. */
async function missPromises(tx: Tx, changes: readonly LeadChange[], now: Instant): Promise<void> {
  const leadIds = changes
    .filter(({ before, after }) => isPromised(before) && !isPromised(after))
    .map(({ before }) => before.id);
  await closeFollowUps(tx, { leadIds, state: 'missed', now });
}
