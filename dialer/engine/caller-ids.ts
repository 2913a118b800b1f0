import type { Instant } from '../../platform/clock/index.ts';
import { localMoment, startOfLocalDay } from '../core/zone-time.ts';
import type { CampaignPlan } from '../ports.ts';

/** The first instant of the campaign's local day: from there a caller ID's calls are counted. */
export function callerIdDay({ timeZone }: Pick<CampaignPlan, 'timeZone'>, now: Instant): Instant {
  return startOfLocalDay(timeZone, localMoment(timeZone, now).day);
}

/** A campaign's caller IDs with what each was used today: the least used is taken, and none beyond its daily cap. */
export class CallerIds {
  #plan: Pick<CampaignPlan, 'callerIds' | 'timeZone'>;
  #dayStart: Instant = Number.NEGATIVE_INFINITY;
  readonly #used = new Map<string, number>();

  constructor(plan: Pick<CampaignPlan, 'callerIds' | 'timeZone'>) {
    this.#plan = plan;
  }

  /** Other caller IDs or caps; what was used stays used. */
  configure(plan: Pick<CampaignPlan, 'callerIds' | 'timeZone'>): void {
    this.#plan = plan;
  }

  /** Calls of the day that `now` lies in, by an earlier life or another process. */
  remember(used: ReadonlyMap<string, number>, now: Instant): void {
    this.#turnDay(now);
    for (const [e164, count] of used) this.#add(e164, count);
  }

  /** Whether one may be taken. */
  anyLeft(now: Instant): boolean {
    return this.#leastUsed(now) !== undefined;
  }

  /** The caller ID of one more call; undefined when none has room before tomorrow. */
  take(now: Instant): string | undefined {
    const found = this.#leastUsed(now);
    if (found !== undefined) this.#add(found, 1);
    return found;
  }

  /** The call that took it at `takenAt` did not leave the house. */
  giveBack(e164: string | null, takenAt: Instant): void {
    if (e164 !== null && takenAt >= this.#dayStart) this.#add(e164, -1);
  }

  #leastUsed(now: Instant): string | undefined {
    this.#turnDay(now);
    let found: { e164: string; used: number } | undefined;
    for (const { e164, dailyCap } of this.#plan.callerIds) {
      const used = this.#used.get(e164) ?? 0;
      if (dailyCap !== null && used >= dailyCap) continue;
      if (!found || used < found.used) found = { e164, used };
    }
    return found?.e164;
  }

  #turnDay(now: Instant): void {
    const dayStart = callerIdDay(this.#plan, now);
    if (dayStart <= this.#dayStart) return;
    this.#dayStart = dayStart;
    this.#used.clear();
  }

  #add(e164: string, count: number): void {
    this.#used.set(e164, Math.max(0, (this.#used.get(e164) ?? 0) + count));
  }
}
