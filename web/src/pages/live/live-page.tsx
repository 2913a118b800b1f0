import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CampaignSummary } from '../../api/shapes.ts';
import { Awaiting, EmptyState } from '../../parts/states.tsx';
import { useServices } from '../../session/services.tsx';
import { CampaignFloor } from './campaign-floor.tsx';
import { CampaignList } from './campaign-list.tsx';
import './live.css';

const ALIVE = ['running', 'paused', 'ready', 'draft', 'finished', 'archived'];

/** All campaigns, and one of them as it runs. */
export function LivePage() {
  const { t } = useTranslation();
  const { api } = useServices();
  const [search, setSearch] = useSearchParams();
  const query = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api.call('GET /campaigns', { query: { limit: 200 }, signal }),
    refetchInterval: 15_000,
  });
  const { data } = query;
  if (!data) return <Awaiting query={query} rows={8} />;
  const campaigns = [...data.items].sort((a, b) => ALIVE.indexOf(a.state) - ALIVE.indexOf(b.state));
  const chosen = chosenOf(campaigns, search.get('campaign'));
  if (!chosen) return <EmptyState title={t('live.noCampaigns')} hint={t('live.noCampaignsHint')} />;
  const choose = (id: string) => setSearch({ campaign: id }, { replace: true });
  return (
    <main className="live">
      <CampaignList campaigns={campaigns} chosenId={chosen.id} choose={choose} />
      <CampaignFloor key={chosen.id} campaign={chosen} />
    </main>
  );
}

function chosenOf(campaigns: readonly CampaignSummary[], id: string | null): CampaignSummary | undefined {
  return campaigns.find((one) => one.id === id) ?? campaigns[0];
}
