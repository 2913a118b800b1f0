import type { AbandonWindow } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** A legal window and what was counted in it; see the ledger. */
export interface AbandonLine {
  start: Instant;
  end: Instant;
  answered: number;
  abandoned: number;
  hungUpWaiting: number;
  /** Abandoned ÷ answered; null while nobody answered. */
  rate: number | null;
}

const HOUR_MS = 3_600_000;

interface LedgerRow {
  window_start: number;
  window_end: number;
  answered: number;
  abandoned: number;
  hung_up_waiting: number;
}

/**
 * A campaign's abandon rate by legal window, for all windows that end after `from` and begin before `to`. A rolling
 * window is judged at each full hour that closes with something in it.
 */
export async function readAbandonWindows(
  queries: Queries,
  request: { campaignId: Id; window: AbandonWindow; from: Instant; to: Instant },
): Promise<AbandonLine[]> {
  const { campaignId, window, from, to } = request;
  const reach = window.kind === 'rolling' ? window.hours * HOUR_MS : 0;
  const rows = await queries.raw<LedgerRow>(
    `select window_start, window_end, answered, abandoned, hung_up_waiting from abandon_ledger
     where campaign_id = ? and window_end > ? and window_start < ? order by window_start`,
    [campaignId, from - reach, to],
  );
  const lines = rows.map(lineOf);
  return window.kind === 'rolling' ? rolling(lines, reach).filter(({ end }) => end > from) : lines;
}

function lineOf(row: LedgerRow): AbandonLine {
  return {
    start: row.window_start,
    end: row.window_end,
    ...counted(row.answered, row.abandoned, row.hung_up_waiting),
  };
}

function counted(answered: number, abandoned: number, hungUpWaiting: number) {
  return { answered, abandoned, hungUpWaiting, rate: answered === 0 ? null : abandoned / answered };
}

/** At the end of each hour, the hours that the window reaches back over. */
function rolling(hours: readonly AbandonLine[], reach: number): AbandonLine[] {
  let first = 0;
  const sum = { answered: 0, abandoned: 0, hungUpWaiting: 0 };
  return hours.map((hour) => {
    const start = hour.end - reach;
    move(sum, hour, 1);
    for (let oldest = hours[first]; oldest && oldest.start < start; oldest = hours[++first]) {
      move(sum, oldest, -1);
    }
    return { start, end: hour.end, ...counted(sum.answered, sum.abandoned, sum.hungUpWaiting) };
  });
}

function move(
  sum: { answered: number; abandoned: number; hungUpWaiting: number },
  line: AbandonLine,
  sign: 1 | -1,
): void {
  sum.answered += sign * line.answered;
  sum.abandoned += sign * line.abandoned;
  sum.hungUpWaiting += sign * line.hungUpWaiting;
}
