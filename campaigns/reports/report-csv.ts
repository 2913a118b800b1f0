import { stringify } from 'csv-stringify/sync';
import type { Figures } from './report-figures.ts';
import type { Grouping } from './report-schema.ts';
import type { Report, ReportKey } from './reports-read-model.ts';

export type ReportLocale = 'en' | 'zh-CN';

/** Column headings; the order is the file's. */
const HEADINGS: Record<keyof Figures, { en: string; 'zh-CN': string }> = {
  leads: { en: 'Leads', 'zh-CN': '名单数' },
  attemptedLeads: { en: 'Attempted leads', 'zh-CN': '已拨名单' },
  contactedLeads: { en: 'Contacted leads', 'zh-CN': '已接触名单' },
  attempts: { en: 'Attempts', 'zh-CN': '拨打次数' },
  answered: { en: 'Answered', 'zh-CN': '接听' },
  contacts: { en: 'Contacts', 'zh-CN': '接触' },
  rightPersons: { en: 'Right person', 'zh-CN': '本人接听' },
  sales: { en: 'Sales', 'zh-CN': '成交' },
  refusals: { en: 'Refusals', 'zh-CN': '拒绝' },
  callbacks: { en: 'Callbacks', 'zh-CN': '预约回拨' },
  doNotCalls: { en: 'Do not call', 'zh-CN': '免打扰' },
  abandoned: { en: 'Abandoned', 'zh-CN': '呼损' },
  hungUpWaiting: { en: 'Hung up waiting', 'zh-CN': '等待中挂断' },
  machines: { en: 'Machines', 'zh-CN': '机器应答' },
  noAnswers: { en: 'No answer', 'zh-CN': '无人接听' },
  busies: { en: 'Busy', 'zh-CN': '占线' },
  rejections: { en: 'Rejected', 'zh-CN': '拒接' },
  invalids: { en: 'Invalid numbers', 'zh-CN': '无效号码' },
  failures: { en: 'Failures', 'zh-CN': '线路失败' },
  penetration: { en: 'Penetration', 'zh-CN': '名单覆盖率' },
  contactRate: { en: 'Contact rate', 'zh-CN': '接触率' },
  leadContactRate: { en: 'Contact rate (leads)', 'zh-CN': '名单接触率' },
  rightPersonRate: { en: 'Right-person rate', 'zh-CN': '本人率' },
  conversionRate: { en: 'Conversion rate', 'zh-CN': '成交率' },
  listConversionRate: { en: 'Conversion rate (list)', 'zh-CN': '名单成交率' },
  attemptsPerContact: { en: 'Attempts per contact', 'zh-CN': '每接触拨打次数' },
  abandonRate: { en: 'Abandon rate', 'zh-CN': '呼损率' },
  averageTalkMs: { en: 'Average talk time (ms)', 'zh-CN': '平均通话时长(毫秒)' },
  averageWrapUpMs: { en: 'Average wrap-up time (ms)', 'zh-CN': '平均事后处理时长(毫秒)' },
  ringMs: { en: 'Ring time (ms)', 'zh-CN': '振铃时长(毫秒)' },
  waitMs: { en: 'Wait time (ms)', 'zh-CN': '等待时长(毫秒)' },
  talkMs: { en: 'Talk time (ms)', 'zh-CN': '通话时长(毫秒)' },
  wrapUpMs: { en: 'Wrap-up time (ms)', 'zh-CN': '事后处理时长(毫秒)' },
};

const GROUP_HEADINGS: Record<Grouping, { en: string; 'zh-CN': string }> = {
  campaign: { en: 'Campaign', 'zh-CN': '活动' },
  list: { en: 'List', 'zh-CN': '名单' },
  agent: { en: 'Agent', 'zh-CN': '坐席' },
  scriptVersion: { en: 'Script version', 'zh-CN': '话术版本' },
  day: { en: 'Day', 'zh-CN': '日期' },
  hour: { en: 'Hour', 'zh-CN': '小时' },
  hourOfDay: { en: 'Hour of day', 'zh-CN': '时段' },
};

const TOTAL = { en: 'Total', 'zh-CN': '合计' };

const COLUMNS = Object.keys(HEADINGS) as (keyof Figures)[];

export interface CsvOptions {
  locale: ReportLocale;
  /** The name of an id, for the columns of campaigns, lists, agents and script versions. */
  nameOf?: (grouping: Grouping, id: string) => string | undefined;
}

/**
 * The report as a file that a spreadsheet opens: UTF-8 with a mark, a line for each group, the total last. A name
 * that a spreadsheet would take for a formula is made plain text (CWE-1236).
 */
export function reportCsv(report: Report, { locale, nameOf }: CsvOptions): string {
  const header = [
    ...report.groupBy.map((grouping) => GROUP_HEADINGS[grouping][locale]),
    ...COLUMNS.map((name) => HEADINGS[name][locale]),
  ];
  const keyCells = (key: ReportKey) =>
    report.groupBy.map((grouping) => {
      const id = key[grouping] ?? '';
      return nameOf?.(grouping, id) ?? id;
    });
  const totalCells = report.groupBy.map((_, index) => (index === 0 ? TOTAL[locale] : ''));
  const lines = report.groupBy.length === 0 ? [] : report.lines;
  return write([
    header,
    ...lines.map((line) => [...keyCells(line.key), ...figureCells(line)]),
    [...totalCells, ...figureCells(report.total)],
  ]);
}

function write(rows: (string | number)[][]): string {
  return stringify(rows, { bom: true, record_delimiter: 'windows', escape_formulas: true });
}

function figureCells(figures: Figures): (string | number)[] {
  return COLUMNS.map((name) => {
    const value = figures[name];
    if (value === null) return '';
    return Number.isInteger(value) ? value : Number(value.toFixed(6));
  });
}
