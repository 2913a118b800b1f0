import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { ZoneHours } from '../leads/index.ts';
import { type Explanation, explain, type FloorFacts, type TalliedLeads } from './explain.ts';

interface TallyRow {
  list_id: string;
  list_state: string;
  state: string;
  reason: string;
  zone_key: string;
  n: number;
}

/** The campaign's leads by what holds them; read from the tallies, so it takes as long for five million as for five. */
export async function readTalliedLeads(queries: Queries, campaignId: Id): Promise<TalliedLeads[]> {
  const rows = await queries.raw<TallyRow>(
    `select t.list_id, s.state as list_state, t.state, t.reason, z.zone_key, t.n
     from lists s join lead_tallies t on t.list_id = s.id join zone_keys z on z.id = t.zone_id
     where s.campaign_id = ? and t.n <> 0`,
    [campaignId],
  );
  return rows.map((row) => ({
    listId: row.list_id,
    listActive: row.list_state === 'active',
    state: row.state,
    reason: row.reason,
    zoneKey: row.zone_key,
    n: row.n,
  }));
}

export interface DiagnosisRequest {
  campaignId: Id;
  now: Instant;
  floor: FloorFacts;
}

/** Why is nobody being dialed, for one campaign at one moment. The viewer's scope is the caller's to check. */
export async function diagnose(
  parts: { queries: Queries; zoneHours: ZoneHours },
  { campaignId, now, floor }: DiagnosisRequest,
): Promise<Explanation> {
  const tallies = await readTalliedLeads(parts.queries, campaignId);
  const zoneKeys = [...new Set(tallies.map(({ zoneKey }) => zoneKey))];
  const hours = await parts.zoneHours({ campaignId, now, zoneKeys });
  return explain({ tallies, hours, floor });
}
