import type { Report } from '../../api/shapes.ts';
import { share } from '../../format/figures.ts';

export type ReportLine = Report['lines'][number];
export type Figures = Report['total'];

export const REPORT_GROUPS = [
  'campaign',
  'list',
  'agent',
  'scriptVersion',
  'day',
  'hour',
  'hourOfDay',
] as const;
export type ReportGroup = (typeof REPORT_GROUPS)[number];

export interface FunnelStage {
  key: (typeof STAGES)[number];
  count: number;
  /** Of the first stage; 0 to 1. */
  width: number;
  /** Of the stage before. */
  ofBefore: number | null;
}

const STAGES = ['leads', 'attemptedLeads', 'contactedLeads', 'rightPersons', 'sales'] as const;

/** List → attempted → contacted → right person → sale. */
export function funnelOf(total: Pick<Figures, (typeof STAGES)[number]>): FunnelStage[] {
  const count = (key: (typeof STAGES)[number]) => total[key] ?? 0;
  const most = Math.max(1, ...STAGES.map(count));
  return STAGES.map((key, index) => {
    const before = STAGES[index - 1];
    const ofBefore = before ? share(count(key), count(before)) : null;
    return { key, count: count(key), width: count(key) / most, ofBefore };
  });
}

export interface Span {
  from: number;
  to: number;
}

const DAY = 86_400_000;

/** Days back from the end of today, as the viewer's computer has its days. */
export function lastDays(now: number, days: number): Span {
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  // a day is not always 24 hours: begin at that day's own midnight
  const from = new Date(midnight - (days - 0.5) * DAY).setHours(0, 0, 0, 0);
  return { from, to: midnight };
}
