import type { AbandonWindow } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { legalWindowAt } from './abandon-window.ts';

const HOUR_MS = 3_600_000;

export interface AbandonCount {
  answered: number;
  abandoned: number;
  hungUpWaiting: number;
}

/**
 * What the ledger holds of the legal window that `now` lies in; of a rolling one, the hours that it reaches back.
 */
export async function abandonedSoFar(
  queries: Queries,
  request: { campaignId: Id; window: AbandonWindow; startedAt: Instant; now: Instant },
): Promise<AbandonCount> {
  const { campaignId, window, startedAt, now } = request;
  const { start, end } = legalWindowAt(window, startedAt, now);
  const from = window.kind === 'rolling' ? end - window.hours * HOUR_MS : start;
  const [row] = await queries.raw<{ answered: number; abandoned: number; hung_up: number }>(
    `select coalesce(sum(answered), 0) as answered, coalesce(sum(abandoned), 0) as abandoned,
       coalesce(sum(hung_up_waiting), 0) as hung_up
     from abandon_ledger where campaign_id = ? and window_start >= ? and window_end <= ?`,
    [campaignId, from, end],
  );
  return {
    answered: row?.answered ?? 0,
    abandoned: row?.abandoned ?? 0,
    hungUpWaiting: row?.hung_up ?? 0,
  };
}
