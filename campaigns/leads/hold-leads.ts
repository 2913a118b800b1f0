import type { Refusal } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readNumberedLeads, type StoredNumber, writeNumbers } from './lead-numbers-store.ts';
import { heldUntil, type Lead, type LeadChange, suppressed } from './lead-states.ts';
import { changeLeads } from './leads-store.ts';

/**
 * Takes refused leads out of the queue. A refusal is about the number that was asked for: the lead goes on with
 * another of its numbers when one may be dialed, and rests until the first of them may otherwise. Leads that
 * left the queue meanwhile, or stand at another number, are left alone.
 */
export async function hold(tx: Tx, refusals: readonly Refusal[], now: Instant): Promise<void> {
  if (refusals.length === 0) return;
  const ids = refusals.map(({ lead }) => lead.leadId);
  const leads = await readNumberedLeads(tx, ids);
  const changes = new Map<string, LeadChange>();
  const written: StoredNumber[] = [];
  for (const refusal of refusals) {
    const found = leads.get(refusal.lead.leadId);
    if (!found || changes.has(found.lead.id) || !isAsked(found.lead, refusal)) continue;
    const before = found.lead;
    const own = found.numbers.map((number) => refused(number, refusal, now));
    written.push(...own.filter(({ ordinal }) => ordinal === before.numberOrdinal));
    changes.set(before.id, { before, after: afterRefusal(before, own, { reason: refusal.reason, now }) });
  }
  await writeNumbers(tx, written);
  await changeLeads(tx, [...changes.values()], now);
}

/** Still in the queue, and with the number that was asked for. */
function isAsked({ state, numberOrdinal }: Lead, { lead }: Refusal): boolean {
  return state === 'ready' && numberOrdinal === lead.numberOrdinal;
}

function refused(number: StoredNumber, { lead, until }: Refusal, now: Instant): StoredNumber {
  if (number.ordinal !== lead.numberOrdinal || number.state !== 'active') return number;
  if (until === undefined) return { ...number, state: 'suppressed', nextAt: null };
  // never at once again: a gate that answers "now" must not be asked in a circle
  return { ...number, nextAt: Math.max(until, now + 1_000) };
}

function afterRefusal(
  lead: Lead,
  numbers: readonly StoredNumber[],
  { reason, now }: { reason: string; now: Instant },
): Lead {
  const next = firstDue(numbers, now);
  if (!next) return suppressed(lead, reason);
  const at = Math.max(next.nextAt ?? now, now);
  const moved = { ...lead, numberOrdinal: next.ordinal, zoneId: next.zoneId };
  return at <= now ? moved : heldUntil(moved, { reason, until: at });
}

/** The active number that may be dialed first; of several, the first in dialing order. */
function firstDue(numbers: readonly StoredNumber[], now: Instant): StoredNumber | undefined {
  let best: StoredNumber | undefined;
  for (const number of numbers) {
    if (number.state !== 'active') continue;
    const at = Math.max(number.nextAt ?? now, now);
    if (!best || at < Math.max(best.nextAt ?? now, now)) best = number;
  }
  return best;
}
