import { useCallback, useEffect, useRef, useState } from 'react';

const LOCK = 'dialwright.desk';

/** Whether this tab is the one that the desk is worked in. */
export type DeskPlace = 'here' | 'otherTab';

/**
 * One desk per browser: the tab that holds the lock. Another tab waits, takes over when the first is closed, or at
 * once when the agent asks for it there.
 */
export function useDeskLock(): { place: DeskPlace; takeOver(): void } {
  const [place, setPlace] = useState<DeskPlace>('here');
  const release = useRef<() => void>(undefined);
  const hold = useCallback(() => {
    setPlace('here');
    return new Promise<void>((resolve) => {
      release.current = resolve;
    });
  }, []);
  const lost = useCallback(() => setPlace('otherTab'), []);
  useEffect(() => {
    if (!navigator.locks) return; // an address that is neither https nor localhost: tabs cannot be told apart
    const given = new AbortController();
    void waitForLock({ hold, lost, signal: given.signal });
    return () => {
      given.abort();
      release.current?.();
    };
  }, [hold, lost]);
  const takeOver = useCallback(
    () => void navigator.locks.request(LOCK, { steal: true }, hold).catch(lost),
    [hold, lost],
  );
  return { place, takeOver };
}

async function waitForLock({
  hold,
  lost,
  signal,
}: {
  hold(): Promise<void>;
  lost(): void;
  signal: AbortSignal;
}) {
  const gone = () => {
    if (!signal.aborted) lost();
  };
  const free = await navigator.locks
    .request(LOCK, { ifAvailable: true }, async (lock) => {
      if (signal.aborted) return true;
      if (!lock) return false;
      await hold();
      return true;
    })
    .catch(gone);
  if (free === false) gone();
  // also when it was taken away: the desk comes back here when the other tab is closed
  while (!signal.aborted) await navigator.locks.request(LOCK, { signal }, hold).catch(gone);
}
