import type { Disposition } from '../../api/shapes.ts';

/** What the agent has written and chosen for the call on the desk; kept over a reload until it is sent. */
export interface DeskDraft {
  /** The attempt it is about. */
  attemptId: string;
  /** Steps of the script walked through, the last one is shown; empty: its start. */
  path: readonly string[];
  /** Required steps that were said. */
  said: readonly string[];
  groupId: string | null;
  dispositionId: string | null;
  note: string;
  /** Local time at the customer, `2026-11-23T20:30`. */
  callbackTime: string;
  callbackMine: boolean;
  /** The result is on the server; only the call itself goes on. */
  sent: boolean;
}

export type DraftAction =
  | { type: 'call'; attemptId: string }
  | { type: 'choose'; id: string }
  | { type: 'back' }
  | { type: 'note'; text: string }
  | { type: 'callbackTime'; value: string }
  | { type: 'callbackMine'; value: boolean }
  | { type: 'goTo'; stepId: string }
  | { type: 'stepBack' }
  | { type: 'say'; stepId: string }
  | { type: 'sent' };

export function emptyDraft(attemptId: string): DeskDraft {
  return {
    attemptId,
    path: [],
    said: [],
    groupId: null,
    dispositionId: null,
    note: '',
    callbackTime: '',
    callbackMine: true,
    sent: false,
  };
}

/** The longest walk through a script that is remembered: branches can lead in circles. */
const MOST_STEPS = 100;

/** The next draft. `dispositions` tells groups from what can be chosen. */
export function stepDraft(
  draft: DeskDraft,
  action: DraftAction,
  dispositions: readonly Disposition[],
): DeskDraft {
  switch (action.type) {
    case 'call':
      return action.attemptId === draft.attemptId ? draft : emptyDraft(action.attemptId);
    case 'choose':
      return chosen(draft, action.id, dispositions);
    case 'back':
      return { ...draft, groupId: null, dispositionId: null };
    case 'note':
      return { ...draft, note: action.text };
    case 'callbackTime':
      return { ...draft, callbackTime: action.value };
    case 'callbackMine':
      return { ...draft, callbackMine: action.value };
    case 'goTo':
      return { ...draft, path: [...draft.path, action.stepId].slice(-MOST_STEPS) };
    case 'stepBack':
      return { ...draft, path: draft.path.slice(0, -1) };
    case 'say':
      return draft.said.includes(action.stepId) ? draft : { ...draft, said: [...draft.said, action.stepId] };
    case 'sent':
      return { ...emptyDraft(draft.attemptId), path: draft.path, said: draft.said, sent: true };
  }
}

function chosen(draft: DeskDraft, id: string, dispositions: readonly Disposition[]): DeskDraft {
  const one = dispositions.find((disposition) => disposition.id === id);
  if (!one) return draft;
  if (isGroup(one, dispositions)) return { ...draft, groupId: id, dispositionId: null };
  return { ...draft, groupId: one.parentId, dispositionId: id };
}

export function isGroup({ id }: Disposition, dispositions: readonly Disposition[]): boolean {
  return dispositions.some((one) => one.parentId === id);
}

/** What can be chosen now: the groups and single results, or the reasons of the group that was opened. */
export function shownDispositions(
  { groupId }: DeskDraft,
  dispositions: readonly Disposition[],
): Disposition[] {
  return dispositions
    .filter((one) => one.active && one.parentId === groupId)
    .sort((a, b) => a.position - b.position);
}

export type DraftFault = 'noResult' | 'noNote' | 'noCallbackTime' | 'callbackPast';

/** What is missing before the result can be sent. `localNow`: the time at the customer, in the form of the draft's. */
export function draftFaults(
  draft: DeskDraft,
  dispositions: readonly Disposition[],
  localNow: string,
): DraftFault[] {
  const one = dispositions.find((disposition) => disposition.id === draft.dispositionId);
  if (!one) return ['noResult'];
  const faults: DraftFault[] = [];
  if (one.needsNote && draft.note.trim() === '') faults.push('noNote');
  if (one.needsCallbackTime && draft.callbackTime === '') faults.push('noCallbackTime');
  else if (one.needsCallbackTime && draft.callbackTime <= localNow) faults.push('callbackPast');
  return faults;
}

/** The stored text of a draft, if it is one; anything else counts as none. */
export function readDraft(text: string | null): DeskDraft | undefined {
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<DeskDraft>;
    const whole =
      typeof value.attemptId === 'string' && typeof value.note === 'string' && Array.isArray(value.path);
    return whole ? { ...emptyDraft(''), ...value } : undefined;
  } catch {
    return undefined;
  }
}
