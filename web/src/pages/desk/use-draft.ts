import { useEffect, useReducer } from 'react';
import type { AgentWork, Disposition } from '../../api/shapes.ts';
import { type DeskDraft, type DraftAction, emptyDraft, readDraft, stepDraft } from './desk-draft.ts';

const STORED = 'dialwright.desk-draft';

/** The draft of the call on the desk, kept in this tab's own storage until it is sent or another call comes. */
export function useDraft(
  work: AgentWork | null,
  dispositions: readonly Disposition[],
): [DeskDraft, (action: DraftAction) => void] {
  const attemptId = work?.attemptId ?? '';
  const [stored, act] = useReducer(
    (draft: DeskDraft, action: DraftAction) => stepDraft(draft, action, dispositions),
    undefined,
    () => readDraft(sessionStorage.getItem(STORED)) ?? emptyDraft(attemptId),
  );
  useEffect(() => {
    if (attemptId !== '') act({ type: 'call', attemptId });
  }, [attemptId]);
  useEffect(() => sessionStorage.setItem(STORED, JSON.stringify(stored)), [stored]);
  // until the effect has run, the draft of the call before must not show
  return [stored.attemptId === attemptId ? stored : emptyDraft(attemptId), act];
}
