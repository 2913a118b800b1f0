import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskView, Disposition } from '../../api/shapes.ts';
import { EmptyState } from '../../parts/states.tsx';
import { CallbackTime } from './callback-time.tsx';
import {
  type DeskDraft,
  type DraftAction,
  type DraftFault,
  isGroup,
  shownDispositions,
} from './desk-draft.ts';

interface ResultPanelProps {
  desk: DeskView;
  draft: DeskDraft;
  act(action: DraftAction): void;
  note: RefObject<HTMLTextAreaElement | null>;
  save: { send(): void; faults: readonly DraftFault[]; busy: boolean };
}

/** How the call went: a result in two levels, a note, the time of a callback. */
export function ResultPanel({ desk, draft, act, note, save }: ResultPanelProps) {
  const { t } = useTranslation();
  const noteId = useId();
  if (draft.sent) {
    return (
      <section className="panel result">
        <EmptyState title={t('desk.saved')} hint={t('desk.savedHint')} />
      </section>
    );
  }
  const chosen = desk.dispositions.find((one) => one.id === draft.dispositionId);
  const atNote = (area: TextAreaRef | null) => {
    note.current = area?.resizableTextArea?.textArea ?? null;
  };
  return (
    <section className="panel result" aria-label={t('desk.result')}>
      <div className="result-body">
        <Choices desk={desk} draft={draft} act={act} />
        {chosen?.needsCallbackTime && (
          <CallbackTime draft={draft} act={act} timeZone={desk.campaign?.timeZone ?? 'UTC'} />
        )}
        <label className="result-note" htmlFor={noteId}>
          <span>
            {t(chosen?.needsNote ? 'desk.noteNeeded' : 'desk.note')} <kbd>N</kbd>
          </span>
          <Input.TextArea
            id={noteId}
            ref={atNote}
            value={draft.note}
            maxLength={2_000}
            onChange={(event) => act({ type: 'note', text: event.target.value })}
          />
        </label>
      </div>
      <div className="result-end">
        {save.faults.length > 0 && (
          <p className="problem-line" role="alert">
            {save.faults.map((fault) => t(`desk.fault.${fault}`)).join(' ')}
          </p>
        )}
        <Button type="primary" block loading={save.busy} onClick={save.send}>
          {t('desk.save')}
          <span>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </span>
        </Button>
      </div>
    </section>
  );
}

function Choices({ desk, draft, act }: Pick<ResultPanelProps, 'desk' | 'draft' | 'act'>) {
  const { t, i18n } = useTranslation();
  const label = (one: Disposition) => (i18n.language === 'zh-CN' ? one.label.zh : one.label.en);
  const group = desk.dispositions.find((one) => one.id === draft.groupId);
  return (
    <fieldset className="result-choices">
      <legend>
        {group ? (
          <button type="button" className="plain-button" onClick={() => act({ type: 'back' })}>
            ‹ {label(group)} <kbd>Esc</kbd>
          </button>
        ) : (
          t('desk.result')
        )}
      </legend>
      {shownDispositions(draft, desk.dispositions).map((one, index) => (
        <button
          key={one.id}
          type="button"
          className={`choice choice-${one.category}`}
          aria-pressed={one.id === draft.dispositionId}
          onClick={() => act({ type: 'choose', id: one.id })}
        >
          {index < 9 ? <kbd>{index + 1}</kbd> : <span />}
          {label(one)}
          {isGroup(one, desk.dispositions) && (
            <i className="choice-more" aria-hidden="true">
              ›
            </i>
          )}
        </button>
      ))}
    </fieldset>
  );
}
