import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../api/shapes.ts';
import { Awaiting, EmptyState, ProblemLine } from '../../parts/states.tsx';
import { useServices } from '../../session/services.tsx';
import { TodayLine } from './today-line.tsx';
import { useDeskOrder } from './use-desk.ts';

/** Before work: the campaigns that run, one click to sit down at one. */
export function ChooseCampaign({ today }: { today: DeskView['today'] }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const order = useDeskOrder();
  const query = useQuery({
    queryKey: ['campaigns', 'running'],
    queryFn: ({ signal }) => api.call('GET /campaigns', { query: { state: 'running', limit: 100 }, signal }),
  });
  const { data } = query;
  return (
    <main className="choose">
      <section className="panel" aria-label={t('desk.choose')}>
        <header>
          <h2>{t('desk.choose')}</h2>
        </header>
        <Awaiting query={query} />
        {data?.items.length === 0 && <EmptyState title={t('desk.noneRuns')} hint={t('desk.noneRunsHint')} />}
        <ul>
          {data?.items.map(({ id, name, dialMode }, index) => (
            <li key={id} className="choose-row">
              <span className="choose-text">
                <strong>{name}</strong>
                <small>{t(`desk.modeHint.${dialMode}`)}</small>
              </span>
              <Button
                type="primary"
                autoFocus={index === 0}
                disabled={order.isPending}
                onClick={() => order.mutate({ type: 'start', campaignId: id })}
              >
                {t('desk.sitDown')}
              </Button>
            </li>
          ))}
        </ul>
        <ProblemLine error={order.error} />
      </section>
      <TodayLine today={today} />
    </main>
  );
}
