/**
 * May this party be called now? A pure decision from what is known of them and the rules of the campaign.
 * It is asked when a lead is reserved, and again in the transaction before dialing.
 */
import { isOpenEverywhere, nextOpeningEverywhere } from '../../dialer/core/calling-window.ts';
import { localMoment, startOfLocalDay } from '../../dialer/core/zone-time.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { capReached } from './frequency.ts';
import type { EffectiveRules, From } from './intersect-presets.ts';
import { type ConsentLevel, consentLevels, type RelockRule } from './preset-schema.ts';
import type { PlaceProblem, Ruleset } from './ruleset.ts';

/** What the party has agreed to, by the best proof we hold. */
export interface ConsentHeld {
  level: 'contract' | 'optIn' | 'optInWritten';
  /** After this instant it counts for nothing; null: no end. */
  expiresAt: Instant | null;
}

/** The person is left alone for so many whole days after that of `since`. */
export interface CoolDown {
  since: Instant;
  days: number;
}

export interface GateFacts {
  /** Everywhere the party may be (`dialer/core/zone-key.ts`). */
  zoneKey: string;
  /** On any do-not-call list that holds for this campaign. */
  doNotCall: boolean;
  /** Calls to this number, or wider (person, debt) where a rule counts so; back to `lookbackMs`. */
  attemptInstants: readonly Instant[];
  conversationInstants: readonly Instant[];
  lastRefusalAt: Instant | null;
  /** What agents' dispositions ask for by themselves: these stand beside the presets' rule. */
  coolDowns?: readonly CoolDown[];
  lastAbandonedAt: Instant | null;
  /** Last time a machine was found and hung up on. */
  lastMachineAt?: Instant | null;
  consent: ConsentHeld | null;
  /** Unknown counts as mobile: where the two cannot be told apart, the stricter rule holds. */
  numberKind?: 'mobile' | 'fixed' | 'unknown';
  /** Proven relations that a rule may exempt, such as `ebr18m`, `b2b`. */
  exemptions?: readonly string[];
  /** An agent is held for this very call (preview, progressive). */
  agentReserved?: boolean;
}

export type GateReason =
  | 'do_not_call'
  | PlaceProblem
  | 'no_consent'
  | 'refusal_cool_down'
  | 'relock_after_abandon'
  | 'relock_after_machine'
  | 'frequency_cap'
  | 'outside_window';

export type GateDecision =
  | { allowed: true; presetIds: readonly string[]; zones: readonly string[] }
  | {
      allowed: false;
      reason: GateReason;
      /** When to ask again; absent: time alone changes nothing. */
      until?: Instant;
      /** Codes and figures for the explanation; no personal data. */
      detail: Record<string, unknown>;
    };

interface Barrier {
  reason: GateReason;
  until?: Instant;
  detail: Record<string, unknown>;
}

/**
 * The first reason in the order of {@link GateReason} that forbids the call, with the time when every barrier
 * that time removes is gone (hours of calling aside: those are asked again then). Throws `zone_key_invalid`.
 */
export function decideGate(facts: GateFacts, ruleset: Ruleset, now: Instant): GateDecision {
  if (facts.doNotCall) return { allowed: false, reason: 'do_not_call', detail: {} };
  const place = ruleset.placeRules(facts.zoneKey);
  if (!place.callable) {
    return { allowed: false, reason: place.problem, detail: { zoneKey: facts.zoneKey } };
  }
  const { rules, zones, hours } = place;
  const barriers = [
    lackOfConsent(facts, rules, now),
    coolDown(facts, rules, { zones, now }),
    ...relocks(facts, rules, now),
    ...caps(facts, rules, { zones, now }),
  ].filter((barrier) => barrier !== null);
  const [first] = barriers;
  if (first !== undefined) return refusal(first, barriers);
  if (!isOpenEverywhere(hours, now)) {
    const opening = nextOpeningEverywhere(hours, now);
    const until = opening === null ? {} : { until: opening };
    return {
      allowed: false,
      reason: 'outside_window',
      ...until,
      detail: { zones, presetIds: rules.presetIds },
    };
  }
  return { allowed: true, presetIds: rules.presetIds, zones };
}

