import { useTranslation } from 'react-i18next';
import type { RenderedScript, RenderedStep } from '../../api/shapes.ts';
import { EmptyState } from '../../parts/states.tsx';
import type { DeskDraft, DraftAction } from './desk-draft.ts';
import { BRANCH_KEYS } from './desk-keys.ts';

interface ScriptPanelProps {
  script: RenderedScript | null;
  draft: DeskDraft;
  act(action: DraftAction): void;
}

/** The step that the walk through the script has come to; its start when it leads nowhere. */
export function shownStep(script: RenderedScript, { path }: DeskDraft): RenderedStep | undefined {
  const id = path.at(-1) ?? script.start;
  return script.steps.find((step) => step.id === id) ?? script.steps[0];
}

/** What to say now, and where the customer's answer leads. */
export function ScriptPanel({ script, draft, act }: ScriptPanelProps) {
  const { t } = useTranslation();
  const step = script && shownStep(script, draft);
  if (!step) {
    return (
      <section className="panel script">
        <EmptyState title={t('desk.noScript')} />
      </section>
    );
  }
  return (
    <section className="panel script" aria-label={t('desk.script')} lang={script.locale}>
      <header>
        <h2>{step.title}</h2>
        {step.required && <Required step={step} draft={draft} act={act} />}
        <span className="rest" />
        {draft.path.length > 0 && (
          <button type="button" className="plain-button" onClick={() => act({ type: 'stepBack' })}>
            {t('desk.stepBack')} <kbd>⌫</kbd>
          </button>
        )}
      </header>
      {/* a new step is read out to those who listen instead of reading */}
      <div className="script-text" key={step.id} aria-live="polite">
        {step.paragraphs.map(({ lines }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one step never change places
          <p key={index}>
            {lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <span key={at}>{line}</span>
            ))}
          </p>
        ))}
        {step.missing.length > 0 && (
          <p className="script-missing">{t('desk.missing', { fields: step.missing.join(', ') })}</p>
        )}
      </div>
      <div className="script-branches">
        {step.branches.map(({ label, goTo }, index) => (
          <button key={`${goTo} ${label}`} type="button" onClick={() => act({ type: 'goTo', stepId: goTo })}>
            {index < BRANCH_KEYS.length && <kbd>{BRANCH_KEYS[index]?.toUpperCase()}</kbd>}
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}

function Required({
  step,
  draft,
  act,
}: {
  step: RenderedStep;
  draft: DeskDraft;
  act(action: DraftAction): void;
}) {
  const { t } = useTranslation();
  const said = draft.said.includes(step.id);
  return (
    <label className={said ? 'script-required said' : 'script-required'}>
      <input
        type="checkbox"
        checked={said}
        disabled={said}
        onChange={() => act({ type: 'say', stepId: step.id })}
      />
      {t('desk.mustSay')}
    </label>
  );
}
