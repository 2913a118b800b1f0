import type { LiveSnapshot } from '../../api/shapes.ts';

/** One point of the chart. */
export interface LiveSample {
  at: number;
  ringing: number;
  waiting: number;
  connected: number;
  available: number;
}

/** How far the chart looks back. */
export const HISTORY_MS = 10 * 60_000;

export function sampleOf({ at, calls, agents }: LiveSnapshot): LiveSample {
  const available = agents.filter((agent) => agent.state === 'available').length;
  return { at, ...calls, available };
}

/** The history with one more sample: in order, without what is too old; a sample that is late or twice is left out. */
export function addSample(history: readonly LiveSample[], sample: LiveSample): readonly LiveSample[] {
  const last = history.at(-1);
  if (last && sample.at <= last.at) return history;
  return [...history.filter((one) => one.at > sample.at - HISTORY_MS), sample];
}
