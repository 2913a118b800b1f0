import { useTranslation } from 'react-i18next';
import { useCodeText } from './use-code-text.ts';

/** An agent's state by a colour and in words, with the reason of a pause. */
export function AgentState({ state, reason }: { state: string; reason?: string }) {
  const { t } = useTranslation();
  const text = useCodeText();
  const why = reason ? text.code('pauseReason', reason) : '';
  return (
    <span className={`agent-state agent-state-${state}`}>
      <i aria-hidden="true" />
      {t(`codes.agentState.${state}`)}
      {why && <small>{why}</small>}
    </span>
  );
}
