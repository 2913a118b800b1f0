import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../session/services.tsx';
import { REPORT_GROUPS, type ReportGroup } from './report-measures.ts';

interface ReportFiltersProps {
  groupBy: ReportGroup;
  setGroupBy(group: ReportGroup): void;
  days: number;
  setDays(days: number): void;
  campaignId: string | undefined;
  setCampaignId(id: string | undefined): void;
  /** Address of the same report as a file. */
  csv: string;
}

const DAYS = [1, 7, 30, 90];

export function ReportFilters(props: ReportFiltersProps) {
  const { t } = useTranslation();
  const { api } = useServices();
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api.call('GET /campaigns', { query: { limit: 200 }, signal }),
  });
  return (
    <section className="report-filters" aria-label={t('report.filters')}>
      <Segmented
        value={props.days}
        onChange={props.setDays}
        options={DAYS.map((days) => ({ value: days, label: t(`report.days.${days}`) }))}
      />
      <Select
        className="report-campaign"
        aria-label={t('report.campaign')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('report.allCampaigns')}
        value={props.campaignId}
        onChange={(id: string | undefined) => props.setCampaignId(id)}
        options={campaigns.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      />
      <span className="rest" />
      <span className="faint">{t('report.groupBy')}</span>
      <Segmented
        value={props.groupBy}
        onChange={props.setGroupBy}
        options={REPORT_GROUPS.map((group) => ({ value: group, label: t(`report.group.${group}`) }))}
      />
      <Button href={props.csv} download>
        {t('report.csv')}
      </Button>
    </section>
  );
}