/** A barrier without an end makes waiting for the others pointless. */
function refusal(first: Barrier, all: readonly Barrier[]): GateDecision {
  const { reason, detail } = first;
  const ends = all.map(({ until }) => until).filter((until) => until !== undefined);
  if (ends.length < all.length) return { allowed: false, reason, detail };
  return { allowed: false, reason, until: Math.max(...ends), detail };
}

const heldAs: Record<ConsentHeld['level'], ConsentLevel> = {
  contract: 'optInOrContract',
  optIn: 'optIn',
  optInWritten: 'optInWritten',
};

function lackOfConsent(facts: GateFacts, rules: EffectiveRules, now: Instant): Barrier | null {
  const required = facts.numberKind === 'fixed' ? rules.consent : rules.mobileConsent;
  const rank = (level: ConsentLevel) => consentLevels.indexOf(level);
  // An opt-out is honoured through the do-not-call list: silence is enough up to that level.
  if (rank(required) <= rank('optOut')) return null;
  const { consent } = facts;
  const valid = consent !== null && (consent.expiresAt === null || now < consent.expiresAt);
  if (valid && rank(heldAs[consent.level]) >= rank(required)) return null;
  return { reason: 'no_consent', detail: { required, held: valid ? consent.level : null } };
}

interface Where {
  zones: readonly string[];
  now: Instant;
}

/** The day of the refusal does not count, so that the days given are whole ones. */
function coolDown(facts: GateFacts, rules: EffectiveRules, { zones, now }: Where): Barrier | null {
  const { lastRefusalAt, coolDowns = [] } = facts;
  const reason = 'refusal_cool_down';
  const days = rules.refusalCooldownDays;
  if (lastRefusalAt !== null && days === 'forever') return { reason, detail: { days } };
  const asked = [...coolDowns];
  if (lastRefusalAt !== null && days !== 'forever') asked.push({ since: lastRefusalAt, days });
  const ends = asked
    .filter((one) => one.days > 0)
    .flatMap((one) => zones.map((zone) => ({ days: one.days, until: afterDays(zone, one) })));
  const [last] = ends.sort((a, b) => b.until - a.until);
  return last && now < last.until ? { reason, until: last.until, detail: { days: last.days } } : null;
}

function afterDays(zone: string, { since, days }: CoolDown): Instant {
  return startOfLocalDay(zone, localMoment(zone, since).day + days + 1);
}

function relocks(facts: GateFacts, rules: EffectiveRules, now: Instant): (Barrier | null)[] {
  const one = (rule: From<RelockRule>): Barrier | null => {
    const last = rule.after === 'abandoned' ? facts.lastAbandonedAt : (facts.lastMachineAt ?? null);
    if (last === null || (rule.liftedByReservedAgent && facts.agentReserved === true)) return null;
    const until = last + rule.hours * 3_600_000;
    if (now >= until) return null;
    const reason = rule.after === 'abandoned' ? 'relock_after_abandon' : 'relock_after_machine';
    return { reason, until, detail: { presetId: rule.presetId, hours: rule.hours } };
  };
  const after = (kind: RelockRule['after']) => rules.relock.filter((rule) => rule.after === kind).map(one);
  return [...after('abandoned'), ...after('machine')];
}

function caps(facts: GateFacts, rules: EffectiveRules, { zones, now }: Where): (Barrier | null)[] {
  const history = { attempts: facts.attemptInstants, conversations: facts.conversationInstants, zones };
  return rules.frequency.map((rule) => {
    if (rule.exempt.some((relation) => facts.exemptions?.includes(relation) === true)) return null;
    const reached = capReached(rule, history, now);
    if (reached === null) return null;
    const { presetId, max, per, key, counts } = rule;
    const detail = { presetId, max, per, key, counts, counted: reached.counted };
    return { reason: 'frequency_cap', until: reached.until, detail };
  });
}
