import type { AgentView } from '../../api/shapes.ts';

/**
 * Keys of the desk. Function keys and Ctrl+Enter work while the agent writes a note; digits and letters only when
 * they do not. F1, F3, F5–F7, F10–F12 belong to the browser.
 */
export type DeskCommand =
  | {
      type: 'ready' | 'pause' | 'hangUp' | 'extend' | 'save' | 'dial' | 'skip' | 'note' | 'back' | 'stepBack';
    }
  | { type: 'result'; index: number }
  | { type: 'branch'; index: number };

export interface KeyPress {
  key: string;
  ctrl: boolean;
  alt: boolean;
  /** A field that takes text has the focus. */
  writing: boolean;
}

type State = AgentView['state'];
interface Moment {
  state: State;
  /** A call to say the result of is on the desk. */
  onCall: boolean;
}

const FUNCTION_KEYS: Record<string, DeskCommand> = {
  F2: { type: 'ready' },
  F4: { type: 'pause' },
  F8: { type: 'hangUp' },
  F9: { type: 'extend' },
};

/** What a key asks for in this state; undefined: it is not ours, the browser has it. */
export function deskCommand(press: KeyPress, moment: Moment): DeskCommand | undefined {
  if (press.alt) return undefined;
  if (press.ctrl) return press.key === 'Enter' && moment.onCall ? { type: 'save' } : undefined;
  const known = FUNCTION_KEYS[press.key];
  if (known) return isPossible(known.type, moment) ? known : undefined;
  if (press.key === 'Escape' && moment.onCall) return { type: 'back' };
  if (press.writing) return undefined;
  if (moment.state === 'reserved' && !moment.onCall) return previewCommand(press.key);
  return moment.onCall ? callCommand(press.key) : undefined;
}

function previewCommand(key: string): DeskCommand | undefined {
  if (key === 'Enter') return { type: 'dial' };
  return key.toLowerCase() === 's' ? { type: 'skip' } : undefined;
}

function callCommand(key: string): DeskCommand | undefined {
  if (/^[1-9]$/.test(key)) return { type: 'result', index: Number(key) - 1 };
  if (key === 'Backspace') return { type: 'stepBack' };
  const letter = key.toLowerCase();
  if (letter === 'n') return { type: 'note' };
  const index = BRANCH_KEYS.indexOf(letter);
  return key.length === 1 && index >= 0 ? { type: 'branch', index } : undefined;
}

/** Keys of the script's branches; without `n`, which is the note's. */
export const BRANCH_KEYS = 'abcdefghijkl';

/** Whether the state allows a command; the buttons are grey by the same rule. */
export function isPossible(type: DeskCommand['type'], { state, onCall }: Moment): boolean {
  switch (type) {
    case 'ready':
      return state === 'paused' && !onCall; // the result comes first
    case 'pause':
      return state !== 'paused' && state !== 'signedOff';
    case 'hangUp':
      return state === 'connected';
    case 'extend':
      return state === 'wrapUp';
    default:
      return true;
  }
}
