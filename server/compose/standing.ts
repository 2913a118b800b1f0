import { readLedger } from '../../campaigns/calls/index.ts';
import { type CampaignReader, callRulesOf } from '../../campaigns/campaigns/index.ts';
import { BUCKET_MS, readReport } from '../../campaigns/reports/index.ts';
import { localMoment, startOfLocalDay } from '../../dialer/core/zone-time.ts';
import type { Clock, Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Standing } from './dialer-control.ts';

/** Live numbers are asked for several times a second by every open page; the books are read once for all of them. */
const KEEP_MS = 1_000;

/** How a campaign stands today, from the report's buckets and the abandon ledger. */
export function createStanding(parts: {
  queries: Queries;
  clock: Clock;
  campaign: CampaignReader;
}): (campaignId: Id) => Promise<Standing> {
  const kept = new Map<Id, { at: Instant; standing: Promise<Standing> }>();
  return (campaignId) => {
    const now = parts.clock.now();
    const known = kept.get(campaignId);
    if (known && now - known.at < KEEP_MS) return known.standing;
    const standing = readStanding(parts, campaignId, now);
    kept.set(campaignId, { at: now, standing });
    standing.catch(() => kept.delete(campaignId)); // whoever asked is told; the next one asks again
    return standing;
  };
}

async function readStanding(
  { queries, campaign }: { queries: Queries; campaign: CampaignReader },
  campaignId: Id,
  now: Instant,
): Promise<Standing> {
  const one = await campaign(queries, campaignId);
  const { dialing } = one.settings;
  const { timeZone } = one;
  const midnight = startOfLocalDay(timeZone, localMoment(timeZone, now).day);
  const report = await readReport(queries, {
    campaignIds: [campaignId],
    from: Math.floor(midnight / BUCKET_MS) * BUCKET_MS,
    to: (Math.floor(now / BUCKET_MS) + 1) * BUCKET_MS,
    timeZone,
  });
  const window = await readLedger(queries, { campaignId, rules: callRulesOf(one), now });
  const { attempts, answered, contacts, abandoned, sales } = report.total;
  return {
    today: { attempts, answered, connected: contacts, abandoned, sales },
    abandonRate: window.answered === 0 ? 0 : window.abandoned / window.answered,
    targetAbandonRate: dialing.targetAbandonRate,
    maxLines: dialing.maxLines,
  };
}
