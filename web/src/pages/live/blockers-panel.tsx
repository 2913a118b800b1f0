import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Awaiting } from '../../parts/states.tsx';
import { useCodeText } from '../../parts/use-code-text.ts';
import { useServices } from '../../session/services.tsx';

/** What a draft still lacks before it can be started. */
export function BlockersPanel({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const text = useCodeText();
  const query = useQuery({
    queryKey: ['campaigns', campaignId, 'blockers'],
    queryFn: ({ signal }) =>
      api.call('GET /campaigns/{campaignId}/blockers', { params: { campaignId }, signal }),
  });
  const { data } = query;
  return (
    <section className="panel diagnosis" aria-label={t('live.blockers')}>
      <header>
        <h2>{t('live.blockers')}</h2>
      </header>
      <Awaiting query={query} />
      {data?.blockers.length === 0 && <p className="panel-text">{t('live.noBlockers')}</p>}
      <ul className="blockers">
        {data?.blockers.map(({ code, params }) => (
          <li key={`${code} ${JSON.stringify(params)}`}>{text.code('blocker', code, params)}</li>
        ))}
      </ul>
    </section>
  );
}
