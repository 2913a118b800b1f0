export { createPacer } from './create-pacer.ts';
export type { BoundBy, Explanation } from './explanation.ts';
export type { FloorCount } from './floor-count.ts';
export type { PacerSnapshot } from './pacer-snapshot.ts';
export type {
  AbandonWindow,
  DialMode,
  Pacer,
  PacerChanges,
  PacerOptions,
  PacingObservation,
  PacingPrior,
  PacingView,
  ViewedAgent,
  ViewedLine,
  WaitingPerson,
} from './pacing-types.ts';
export type { ForecastMoment } from './predictive.ts';
