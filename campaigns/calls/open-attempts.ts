import type { AttemptFacts, DialMode } from '../../dialer/ports.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

interface OpenRow {
  id: string;
  campaign_id: string;
  lead_id: string;
  list_id: string;
  customer_id: string;
  number_ordinal: number;
  e164: string;
  extension: string;
  mode: DialMode | 'manual';
  script_version_id: string | null;
  ordered_at: number;
  ringing_at: number | null;
  answered_at: number | null;
  answered_by: string | null;
  connected_at: number | null;
  agent_id: string | null;
  call_id: string | null;
  message_played: number;
  opted_out: number;
  connected_late: number;
  zone_id: number;
  zone_key: string;
  reserved_for: string | null;
  session_id: string | null;
}

/** The attempts of a campaign that have no end, with all that is written of them. */
export async function readOpenAttempts(queries: Queries, campaignId: Id): Promise<AttemptFacts[]> {
  const rows = await queries.raw<OpenRow>(
    `select a.id, a.campaign_id, a.lead_id, a.list_id, a.customer_id, a.number_ordinal, a.e164, a.extension,
       a.mode, a.script_version_id, a.ordered_at, a.ringing_at, a.answered_at, a.answered_by, a.connected_at,
       a.agent_id, a.call_id, a.message_played, a.opted_out, a.connected_late, n.zone_id, z.zone_key,
       l.agent_id as reserved_for,
       (select s.session_id from segments s where s.call_id = a.call_id order by s.ordinal desc limit 1)
         as session_id
     from attempts a
     join leads l on l.id = a.lead_id
     join lead_numbers n on n.lead_id = a.lead_id and n.ordinal = a.number_ordinal
     join zone_keys z on z.id = n.zone_id
     where a.campaign_id = ? and a.ended_at is null
     order by a.ordered_at, a.id`,
    [campaignId],
  );
  return rows.map(factsOf);
}

function factsOf(row: OpenRow): AttemptFacts {
  return {
    attemptId: row.id,
    campaignId: row.campaign_id,
    lead: {
      leadId: row.lead_id,
      listId: row.list_id,
      customerId: row.customer_id,
      numberOrdinal: row.number_ordinal,
      e164: row.e164,
      extension: row.extension,
      zoneKey: row.zone_key,
      zoneId: row.zone_id,
      reservedFor: row.reserved_for,
    },
    mode: row.mode,
    scriptVersionId: row.script_version_id,
    orderedAt: row.ordered_at,
    ...known({
      ringingAt: row.ringing_at,
      answeredAt: row.answered_at,
      answeredBy: row.answered_by,
      connectedAt: row.connected_at,
      agentId: row.agent_id,
      callId: row.call_id,
      sessionId: row.session_id,
    }),
    messagePlayed: row.message_played === 1,
    optedOut: row.opted_out === 1,
    ...(row.connected_late === 1 ? { connectedLate: true } : {}),
  };
}

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Without what has not happened: those fields are absent, not null. */
function known<T extends Record<string, unknown>>(fields: T): Known<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Known<T>;
}
