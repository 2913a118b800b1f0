import { packRows, type Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { ReportDelta } from '../reports/index.ts';

interface KeyRow {
  id: string;
  campaign_id: string;
  list_id: string | null;
  agent_id: string;
  script_version_id: string | null;
  at: number;
}

/** Where in the report these calls are counted: with their attempts, at the instant those were ordered. */
export async function readCallKeys(
  queries: Queries,
  callIds: readonly Id[],
): Promise<Map<Id, Omit<ReportDelta, 'measures'>>> {
  if (callIds.length === 0) return new Map();
  const rows = await queries.raw<KeyRow>(
    `select c.id, c.campaign_id, c.list_id, c.agent_id, c.script_version_id,
       coalesce(a.ordered_at, c.started_at) as at
     from ${queries.dialect.rowsFrom({ wanted: 'text' })} v
     join calls c on c.id = v.wanted left join attempts a on a.id = c.attempt_id`,
    [packRows([...new Set(callIds)].map((id) => [id]))],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        campaignId: row.campaign_id,
        listId: row.list_id ?? '',
        agentId: row.agent_id,
        scriptVersionId: row.script_version_id,
        at: row.at,
      },
    ]),
  );
}
