import type { Instant } from '../../platform/clock/index.ts';
import { insertRows, type Queries, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { legalWindowAt } from './abandon-window.ts';
import { answeredByPerson, isAbandoned } from './attempt-measures.ts';
import type { EndedAttempt } from './attempts-writer.ts';
import type { CallRules } from './call-rules.ts';

const HOUR_MS = 3_600_000;

const LEDGER = {
  table: 'abandon_ledger',
  columns: {
    campaign_id: 'text',
    window_key: 'text',
    window_start: 'integer',
    window_end: 'integer',
    answered: 'integer',
    abandoned: 'integer',
    hung_up_waiting: 'integer',
  },
  onConflict:
    'on conflict (campaign_id, window_key) do update set answered = abandon_ledger.answered + excluded.answered, ' +
    'abandoned = abandon_ledger.abandoned + excluded.abandoned, ' +
    'hung_up_waiting = abandon_ledger.hung_up_waiting + excluded.hung_up_waiting',
} as const;

type LedgerRow = { [K in keyof typeof LEDGER.columns]: string | number } & {
  answered: number;
  abandoned: number;
  hung_up_waiting: number;
};

/**
 * Counts answered calls where the law counts them: in the window of the answer. Customers who hung up before the
 * limit are neither answered nor abandoned by default, so they stand beside the two.
 */
export async function addToLedger(
  tx: Tx,
  ended: readonly EndedAttempt[],
  rulesOf: (campaignId: Id) => CallRules,
): Promise<void> {
  const rows = new Map<string, LedgerRow>();
  for (const attempt of ended.filter(answeredByPerson)) {
    const { abandonWindow, startedAt } = rulesOf(attempt.campaignId);
    const at = attempt.answeredAt ?? attempt.endedAt;
    const { key, start, end } = legalWindowAt(abandonWindow, startedAt, at);
    const name = `${attempt.campaignId} ${key}`;
    const row = rows.get(name) ?? {
      campaign_id: attempt.campaignId,
      window_key: key,
      window_start: start,
      window_end: end,
      answered: 0,
      abandoned: 0,
      hung_up_waiting: 0,
    };
    if (attempt.outcome === 'hungUpWaiting') row.hung_up_waiting++;
    else row.answered++;
    if (isAbandoned(attempt)) row.abandoned++;
    rows.set(name, row);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (sorted.length > 0) await insertRows(tx, LEDGER, sorted);
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
