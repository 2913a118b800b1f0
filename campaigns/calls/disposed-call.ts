import type { Instant } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** A call whose result is being said, locked until the unit of work ends. */
export interface DisposableCall {
  id: Id;
  vendorId: Id;
  teamId: Id;
  campaignId: Id;
  leadId: Id | null;
  customerId: Id | null;
  agentId: Id;
  dispositionId: Id | null;
  disposedAt: Instant | null;
  attempt: {
    id: Id;
    ticket: Id;
    e164: string;
    numberOrdinal: number;
    zoneKey: string | null;
  } | null;
}

interface CallRow {
  id: string;
  vendor_id: string;
  team_id: string;
  campaign_id: string;
  lead_id: string | null;
  customer_id: string | null;
  agent_id: string;
  disposition_id: string | null;
  disposed_at: number | null;
  attempt_id: string | null;
}

/** @throws DomainError `call_not_found`, also for a call of another campaign: nobody learns of it by guessing */
export async function findCall(
  tx: Tx,
  { callId, campaignId }: { callId: Id; campaignId: Id },
): Promise<DisposableCall> {
  const [row] = await tx.raw<CallRow>(
    `select id, vendor_id, team_id, campaign_id, lead_id, customer_id, agent_id, disposition_id, disposed_at,
       attempt_id from calls where id = ? and campaign_id = ?${tx.dialect.lockRows}`,
    [callId, campaignId],
  );
  if (!row) throw callNotFound();
  return {
    id: row.id,
    vendorId: row.vendor_id,
    teamId: row.team_id,
    campaignId: row.campaign_id,
    leadId: row.lead_id,
    customerId: row.customer_id,
    agentId: row.agent_id,
    dispositionId: row.disposition_id,
    disposedAt: row.disposed_at,
    attempt: row.attempt_id === null ? null : await findAttempt(tx, row.attempt_id),
  };
}

export function callNotFound(): DomainError {
  return new DomainError('notFound', 'call_not_found', 'There is no such call of this agent');
}

async function findAttempt(tx: Tx, attemptId: Id): Promise<DisposableCall['attempt']> {
  const [row] = await tx.raw<{
    id: string;
    ticket: string;
    e164: string;
    number_ordinal: number;
    zone_key: string | null;
  }>(
    `select a.id, a.ticket, a.e164, a.number_ordinal, z.zone_key from attempts a
     left join lead_numbers n on n.lead_id = a.lead_id and n.ordinal = a.number_ordinal
     left join zone_keys z on z.id = n.zone_id where a.id = ?`,
    [attemptId],
  );
  if (!row) return null;
  const { id, ticket, e164, number_ordinal: numberOrdinal, zone_key: zoneKey } = row;
  return { id, ticket, e164, numberOrdinal, zoneKey };
}
