import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CampaignState, CampaignSummary, LifecycleAction } from '../../api/shapes.ts';
import { ProblemLine } from '../../parts/states.tsx';
import { useServices } from '../../session/services.tsx';
import { useMe } from '../../session/use-me.ts';

const ACTIONS: Partial<Record<CampaignState, LifecycleAction>> = {
  draft: 'makeReady',
  ready: 'start',
  running: 'pause',
  paused: 'resume',
};

/** The one step that a campaign takes next, for those who may take it. */
export function LifecycleButtons({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const queries = useQueryClient();
  const { data: me } = useMe();
  const { id, state, version } = campaign;
  const act = useMutation({
    mutationFn: (action: LifecycleAction) =>
      api.call('POST /campaigns/{campaignId}/lifecycle', {
        params: { campaignId: id },
        body: { action, version },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  });
  const action = ACTIONS[state];
  if (!action || (me?.user.role !== 'manager' && me?.user.role !== 'admin')) return null;
  return (
    <>
      <ProblemLine error={act.error} />
      <Button
        type={action === 'pause' ? 'default' : 'primary'}
        title={t(`live.actionHint.${action}`)}
        loading={act.isPending}
        onClick={() => act.mutate(action)}
      >
        {t(`live.action.${action}`)}
      </Button>
    </>
  );
}
