import type { ClaimOrder, LeadCandidate } from '../../dialer/ports.ts';
import type { Ids } from '../../platform/ids/index.ts';

/** An order to dial a lead, as the engine makes it. */
export function claimOf(lead: LeadCandidate, { ids, now }: { ids: Ids; now: number }): ClaimOrder {
  return {
    lead,
    attemptId: ids.next(),
    ticket: ids.next(),
    ticketExpiresAt: now + 60_000,
    mode: 'progressive',
    callerId: null,
    trunkId: null,
    scriptVersionId: null,
    agentId: null,
    basis: '{}',
  };
}
