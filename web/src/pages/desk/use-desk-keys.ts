import { useEffect, useRef } from 'react';
import { type DeskCommand, deskCommand } from './desk-keys.ts';

type Moment = Parameters<typeof deskCommand>[1];

/** Listens for the desk's keys on the whole page while `moment` is given. */
export function useDeskKeys(moment: Moment | undefined, run: (command: DeskCommand) => void): void {
  const latest = useRef({ moment, run });
  useEffect(() => {
    latest.current = { moment, run };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { moment: now, run: act } = latest.current;
      if (!now || event.repeat || event.isComposing || onButton(event)) return;
      const { key, altKey: alt } = event;
      const press = { key, alt, ctrl: event.ctrlKey || event.metaKey, writing: isWriting(event.target) };
      const command = deskCommand(press, now);
      if (!command) return;
      event.preventDefault();
      act(command);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Enter on a button that has the focus is that button's. */
function onButton({ key, target, ctrlKey }: KeyboardEvent): boolean {
  return (
    key === 'Enter' && !ctrlKey && target instanceof Element && target.closest('button, a, select') !== null
  );
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
