import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

const REASONS = ['break', 'lunch', 'meeting', 'training', 'technical'] as const;

interface PauseMenuProps {
  choose(reason: string): void;
  close(): void;
}

/** The reasons of a pause, by number or by arrow and Enter; Escape or a click elsewhere closes. */
export function PauseMenu({ choose, close }: PauseMenuProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('button')?.focus();
  }, []);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const reason = REASONS[Number(event.key) - 1];
    if (reason) choose(reason);
    else if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
  };
  const move = (by: number) => {
    const buttons = [...(box.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  const onBlur = (event: React.FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };
  return (
    <div
      ref={box}
      className="pause-menu"
      role="menu"
      tabIndex={-1}
      aria-label={t('desk.pauseWhy')}
      {...{ onKeyDown, onBlur }}
    >
      {REASONS.map((reason, index) => (
        <button key={reason} type="button" role="menuitem" onClick={() => choose(reason)}>
          <kbd>{index + 1}</kbd> {t(`codes.pauseReason.${reason}`)}
        </button>
      ))}
    </div>
  );
}
