import type { Instant } from '../../platform/clock/index.ts';
import type { Queries, SumTarget, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { legalWindowAt } from './abandon-window.ts';
import { answeredByPerson, isAbandoned } from './attempt-measures.ts';
import type { EndedAttempt } from './attempts-writer.ts';
import type { CallRules } from './call-rules.ts';

const HOUR_MS = 3_600_000;

const LEDGER: SumTarget = {
  table: 'abandon_ledger',
  key: { campaign_id: 'text', window_key: 'text' },
  fixed: { window_start: 'integer', window_end: 'integer' },
  sums: ['answered', 'abandoned', 'hung_up_waiting'],
};

/**
 * Counts answered calls where the law counts them: in the window of the answer. Customers who hung up before the
 * limit are neither answered nor abandoned by default, so they stand beside the two.
 */
export function addToLedger(
  tx: Tx,
  ended: readonly EndedAttempt[],
  rulesOf: (campaignId: Id) => CallRules,
): void {
  const rows = ended.filter(answeredByPerson).map((attempt) => {
    const { abandonWindow, startedAt } = rulesOf(attempt.campaignId);
    const window = legalWindowAt(abandonWindow, startedAt, attempt.answeredAt ?? attempt.endedAt);
    const hungUp = attempt.outcome === 'hungUpWaiting';
    return {
      campaign_id: attempt.campaignId,
      window_key: window.key,
      window_start: window.start,
      window_end: window.end,
      answered: Number(!hungUp),
      abandoned: Number(isAbandoned(attempt)),
      hung_up_waiting: Number(hungUp),
    };
  });
  tx.sums.add(LEDGER, rows);
}

/** What is counted in the window that `now` lies in; for a rolling one, in all hours it reaches back to. */
export async function readLedger(
  queries: Queries,
  request: { campaignId: Id; rules: Pick<CallRules, 'abandonWindow' | 'startedAt'>; now: Instant },
): Promise<{ answered: number; abandoned: number }> {
  const { campaignId, rules, now } = request;
  const { abandonWindow } = rules;
  const window = legalWindowAt(abandonWindow, rules.startedAt, now);
  const from = abandonWindow.kind === 'rolling' ? now - abandonWindow.hours * HOUR_MS : window.start;
  const [row] = await queries.raw<{ answered: number; abandoned: number }>(
    `select coalesce(sum(answered), 0) as answered, coalesce(sum(abandoned), 0) as abandoned
     from abandon_ledger where campaign_id = ? and window_start >= ? and window_start < ?`,
    [campaignId, from, window.end],
  );
  return row ?? { answered: 0, abandoned: 0 };
}
