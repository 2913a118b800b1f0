import { useTranslation } from 'react-i18next';
import { localInput } from '../../format/moments.ts';
import { useServices } from '../../session/services.tsx';
import type { DeskDraft, DraftAction } from './desk-draft.ts';

interface CallbackTimeProps {
  draft: DeskDraft;
  act(action: DraftAction): void;
  timeZone: string;
}

const HOUR = 3_600_000;
const SOON = [
  { key: 'in1h', ms: HOUR },
  { key: 'in3h', ms: 3 * HOUR },
  { key: 'tomorrow', ms: 24 * HOUR },
] as const;

/** When to call back, in local time, and whether by this agent or by anyone. */
export function CallbackTime({ draft, act, timeZone }: CallbackTimeProps) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const set = (value: string) => act({ type: 'callbackTime', value });
  return (
    <div className="callback">
      <label>
        <span>{t('desk.callbackTime')}</span>
        <input
          type="datetime-local"
          title={timeZone}
          value={draft.callbackTime}
          min={localInput(clock.now(), timeZone)}
          onChange={(event) => set(event.target.value)}
        />
      </label>
      <div className="callback-soon">
        {SOON.map(({ key, ms }) => (
          <button key={key} type="button" onClick={() => set(localInput(clock.now() + ms, timeZone))}>
            {t(`desk.${key}`)}
          </button>
        ))}
        <label>
          <input
            type="checkbox"
            checked={draft.callbackMine}
            onChange={(event) => act({ type: 'callbackMine', value: event.target.checked })}
          />
          {t('desk.callbackMine')}
        </label>
      </div>
    </div>
  );
}
