import { BUCKET_MS, readReport } from '../../campaigns/reports/index.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { ReplayCampaign } from './replay-campaign.ts';

/** What the report says of a replayed campaign. */
export interface ReplayFigures {
  leads: number;
  attempts: number;
  contacts: number;
  talkSeconds: number;
  sales: number;
  /** Sales ÷ contacts, a fraction. */
  conversionRate: number;
}

/** From the report's own read model: aggregates kept as calls ended, not a count of the raw rows. */
export async function readReplayFigures(
  queries: Queries,
  { campaign, from, to }: { campaign: ReplayCampaign; from: Instant; to: Instant },
): Promise<ReplayFigures> {
  const { total } = await readReport(queries, {
    campaignIds: [campaign.campaignId],
    from: Math.floor(from / BUCKET_MS) * BUCKET_MS,
    to: (Math.floor(to / BUCKET_MS) + 1) * BUCKET_MS,
    timeZone: 'UTC',
  });
  return {
    leads: total.leads ?? 0,
    attempts: total.attempts,
    contacts: total.contacts,
    talkSeconds: total.talkMs / 1_000,
    sales: total.sales,
    conversionRate: total.conversionRate ?? 0,
  };
}
