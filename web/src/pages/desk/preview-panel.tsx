import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../api/shapes.ts';
import { countdown } from '../../format/duration.ts';
import { EmptyState } from '../../parts/states.tsx';
import { useNow } from '../../session/use-now.ts';
import type { DeskCommand } from './desk-keys.ts';

interface PreviewPanelProps {
  agent: AgentView;
  run(command: DeskCommand): void;
  busy: boolean;
}

/** Before the call: dial or skip while the time runs; then until somebody answers. */
export function PreviewPanel({ agent, run, busy }: PreviewPanelProps) {
  const { t } = useTranslation();
  const now = useNow(250);
  const previewing = agent.state === 'reserved' && agent.work?.attemptId === null;
  return (
    <section className="panel preview" aria-label={t('desk.preview')}>
      {previewing ? (
        <>
          <h2>{t('desk.preview')}</h2>
          {agent.endsAt !== null && (
            <time className={agent.endsAt - now < 10_000 ? 'preview-time soon' : 'preview-time'}>
              {countdown(agent.endsAt - now)}
            </time>
          )}
          <p className="faint">{t('desk.previewHint')}</p>
          <Button type="primary" size="large" block disabled={busy} onClick={() => run({ type: 'dial' })}>
            {t('desk.dial')} <kbd>Enter</kbd>
          </Button>
          <Button block disabled={busy} onClick={() => run({ type: 'skip' })}>
            {t('desk.skip')} <kbd>S</kbd>
          </Button>
        </>
      ) : (
        <EmptyState title={t('desk.dialing')} hint={t('desk.dialingHint')} />
      )}
    </section>
  );
}
