import type { Instant } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { CallPolicy } from '../core/call-state.ts';
import type { Pacer, PacingView } from '../pacing/index.ts';
import type { CampaignPlan } from '../ports.ts';
import type { CallerIds } from './caller-ids.ts';
import type { Desk } from './desk.ts';
import { isRinging, isWaiting, type Line } from './line.ts';
import type { LiveCounts } from './live.ts';

/** One campaign's agents and lines as they are now; changed by nobody but its dialer's parts. */
export interface Floor {
  plan: CampaignPlan;
  policy: CallPolicy;
  readonly pacer: Pacer;
  readonly callerIds: CallerIds;
  readonly desks: Map<Id, Desk>;
  readonly lines: Map<Id, Line>;
  /** The last that ended: a sign of life or an opt-out key may still be heard of. */
  readonly ended: Map<Id, Line>;
  readonly counts: LiveCounts;
}

/** The floor as the pacer is shown it. Every ordered call stands in it, acknowledged or not. */
export function pacingView(floor: Floor, now: Instant): PacingView {
  const view: PacingView = { now, agents: [], ringing: [], waiting: [] };
  for (const desk of floor.desks.values()) view.agents.push(desk.pacingState());
  for (const line of floor.lines.values()) {
    const { attemptId, orderedAt, answeredAt } = line.facts;
    if (isRinging(line)) {
      view.ringing.push({
        id: attemptId,
        dialedAt: orderedAt,
        ...(line.reservedFor === null ? {} : { reservedFor: line.reservedFor }),
      });
    } else if (isWaiting(line)) view.waiting.push({ id: attemptId, answeredAt: answeredAt ?? now });
  }
  return view;
}

/** The person who waits longest. */
export function longestWaiting(floor: Floor): Line | undefined {
  let longest: Line | undefined;
  for (const line of floor.lines.values()) {
    if (!isWaiting(line)) continue;
    if (!longest || (line.facts.answeredAt ?? 0) < (longest.facts.answeredAt ?? 0)) longest = line;
  }
  return longest;
}

/** Who takes this person: the agent they were dialed for, or anyone when that agent is not there any more. */
export function agentFor(floor: Floor, line: Line): Desk | undefined {
  const own = line.reservedFor === null ? undefined : floor.desks.get(line.reservedFor);
  return own?.mayTake(line) ? own : longestIdle(floor);
}

/** Lines that ended are remembered so many. */
const REMEMBERED = 1_000;

export function rememberEnded(floor: Floor, line: Line): void {
  floor.ended.set(line.facts.attemptId, line);
  for (const oldest of floor.ended.keys()) {
    if (floor.ended.size <= REMEMBERED) return;
    floor.ended.delete(oldest);
  }
}

/** The available agent who has been so longest; ties go to the one who signed in first. */
export function longestIdle(floor: Floor): Desk | undefined {
  let longest: Desk | undefined;
  for (const desk of floor.desks.values()) {
    if (desk.state === 'available' && (!longest || desk.since < longest.since)) longest = desk;
  }
  return longest;
}
