import { useTranslation } from 'react-i18next';
import { clockDuration } from '../format/duration.ts';
import { useServices } from '../session/services.tsx';
import { useNow } from '../session/use-now.ts';
import { useConnection } from '../session/use-stream.ts';

/** Says so while nothing new comes in: what is on the screen may be old. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const { stream } = useServices();
  const { status, since } = useConnection();
  const now = useNow();
  if (status !== 'lost') return <span role="status" />;
  return (
    <span role="status" className="notice notice-bad">
      {t('shell.connectionLost', { for: clockDuration(now - since) })}
      <button type="button" className="link-button" onClick={() => stream.retryNow()}>
        {t('shell.tryNow')}
      </button>
    </span>
  );
}
