import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** How many of a campaign's calls showed each caller ID since then. What was cancelled before dialing showed none. */
export async function readCallerIdUse(
  queries: Queries,
  { campaignId, since }: { campaignId: Id; since: Instant },
): Promise<Map<string, number>> {
  const rows = await queries.raw<{ caller_id: string; n: number }>(
    `select caller_id, count(*) as n from attempts
     where campaign_id = ? and ordered_at >= ? and caller_id is not null and coalesce(outcome, '') <> 'cancelled'
     group by caller_id`,
    [campaignId, since],
  );
  return new Map(rows.map((row) => [row.caller_id, Number(row.n)]));
}
