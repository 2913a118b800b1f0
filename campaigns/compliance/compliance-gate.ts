import type { ComplianceGate, GateVerdict, LeadCandidate } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { CampaignRulesets } from './campaign-rulesets.ts';
import { lookbackMs } from './frequency.ts';
import { type ConsentHeld, decideGate, type GateFacts } from './gate-decision.ts';
import {
  emptyHistory,
  type PartyHistory,
  type Refusals,
  readConsents,
  readHistories,
  readRefusals,
  readSuppressed,
} from './gate-facts-store.ts';
import type { EffectiveRules } from './intersect-presets.ts';
import type { Ruleset } from './ruleset.ts';

/** With no end of its own, a refusal stands until the lead's rules or the list change: looked at again daily. */
const RECHECK_MS = 24 * 3_600_000;

interface Known {
  suppressed: ReadonlySet<string>;
  histories: ReadonlyMap<Id, PartyHistory>;
  refusals: ReadonlyMap<Id, Refusals>;
  consents: ReadonlyMap<Id, ConsentHeld>;
}

interface GateRequest {
  campaignId: Id;
  candidates: readonly LeadCandidate[];
  now: Instant;
}

/** The gate over what is on record. History and consent are read only where some rule of the candidates' places asks for them. */
export function createComplianceGate(rulesets: CampaignRulesets): ComplianceGate {
  return {
    async check(queries, request) {
      if (request.candidates.length === 0) return [];
      const { ruleset, vendorId } = await rulesets.of(queries, request.campaignId);
      const known = await readKnown(queries, { ...request, ruleset, vendorId });
      return request.candidates.map((candidate) => verdict(candidate, { known, ruleset, now: request.now }));
    },
  };
}

async function readKnown(
  queries: Queries,
  request: GateRequest & { ruleset: Ruleset; vendorId: Id },
): Promise<Known> {
  const { candidates, ruleset, vendorId, now } = request;
  const rules = effectiveRules(candidates, ruleset);
  const back = lookback(rules);
  const asksConsent = rules.some((one) => one.consent !== 'none' || one.mobileConsent !== 'none');
  return {
    suppressed: await readSuppressed(queries, { numbers: candidates.map((one) => one.e164), vendorId, now }),
    histories: back > 0 ? await readHistories(queries, { candidates, since: now - back }) : new Map(),
    refusals: await readRefusals(queries, { candidates, vendorId }),
    consents: asksConsent ? await readConsents(queries, candidates) : new Map(),
  };
}

function effectiveRules(candidates: readonly LeadCandidate[], ruleset: Ruleset): EffectiveRules[] {
  const keys = new Set(candidates.map((candidate) => candidate.zoneKey));
  return [...keys].map((key) => ruleset.placeRules(key).rules).filter((rules) => rules !== null);
}

function lookback(rules: readonly EffectiveRules[]): number {
  const relock = rules.flatMap((one) => one.relock.map((rule) => rule.hours * 3_600_000));
  return Math.max(0, ...relock, ...rules.map((one) => lookbackMs(one.frequency)));
}

function verdict(
  candidate: LeadCandidate,
  { known, ruleset, now }: { known: Known; ruleset: Ruleset; now: Instant },
): GateVerdict {
  const decision = decideGate(factsOf(candidate, known), ruleset, now);
  if (decision.allowed) {
    const { presetIds, zones } = decision;
    return { allowed: true, basis: JSON.stringify({ presets: presetIds, zones }) };
  }
  const { reason, until } = decision;
  if (until !== undefined) return { allowed: false, reason, until };
  // only do-not-call is for good: anything else may be mended in the list, the presets or the proof of consent
  return reason === 'do_not_call'
    ? { allowed: false, reason }
    : { allowed: false, reason, until: now + RECHECK_MS };
}

function factsOf(candidate: LeadCandidate, known: Known): GateFacts {
  const history = known.histories.get(candidate.leadId) ?? emptyHistory();
  return {
    zoneKey: candidate.zoneKey,
    doNotCall: known.suppressed.has(candidate.e164),
    attemptInstants: history.attempts,
    conversationInstants: history.conversations,
    ...(known.refusals.get(candidate.customerId) ?? { lastRefusalAt: null }),
    lastAbandonedAt: history.lastAbandonedAt,
    lastMachineAt: history.lastMachineAt,
    consent: known.consents.get(candidate.leadId) ?? null,
  };
}
