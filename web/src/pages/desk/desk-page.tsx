import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState, LoadingState, ProblemPanel } from '../../parts/states.tsx';
import { useDesk } from './use-desk.ts';
import './desk.css';
import { ChooseCampaign } from './choose-campaign.tsx';
import { Desk } from './desk.tsx';
import { useDeskLock } from './use-desk-lock.ts';

/** The agent's desk: one screen, worked by keyboard, in one tab of the browser. */
export function DeskPage() {
  const { t } = useTranslation();
  const { place, takeOver } = useDeskLock();
  const { data: desk, error, refetch } = useDesk();
  if (place === 'otherTab') {
    return (
      <main className="page-centre">
        <EmptyState title={t('desk.otherTab')} hint={t('desk.otherTabHint')}>
          <Button type="primary" onClick={takeOver}>
            {t('desk.takeOver')}
          </Button>
        </EmptyState>
      </main>
    );
  }
  if (!desk && error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!desk) return <LoadingState rows={6} />;
  return desk.agent.state === 'signedOff' ? (
    <ChooseCampaign today={desk.today} />
  ) : (
    <Desk desk={desk} stale={error} />
  );
}
