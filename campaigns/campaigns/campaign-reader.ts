import type { Queries } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Campaign } from './campaigns-schema.ts';
import { campaignById } from './campaigns-store.ts';

/** Answers campaigns as they are now. */
export type CampaignReader = (queries: Queries, campaignId: Id) => Promise<Campaign>;

/**
 * Reads campaigns for the hot paths: the version is asked each time, the rest only when it has changed, so that a
 * change of the rules holds from its commit on and costs nothing in between.
 * The reader throws DomainError `campaign_not_found`.
 */
export function createCampaignReader(): CampaignReader {
  const known = new Map<Id, Campaign>();
  return async (queries, campaignId) => {
    const [row] = await queries.raw<{ version: number }>('select version from campaigns where id = ?', [
      campaignId,
    ]);
    const remembered = known.get(campaignId);
    if (row && remembered?.version === row.version) return remembered;
    const campaign = row && (await campaignById(queries, campaignId));
    if (!campaign) throw new DomainError('notFound', 'campaign_not_found', 'There is no such campaign');
    known.set(campaignId, campaign);
    return campaign;
  };
}
