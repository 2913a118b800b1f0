import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../api/shapes.ts';
import { clockDuration } from '../../format/duration.ts';
import { useFormat } from '../../parts/use-format.ts';

/** The agent's own numbers of the day. */
export function TodayLine({ today }: { today: DeskView['today'] }) {
  const { t } = useTranslation();
  const { whole } = useFormat();
  return (
    <dl className="today" aria-label={t('desk.today')}>
      <div>
        <dt>{t('desk.callsToday')}</dt>
        <dd>{whole(today.calls)}</dd>
      </div>
      <div>
        <dt>{t('desk.salesToday')}</dt>
        <dd>{whole(today.sales)}</dd>
      </div>
      <div>
        <dt>{t('desk.talkToday')}</dt>
        <dd>{clockDuration(today.talkMs)}</dd>
      </div>
    </dl>
  );
}
