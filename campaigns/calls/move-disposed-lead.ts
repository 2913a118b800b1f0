import type { Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import {
  changeLeads,
  type Lead,
  readNumberedLeads,
  type StoredNumber,
  writeNumbers,
} from '../leads/index.ts';
import type { FollowRequest } from './dispose.ts';
import type { DisposableCall } from './disposed-call.ts';
import { stepAfterDisposition } from './disposition-step.ts';
import { readCountedToday } from './lead-history.ts';
import { localDayOf } from './local-day.ts';

type Attempt = NonNullable<DisposableCall['attempt']>;

export interface MoveRequest extends FollowRequest {
  leadId: Id;
  attempt: Attempt;
}

/**
 * Puts the lead where the result sends it.
 * @returns the lead as it was; undefined when it is not this call's any more: dialed again, or taken out meanwhile
 */
export async function moveDisposedLead(tx: Tx, request: MoveRequest): Promise<Lead | undefined> {
  const { parts, call, result, leadId, attempt, correction } = request;
  const found = (await readNumberedLeads(tx, [leadId])).get(leadId);
  if (!found || !(await isOf(tx, found.lead, request))) return undefined;
  const { lead: before, numbers: stored } = found;
  const rules = await parts.rulesOf(tx, call.campaignId);
  const day = localDayOf(attempt.zoneKey ?? undefined, { rules, at: result.now });
  const capMatters = before.attempts + 1 >= rules.retryPlan.maxPerLeadPerDay;
  const ofDay = { leadId, dayStart: day.dayStart, exceptAttemptId: attempt.id };
  const today = await readCountedToday(tx, capMatters ? [ofDay] : []);
  const step = stepAfterDisposition({
    rule: result.disposition.rule,
    lead: correction ? { ...before, attempts: Math.max(0, before.attempts - 1) } : before,
    numbers: correction ? uncounted(stored, attempt.numberOrdinal) : stored,
    dialedOrdinal: attempt.numberOrdinal,
    attemptsToday: today.get(leadId) ?? 0,
    nextDayAt: day.nextDayAt,
    plan: rules.retryPlan,
    now: result.now,
    ...(result.promise ? { promise: result.promise } : {}),
  });
  await writeNumbers(
    tx,
    step.numbers.filter(({ ordinal }) => ordinal === attempt.numberOrdinal),
  );
  await changeLeads(tx, [{ before, after: step.lead }], result.now);
  return before;
}

/** While it is in the call, the ticket tells; later, that nothing was dialed for the lead since. */
async function isOf(tx: Tx, lead: Lead, { attempt, correction }: MoveRequest): Promise<boolean> {
  if (!correction) return lead.ticket === attempt.ticket;
  if (lead.state === 'claimed' || lead.state === 'inCall') return false;
  const later = await tx.raw('select 1 from attempts where lead_id = ? and id > ? limit 1', [
    lead.id,
    attempt.id,
  ]);
  return later.length === 0;
}

/** As the numbers stood before the result that is being taken back; a shut one stays shut. */
function uncounted(numbers: readonly StoredNumber[], ordinal: number): StoredNumber[] {
  return numbers.map((number) => {
    if (number.ordinal !== ordinal) return number;
    const state = number.state === 'suppressed' ? number.state : 'active';
    return { ...number, state, attempts: Math.max(0, number.attempts - 1) };
  });
}
