import { type CallPolicy, DEFAULT_CALL_POLICY } from '../core/call-state.ts';
import type { PacerChanges, PacerOptions } from '../pacing/index.ts';
import type { CampaignPlan } from '../ports.ts';

/** What the plan means for its calls. */
export function callPolicy(plan: CampaignPlan): CallPolicy {
  return {
    ...DEFAULT_CALL_POLICY,
    connectWithinMs: plan.connectWithinMs,
    ringTimeoutMs: plan.ringTimeoutMs,
    onMachine: 'hangUp',
    // without detection nobody knows who answered: a person until an agent says otherwise
    onUnsure: 'connect',
    abandonMessage: plan.abandonMessage,
  };
}

/** What the plan means for pacing. */
export function pacerOptions(plan: CampaignPlan): PacerOptions {
  return {
    ...pacerChanges(plan),
    mode: plan.mode,
    targetAbandonRate: plan.targetAbandonRate,
    connectWithinMs: plan.connectWithinMs,
    startedAt: plan.startedAt,
    abandonWindow: plan.abandonWindow,
    prior: { window: plan.abandonedSoFar },
  };
}

export function pacerChanges(plan: CampaignPlan): PacerChanges {
  return {
    mode: plan.mode,
    targetAbandonRate: plan.targetAbandonRate,
    connectWithinMs: plan.connectWithinMs,
    ratio: plan.ratio,
    maxLines: plan.maxLines,
    maxLinesPerAgent: plan.maxLinesPerAgent,
    maxCallsPerSecond: plan.maxCallsPerSecond,
  };
}
