import type { AgentView } from '../../dialer/engine/index.ts';
import type { Scenario, ScenarioSource } from '../../dialer/simulation/index.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Random } from '../../platform/random/index.ts';
import type { RobotBehaviour } from '../demo/robot-agents.ts';
import type { RecordedCampaign } from './recorded-campaign.ts';
import type { ReplayCampaign } from './replay-campaign.ts';

/** Not in the recording, and without influence on its figures: how long it rings, and how long agents write. */
const SETUP_MS = 1_000;
const RINGS_MS = 5_000;
const LEAST_WRAP_UP_MS = 5_000;

/** Agents and dialer act at full minutes of virtual time, so that many share a commit; talks end when they ended. */
export const REPLAY_BEAT_MS = 60_000;

/** Each lead's calls as recorded: unanswered until the last one, which talks as long as it did. */
export function replayScenarios(recorded: RecordedCampaign): ScenarioSource {
  const tried = new Uint16Array(recorded.attempts.length);
  return ({ e164 }): Scenario => {
    const index = indexOfNumber(e164);
    const attempts = recorded.attempts[index];
    if (attempts === undefined) return { result: 'invalidNumber' };
    tried[index] = (tried[index] ?? 0) + 1;
    if ((tried[index] ?? 0) < attempts) return { result: 'noAnswer', setupMs: SETUP_MS };
    const talkMs = (recorded.talkSeconds[index] ?? 0) * 1_000;
    return { result: 'answered', by: 'person', setupMs: SETUP_MS, ringMs: RINGS_MS, talkMs };
  };
}

/** The agents say what the recording says. */
export function replayBehaviour(
  recorded: RecordedCampaign,
  campaign: ReplayCampaign,
  startAt: Instant,
): RobotBehaviour {
  const verdict = ({ leadId }: AgentView) => {
    const index = campaign.indexOfLead.get(leadId ?? '');
    const sold = index !== undefined && recorded.sale[index] === true;
    return { dispositionId: sold ? campaign.saleId : campaign.refusalId };
  };
  const wrapUpMs = (_random: Random, { since }: AgentView) =>
    untilBeat(since + LEAST_WRAP_UP_MS - startAt) + LEAST_WRAP_UP_MS;
  return { wrapUpMs, previewMs: () => LEAST_WRAP_UP_MS, verdict };
}

/** To a second before the next beat: whoever is done by then is dialed for at it. */
function untilBeat(sinceStart: number): number {
  return (2 * REPLAY_BEAT_MS - 1_000 - (sinceStart % REPLAY_BEAT_MS)) % REPLAY_BEAT_MS;
}

/** The inverse of `replayNumber`. */
export function indexOfNumber(e164: string): number {
  return Number(e164.slice('+999'.length));
}
