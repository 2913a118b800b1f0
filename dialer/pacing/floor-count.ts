import type { PacingView } from './pacing-types.ts';

/** The floor in numbers. */
export interface FloorCount {
  /** Available agents to whom no ringing call is reserved. */
  idle: number;
  /** Agents logged in and not paused. */
  staffed: number;
  waiting: number;
  /** Ringing lines that any agent may take. */
  shared: number;
  /** Ringing, waiting and connected lines: what the trunks carry. */
  linesUp: number;
}

export function countFloor(view: PacingView): FloorCount {
  const owners = new Set<string>();
  let shared = 0;
  for (const { reservedFor } of view.ringing) {
    if (reservedFor === undefined) shared++;
    else owners.add(reservedFor);
  }
  let idle = 0;
  let staffed = 0;
  let connected = 0;
  for (const { id, state } of view.agents) {
    if (state !== 'paused') staffed++;
    if (state === 'connected') connected++;
    if (state === 'available' && !owners.has(id)) idle++;
  }
  const waiting = view.waiting.length;
  return { idle, staffed, waiting, shared, linesUp: view.ringing.length + waiting + connected };
}

/** One line for each agent who is free and not already spoken for. */
export function progressiveCalls(floor: FloorCount): number {
  return Math.max(0, floor.idle - floor.shared - floor.waiting);
}

/** `ratio` lines for each available agent, rounded down over the floor as a whole. */
export function ratioCalls(floor: FloorCount, ratio: number): number {
  return Math.max(0, Math.floor(ratio * floor.idle + 1e-9) - floor.shared - floor.waiting);
}
