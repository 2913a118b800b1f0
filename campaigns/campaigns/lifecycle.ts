import { DomainError } from '../../platform/errors/index.ts';
import type { CampaignState, LifecycleAction } from './campaigns-schema.ts';

interface Step {
  from: readonly CampaignState[];
  to: CampaignState;
  /** Everything must be in place: blockers are asked for. */
  needsAll: boolean;
}

/** draft → ready → running ⇄ paused → finished → archived; what never ran can be archived too. */
const STEPS: Record<LifecycleAction, Step> = {
  makeReady: { from: ['draft'], to: 'ready', needsAll: true },
  backToDraft: { from: ['ready'], to: 'draft', needsAll: false },
  start: { from: ['ready'], to: 'running', needsAll: true },
  pause: { from: ['running'], to: 'paused', needsAll: false },
  resume: { from: ['paused'], to: 'running', needsAll: true },
  finish: { from: ['running', 'paused'], to: 'finished', needsAll: false },
  archive: { from: ['draft', 'ready', 'finished'], to: 'archived', needsAll: false },
};

/**
 * Where an action leads.
 * @throws DomainError `wrong_campaign_state` with the states the action starts from
 */
export function lifecycleStep(state: CampaignState, action: LifecycleAction): Step {
  const step = STEPS[action];
  if (step.from.includes(state)) return step;
  throw new DomainError(
    'conflict',
    'wrong_campaign_state',
    `A campaign that is ${state} cannot take "${action}"`,
    {
      params: { state, action, from: step.from },
    },
  );
}

/** Whether settings may still be changed. */
export function isOpen(state: CampaignState): boolean {
  return state !== 'finished' && state !== 'archived';
}
