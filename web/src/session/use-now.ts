import { useEffect, useState } from 'react';
import { useServices } from './services.tsx';

/** The server's time, renewed every `everyMs`: for what ticks on the screen. */
export function useNow(everyMs = 1_000): number {
  const { clock } = useServices();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => clock.every(everyMs, () => setNow(clock.now())), [clock, everyMs]);
  return now;
}
