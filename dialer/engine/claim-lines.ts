import type { Id } from '../../platform/ids/index.ts';
import type { CampaignPlan, ClaimOrder, Refusal } from '../ports.ts';
import type { SharedParts } from './engine-parts.ts';
import { assertLease, type Lease } from './lease.ts';
import type { Line } from './line.ts';

/**
 * Claims leads for new lines in one unit of work: the gate is asked again, who is refused is held, who is allowed
 * is taken by compare-and-set together with the attempt's row. When this resolves, all of it is on disk and nothing
 * has been dialed.
 * @returns the attempts that were won
 */
export async function claimLines(
  parts: SharedParts,
  request: { plan: CampaignPlan; lease: Lease; lines: readonly Line[] },
): Promise<Set<Id>> {
  const { plan, lease, lines } = request;
  const { db, gate, leads, timers } = parts;
  return db.grouped(async (tx) => {
    const now = timers.now();
    await assertLease(tx, lease);
    const candidates = lines.map((line) => line.facts.lead);
    const verdicts = await gate.check(tx, { campaignId: plan.id, candidates, now });
    const refused: Refusal[] = [];
    const orders: ClaimOrder[] = [];
    lines.forEach((line, index) => {
      line.facts.orderedAt = now;
      const verdict = verdicts[index];
      if (verdict?.allowed) orders.push(claimOrder(line, verdict.basis));
      else if (verdict) refused.push({ lead: line.facts.lead, reason: verdict.reason, until: verdict.until });
    });
    if (refused.length > 0) await leads.hold(tx, refused, now);
    if (orders.length === 0) return new Set<Id>();
    return leads.claim(tx, { campaignId: plan.id, orders, now });
  });
}

function claimOrder(line: Line, basis: string): ClaimOrder {
  const { facts } = line;
  return {
    lead: facts.lead,
    attemptId: facts.attemptId,
    ticket: line.ticket,
    ticketExpiresAt: line.ticketExpiresAt,
    mode: facts.mode,
    callerId: line.callerId,
    trunkId: line.trunkId,
    scriptVersionId: facts.scriptVersionId,
    agentId: line.reservedFor,
    basis,
  };
}
