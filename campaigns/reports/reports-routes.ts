import { z } from 'zod';
import { isKnownZone } from '../../dialer/core/zone-time.ts';
import type { AbandonWindow } from '../../dialer/ports.ts';
import type { Queries } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import {
  type Call,
  defineDownload,
  defineRoute,
  idField,
  instantField,
  type Route,
} from '../routes/index.ts';
import { scoped, type Viewer } from '../scope/index.ts';
import { readAbandonWindows } from './abandon-windows.ts';
import { reportCsv } from './report-csv.ts';
import { namesOfReport } from './report-names.ts';
import { GROUPINGS, type Grouping } from './report-schema.ts';
import { type Report, readReport } from './reports-read-model.ts';

const tag = 'Reports';
const ROLES = ['admin', 'manager', 'marketer'] as const;
/** Campaigns of one report. */
const MOST_CAMPAIGNS = 1_000;

const groupBy = z
  .string()
  .max(100)
  .default('')
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(z.enum(GROUPINGS)).max(4))
  .meta({
    override: {
      type: 'string',
      description: `Any of ${GROUPINGS.join(', ')}, with commas`,
      example: 'campaign,day',
    },
  });

const quarter = z.coerce.number().int().min(0).meta({ description: 'UTC ms, a full quarter of an hour' });

const query = {
  from: quarter,
  to: quarter,
  groupBy,
  timeZone: z
    .string()
    .max(64)
    .refine(isKnownZone, { params: { code: 'unknown_time_zone' } })
    .default('UTC'),
  campaignId: idField.optional().meta({ description: 'All that the viewer sees when absent' }),
};
const reportQuery = z.strictObject(query);
const csvQuery = z.strictObject({ ...query, locale: z.enum(['en', 'zh-CN']).default('en') });
const rangeQuery = z.strictObject({ from: quarter, to: quarter });

const count = z.int();
const rate = z.number().nullable();
const figures = {
  leads: count.nullable(),
  attempts: count,
  attemptedLeads: count,
  answered: count,
  contacts: count,
  contactedLeads: count,
  rightPersons: count,
  sales: count,
  refusals: count,
  callbacks: count,
  doNotCalls: count,
  abandoned: count,
  hungUpWaiting: count,
  machines: count,
  noAnswers: count,
  busies: count,
  rejections: count,
  invalids: count,
  failures: count,
  ringMs: count,
  waitMs: count,
  talkMs: count,
  wrapUpMs: count,
  penetration: rate,
  contactRate: rate,
  leadContactRate: rate,
  rightPersonRate: rate,
  conversionRate: rate,
  listConversionRate: rate,
  attemptsPerContact: rate,
  abandonRate: rate,
  averageTalkMs: rate,
  averageWrapUpMs: rate,
};

const keys = z.partialRecord(z.enum(GROUPINGS), z.string());
const reportSchema = z
  .object({
    from: instantField,
    to: instantField,
    timeZone: z.string(),
    groupBy: z.array(z.enum(GROUPINGS)),
    lines: z.array(
      z.object({
        key: keys,
        names: keys.meta({ description: 'Names of the ids in `key`, as far as there are any' }),
        ...figures,
      }),
    ),
    total: z.object(figures),
  })
  .meta({ id: 'Report' });

const abandonSchema = z.object({
  items: z.array(
    z.object({
      start: instantField,
      end: instantField,
      answered: count,
      abandoned: count,
      hungUpWaiting: count,
      rate,
    }),
  ),
});

/** The abandon window of a campaign that the viewer may see; throws for another. */
export type AbandonWindowOf = (queries: Queries, viewer: Viewer, campaignId: Id) => Promise<AbandonWindow>;

export function reportRoutes(abandonWindowOf: AbandonWindowOf): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/reports',
      roles: ROLES,
      tag,
      summary: 'List → attempted → contacted → right person → sale, with rates, from the aggregates',
      description:
        'A call counts at the instant it was ordered. Rates are fractions, null where nothing can be divided.',
      query: reportQuery,
      response: reportSchema,
      handler: async (call) => {
        const { report, nameOf } = await namedReport(call);
        const lines = report.lines.map((line) => ({ ...line, names: namesOfLine(line.key, nameOf) }));
        return { ...report, lines };
      },
    }),
    defineDownload({
      method: 'get',
      path: '/reports/file',
      roles: ROLES,
      tag,
      summary: 'The same report as CSV, headed in the language asked for',
      query: csvQuery,
      produces: 'text/csv',
      handler: async (call) => {
        const { report, nameOf } = await namedReport(call);
        return { fileName: 'report.csv', content: reportCsv(report, { locale: call.query.locale, nameOf }) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/campaigns/:campaignId/abandon-windows',
      roles: ROLES,
      tag,
      summary: "The campaign's abandon rate by legal window",
      params: z.object({ campaignId: idField }),
      query: rangeQuery,
      response: abandonSchema,
      handler: async ({ queries, viewer, params, query: { from, to } }) => {
        const window = await abandonWindowOf(queries, viewer, params.campaignId);
        return {
          items: await readAbandonWindows(queries, { campaignId: params.campaignId, window, from, to }),
        };
      },
    }),
  ];
}

type NameOf = (grouping: Grouping, id: string) => string | undefined;
type ReportCall = Call<unknown, z.output<typeof reportQuery>, unknown>;

async function namedReport({
  queries,
  viewer,
  query,
}: ReportCall): Promise<{ report: Report; nameOf: NameOf }> {
  const { campaignId, from, to, groupBy: groups, timeZone } = query;
  const campaignIds = await campaignsOf(queries, viewer, campaignId);
  // a viewer without campaigns gets an empty report: of a campaign that does not exist
  const ids = campaignIds.length > 0 ? campaignIds : [''];
  const report = await readReport(queries, { campaignIds: ids, from, to, groupBy: groups, timeZone });
  const names = await namesOfReport(queries, report);
  return { report, nameOf: (grouping, id) => names.get(`${grouping} ${id}`) };
}

async function campaignsOf(queries: Queries, viewer: Viewer, campaignId: Id | undefined): Promise<Id[]> {
  const found = queries.knex('campaigns').orderBy('id', 'desc').limit(MOST_CAMPAIGNS).select('id');
  if (campaignId) found.where('id', campaignId);
  const rows: { id: Id }[] = await scoped(found, viewer);
  if (campaignId && rows.length === 0) {
    throw new DomainError('notFound', 'campaign_not_found', 'There is no such campaign');
  }
  return rows.map((row) => row.id);
}

function namesOfLine(
  key: Partial<Record<Grouping, string>>,
  nameOf: NameOf,
): Partial<Record<Grouping, string>> {
  const names: Partial<Record<Grouping, string>> = {};
  for (const [grouping, id] of Object.entries(key) as [Grouping, string][]) {
    const name = nameOf(grouping, id);
    if (name !== undefined) names[grouping] = name;
  }
  return names;
}
