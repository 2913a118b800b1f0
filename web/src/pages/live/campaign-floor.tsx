import { useTranslation } from 'react-i18next';
import type { CampaignSummary } from '../../api/shapes.ts';
import { ProblemPanel } from '../../parts/states.tsx';
import { AgentsTable } from './agents-table.tsx';
import { BlockersPanel } from './blockers-panel.tsx';
import { CampaignStateText } from './campaign-list.tsx';
import { DiagnosisPanel } from './diagnosis-panel.tsx';
import { LifecycleButtons } from './lifecycle-buttons.tsx';
import { LiveChart } from './live-chart.tsx';
import { LiveNumbers } from './live-numbers.tsx';
import { useLive } from './use-live.ts';

/** One campaign as it runs: numbers, the last minutes, agents, and what holds its leads back. */
export function CampaignFloor({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation();
  const { snapshot, history, error } = useLive(campaign.id);
  if (error && !snapshot) return <ProblemPanel error={error} />;
  return (
    <div className="floor">
      <header className="floor-head">
        <h1>{campaign.name}</h1>
        <CampaignStateText state={campaign.state} />
        <span className="faint">
          {t(`codes.dialMode.${campaign.dialMode}`)} · {campaign.timeZone}
        </span>
        <span className="rest" />
        <LifecycleButtons campaign={campaign} />
      </header>
      <LiveNumbers snapshot={snapshot} />
      <div className="floor-middle">
        <LiveChart history={history} />
        {campaign.state === 'draft' ? (
          <BlockersPanel campaignId={campaign.id} />
        ) : (
          <DiagnosisPanel campaign={campaign} snapshot={snapshot} />
        )}
      </div>
      <AgentsTable snapshot={snapshot} />
    </div>
  );
}
