import { useTranslation } from 'react-i18next';
import type { CampaignSummary } from '../../api/shapes.ts';

interface CampaignListProps {
  campaigns: readonly CampaignSummary[];
  chosenId: string;
  choose(id: string): void;
}

export function CampaignList({ campaigns, chosenId, choose }: CampaignListProps) {
  const { t } = useTranslation();
  return (
    <nav className="panel campaign-list" aria-label={t('live.campaigns')}>
      <header>
        <h2>{t('live.campaigns')}</h2>
      </header>
      <ul>
        {campaigns.map(({ id, name, state, dialMode }) => (
          <li key={id}>
            <button type="button" aria-current={id === chosenId} onClick={() => choose(id)}>
              <span>{name}</span>
              <small>
                <CampaignStateText state={state} /> · {t(`codes.dialMode.${dialMode}`)}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function CampaignStateText({ state }: { state: CampaignSummary['state'] }) {
  const { t } = useTranslation();
  return (
    <span className={`campaign-state campaign-state-${state}`}>{t(`codes.campaignState.${state}`)}</span>
  );
}
