import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeUrl } from '../../api/route-url.ts';
import { Awaiting, EmptyState } from '../../parts/states.tsx';
import { useServices } from '../../session/services.tsx';
import { Funnel } from './funnel.tsx';
import { ReportFilters } from './report-filters.tsx';
import { lastDays, type ReportGroup } from './report-measures.ts';
import { ReportTable } from './report-table.tsx';
import './report.css';

/** From list to sale, by whatever the reader groups it. */
export function ReportPage() {
  const { t, i18n } = useTranslation();
  const { api, clock } = useServices();
  const [groupBy, setGroupBy] = useState<ReportGroup>('campaign');
  const [days, setDays] = useState(7);
  const [campaignId, setCampaignId] = useState<string>();
  const span = lastDays(clock.now(), days);
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const query = { groupBy, timeZone, ...span, ...(campaignId && { campaignId }) };
  const report = useQuery({
    queryKey: ['reports', query],
    queryFn: ({ signal }) => api.call('GET /reports', { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const { data } = report;
  const csv = routeUrl('GET /reports/file', {}, { ...query, locale: i18n.language }).url;
  return (
    <main className="report" aria-busy={report.isPlaceholderData}>
      <ReportFilters {...{ groupBy, setGroupBy, days, setDays, campaignId, setCampaignId, csv }} />
      <Awaiting query={report} rows={8} />
      {data?.lines.length === 0 && (
        <section className="panel">
          <EmptyState title={t('report.empty')} hint={t('report.emptyHint')} />
        </section>
      )}
      {data && data.lines.length > 0 && (
        <>
          <Funnel total={data.total} />
          <ReportTable report={data} groupBy={data.groupBy[0] ?? groupBy} />
          <p className="faint">{t('report.zone', { timeZone: data.timeZone })}</p>
        </>
      )}
    </main>
  );
}
