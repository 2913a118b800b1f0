import type { DisposeRequest } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { ReportDelta } from '../reports/index.ts';

/** A call whose result is being said. */
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
  /** Where in the report it is counted. */
  reportKey: Omit<ReportDelta, 'measures'>;
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
  list_id: string | null;
  lead_id: string | null;
  customer_id: string | null;
  agent_id: string;
  script_version_id: string | null;
  started_at: number;
  disposition_id: string | null;
  disposed_at: number | null;
  attempt_id: string | null;
  ticket: string;
  e164: string;
  number_ordinal: number;
  ordered_at: number | null;
  zone_key: string | null;
}

/** @throws DomainError `call_not_found`, also for a call of another campaign: nobody learns of it by guessing */
export async function findCall(
  tx: Tx,
  { callId, campaignId }: Pick<DisposeRequest, 'callId' | 'campaignId'>,
): Promise<DisposableCall> {
  const [row] = await tx.raw<CallRow>(
    `select c.id, c.vendor_id, c.team_id, c.campaign_id, c.list_id, c.lead_id, c.customer_id, c.agent_id,
       c.script_version_id, c.started_at, c.disposition_id, c.disposed_at, c.attempt_id,
       a.ticket, a.e164, a.number_ordinal, a.ordered_at, z.zone_key
     from calls c left join attempts a on a.id = c.attempt_id
     left join lead_numbers n on n.lead_id = a.lead_id and n.ordinal = a.number_ordinal
     left join zone_keys z on z.id = n.zone_id
     where c.id = ? and c.campaign_id = ?${tx.dialect.lockRows('c')}`,
    [callId, campaignId],
  );
  if (!row) throw callNotFound();
  return callOf(row);
}

function callOf(row: CallRow): DisposableCall {
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
    reportKey: {
      campaignId: row.campaign_id,
      listId: row.list_id ?? '',
      agentId: row.agent_id,
      scriptVersionId: row.script_version_id,
      at: row.ordered_at ?? row.started_at,
    },
    attempt: attemptOf(row),
  };
}

function attemptOf(row: CallRow): DisposableCall['attempt'] {
  if (row.attempt_id === null) return null;
  const { attempt_id: id, ticket, e164, number_ordinal: numberOrdinal, zone_key: zoneKey } = row;
  return { id, ticket, e164, numberOrdinal, zoneKey };
}

export function callNotFound(): DomainError {
  return new DomainError('notFound', 'call_not_found', 'There is no such call of this agent');
}
