import type { FloorCount } from './floor-count.ts';
import type { DialMode } from './pacing-types.ts';
import type { ForecastMoment } from './predictive.ts';

/**
 * What held the last decision where it is. `agents`: no agent is free for more; `budget`: the abandon window
 * allows no more than progressive dialing; `risk`: the next call's risk is over the limit.
 */
export type BoundBy =
  | 'preview'
  | 'noAgents'
  | 'agents'
  | 'ratio'
  | 'risk'
  | 'budget'
  | 'maxLines'
  | 'maxLinesPerAgent'
  | 'maxCallsPerSecond';

/** The last decision with its inputs: enough to say to a manager why this many calls were placed. */
export interface Explanation {
  /** UTC ms of the view. */
  at: number;
  mode: DialMode;
  calls: number;
  boundBy: BoundBy;
  floor: FloorCount;
  /** The believed chance that a call is answered by a person, on the cautious side. */
  answerRate: number;
  window: { answered: number; abandoned: number; limit: number; left: number };
  /** In predictive mode: the risk of the next call, its limit and the moments looked at. */
  predictive?: { risk: number; riskLimit: number; forecast: ForecastMoment[] };
}
