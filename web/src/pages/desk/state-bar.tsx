import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../api/shapes.ts';
import { clockDuration, countdown } from '../../format/duration.ts';
import { AgentState } from '../../parts/agent-state.tsx';
import { useNow } from '../../session/use-now.ts';
import type { DeskCommand } from './desk-keys.ts';
import { isPossible } from './desk-keys.ts';
import { PauseMenu } from './pause-menu.tsx';
import { TodayLine } from './today-line.tsx';
import type { useDeskOrder } from './use-desk.ts';

interface StateBarProps {
  desk: DeskView;
  order: ReturnType<typeof useDeskOrder>;
  run(command: DeskCommand): void;
  pauseMenu: { open: boolean; close(): void };
  /** The result of a call is still to be said. */
  onCall: boolean;
}

/** The agent's state and its time, what ends by itself, and what can be done about it. */
export function StateBar({ desk, order, run, pauseMenu, onCall }: StateBarProps) {
  const { t } = useTranslation();
  const { agent, campaign, today } = desk;
  const moment = { state: agent.state, onCall };
  const button = (type: 'ready' | 'hangUp' | 'extend') => ({
    disabled: order.isPending || !isPossible(type, moment),
    onClick: () => run({ type }),
  });
  const busy = agent.state !== 'available' && agent.state !== 'paused';
  const idle = !busy && !agent.work;
  return (
    <section className={`panel state-bar state-bar-${agent.state}`} aria-label={t('desk.state')}>
      <div className="state-now" role="status">
        <AgentState state={agent.state} reason={agent.state === 'paused' ? agent.reason : ''} />
      </div>
      <Ticking since={agent.since} endsAt={agent.endsAt} />
      <div className="state-buttons">
        {agent.state === 'paused' && (
          <Button type="primary" {...button('ready')}>
            {t('desk.ready')} <kbd>F2</kbd>
          </Button>
        )}
        {agent.state === 'connected' && (
          <Button danger type="primary" {...button('hangUp')}>
            {t('desk.hangUp')} <kbd>F8</kbd>
          </Button>
        )}
        {agent.state === 'wrapUp' && agent.canExtend && (
          <Button {...button('extend')}>
            {t('desk.extend')} <kbd>F9</kbd>
          </Button>
        )}
        {agent.state !== 'paused' && (
          <span className="pause-place">
            <Button disabled={order.isPending} onClick={() => run({ type: 'pause' })}>
              {t(busy ? 'desk.pauseAfter' : 'desk.pause')} <kbd>F4</kbd>
            </Button>
            {pauseMenu.open && (
              <PauseMenu
                choose={(reason) => {
                  order.mutate({ type: 'pause', reason });
                  pauseMenu.close();
                }}
                close={pauseMenu.close}
              />
            )}
          </span>
        )}
        {idle && (
          <Button type="text" disabled={order.isPending} onClick={() => order.mutate({ type: 'end' })}>
            {t('desk.getUp')}
          </Button>
        )}
      </div>
      <span className="state-campaign">{campaign?.name}</span>
      <TodayLine today={today} />
    </section>
  );
}

/** Time in this state, and the time that is left when it ends by itself. */
function Ticking({ since, endsAt }: { since: number; endsAt: number | null }) {
  const { t } = useTranslation();
  const now = useNow(250);
  if (endsAt === null) return <time className="state-time">{clockDuration(now - since)}</time>;
  const left = endsAt - now;
  const whole = Math.max(1, endsAt - since);
  return (
    <div className={left < 10_000 ? 'state-left state-left-soon' : 'state-left'}>
      <time className="state-time" title={t('desk.timeLeft')}>
        {countdown(left)}
      </time>
      <span className="meter" aria-hidden="true">
        <i
          className="state-left-bar"
          style={{ width: `${Math.min(100, Math.max(0, (left / whole) * 100))}%` }}
        />
      </span>
    </div>
  );
}
