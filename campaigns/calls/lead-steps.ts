import { planRetry } from '../../dialer/core/retry-plan.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import {
  AWAITING_DISPOSITION,
  changeLeads,
  DO_NOT_CALL,
  finished,
  type Lead,
  type LeadChange,
  plainRank,
  readLeads,
  readNumbers,
  type StoredNumber,
  suppressed,
  TALKING,
  waitingUntil,
  writeNumbers,
} from '../leads/index.ts';
import type { EndedAttempt } from './attempts-writer.ts';
import type { CallRules } from './call-rules.ts';
import { closeFollowUps } from './follow-ups-store.ts';
import type { LeadHistory } from './lead-history.ts';

/** An ended attempt with all that its lead's next step hangs on. */
export interface SteppedAttempt {
  attempt: EndedAttempt;
  history: LeadHistory;
  rules: CallRules;
  /** First instant of the lead's next local day. */
  nextDayAt: Instant;
}

/** Leads whose customer and agent were joined: in the call, as long as this attempt still has them. */
export async function leadsTalk(
  tx: Tx,
  joined: readonly { leadId: Id; attemptId: Id }[],
  now: Instant,
): Promise<void> {
  if (joined.length === 0) return;
  const leads = await readLeads(
    tx,
    joined.map(({ leadId }) => leadId),
  );
  const changes = [...leads.values()]
    .filter(({ state }) => state === 'claimed')
    .map((before) => ({
      before,
      after: { ...before, state: 'inCall', reason: TALKING, dueAt: null } as Lead,
    }));
  await changeLeads(tx, changes, now);
}

/**
 * What is next for the leads of ended attempts: a connected one waits for the agent's word, any other goes by the
 * retry plan. A lead that is no longer this attempt's (its ticket tells) is left alone.
 */
export async function leadsStep(tx: Tx, stepped: readonly SteppedAttempt[]): Promise<void> {
  const ids = stepped.map(({ attempt }) => attempt.leadId);
  if (ids.length === 0) return;
  const leads = await readLeads(tx, ids);
  const numbers = await readNumbers(tx, ids);
  const changes: LeadChange[] = [];
  const written: StoredNumber[] = [];
  for (const one of stepped) {
    const before = leads.get(one.attempt.leadId);
    if (!before || before.ticket !== one.attempt.ticket) continue;
    const own = numbers.get(before.id) ?? [];
    const step = one.attempt.connectedAt === null ? afterNoContact(before, own, one) : afterTalk(before, own);
    changes.push({ before, after: step.lead });
    written.push(...step.numbers);
  }
  await writeNumbers(tx, written);
  const now = Math.max(...stepped.map(({ attempt }) => attempt.endedAt));
  await changeLeads(tx, changes, now);
  await missPromises(tx, changes, now);
}

interface Step {
  lead: Lead;
  numbers: StoredNumber[];
}

function afterTalk(lead: Lead, _numbers: readonly StoredNumber[]): Step {
  const after: Lead = { ...lead, state: 'inCall', reason: AWAITING_DISPOSITION, dueAt: null };
  return { lead: after, numbers: [] };
}

function afterNoContact(lead: Lead, numbers: readonly StoredNumber[], one: SteppedAttempt): Step {
  const { attempt, history, rules, nextDayAt } = one;
  const dialed = numbers.findIndex(({ ordinal }) => ordinal === attempt.numberOrdinal);
  const result = planRetry({
    numbers,
    dialed,
    outcome: attempt.outcome,
    attempts: lead.attempts,
    attemptsToday: history.countedToday,
    nextDayAt,
    now: attempt.endedAt,
    plan: rules.retryPlan,
  });
  const counted = { ...lead, attempts: lead.attempts + Number(result.counted) };
  const after = merge(numbers, result.numbers, { dialed, outcome: attempt.outcome });
  if (result.next.kind === 'done') return { lead: ended(counted, result.next.reason), numbers: after };
  const next = after[result.next.numberIndex];
  const moved = next ? { ...counted, numberOrdinal: next.ordinal, zoneId: next.zoneId } : counted;
  const wait = { reason: attempt.outcome, until: result.next.at, now: attempt.endedAt };
  return { lead: waitingUntil(moved, wait), numbers: after };
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

function isPromised({ rank, state }: Lead): boolean {
  return rank !== plainRank(rank) && state !== 'done' && state !== 'suppressed';
}
