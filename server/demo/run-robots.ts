import type { AgentView } from '../../dialer/engine/index.ts';
import type { Timers } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Random } from '../../platform/random/index.ts';
import { DEMO_CAMPAIGNS } from './demo-campaigns.ts';
import { robotLogin } from './load-demo.ts';
import { type AgentDoor, RobotAgents, type RobotBehaviour, type RobotVerdict } from './robot-agents.ts';

/** What robots say of talks they had, and how often; invented. */
const VERDICTS: readonly { category: string; weight: number }[] = [
  { category: 'sale', weight: 14 },
  { category: 'refusal', weight: 52 },
  { category: 'undecided', weight: 20 },
  { category: 'wrongPerson', weight: 6 },
  { category: 'machine', weight: 5 },
  { category: 'doNotCall', weight: 3 },
];

const SEAT_AGAIN_MS = 1_000;

export interface RobotsParts {
  queries: Queries;
  door: AgentDoor;
  timers: Timers;
  random: Random;
  /** Told of every change of any agent's view. */
  listen(listener: (view: AgentView) => void): void;
  onFailure(error: unknown): void;
}

/** Seats the demo's robots at its campaigns. */
export async function startRobots(parts: RobotsParts): Promise<RobotAgents> {
  const choices = await readChoices(parts.queries);
  const robots = new RobotAgents({ ...parts, behaviour: behaviour(choices) });
  parts.listen((view) => robots.agentChanged(view));
  for (const [index, campaign] of DEMO_CAMPAIGNS.entries()) {
    const logins = Array.from({ length: campaign.robots }, (_, number) => robotLogin(index, number));
    const seats = await readSeats(parts.queries, { campaignName: campaign.name, logins });
    for (const seat of seats) await takeSeat(robots, parts, seat);
  }
  return robots;
}

/** A campaign may still be held by a life that was killed, or be another process's: the robot waits for it. */
async function takeSeat(robots: RobotAgents, parts: RobotsParts, seat: Seat): Promise<void> {
  try {
    await robots.signIn([seat]);
  } catch (error) {
    if (!isDomainError(error, 'campaign_not_running')) throw error;
    parts.timers.after(SEAT_AGAIN_MS, () => {
      takeSeat(robots, parts, seat).catch((failure: unknown) => parts.onFailure(failure));
    });
  }
}

function behaviour(choices: ReadonlyMap<Id, ReadonlyMap<string, Id[]>>): RobotBehaviour {
  return {
    wrapUpMs: (random) => 4_000 + random.next() * 14_000,
    previewMs: (random) => 2_000 + random.next() * 8_000,
    verdict: (view, random) => verdict(choices.get(view.campaignId ?? ''), view, random),
  };
}

function verdict(
  choices: ReadonlyMap<string, Id[]> | undefined,
  view: AgentView,
  random: Random,
): RobotVerdict {
  const open = VERDICTS.filter(({ category }) => (choices?.get(category)?.length ?? 0) > 0);
  let rest = random.next() * open.reduce((sum, { weight }) => sum + weight, 0);
  for (const { category, weight } of open) {
    rest -= weight;
    const dispositionId = choices?.get(category)?.[0];
    if (rest < 0 && dispositionId) return { dispositionId, note: '' };
  }
  throw new Error(`Campaign ${view.campaignId} has no disposition a robot could choose`);
}

/** Dispositions without further needs, by campaign and category. */
async function readChoices(queries: Queries): Promise<Map<Id, Map<string, Id[]>>> {
  const rows = await queries.raw<{ id: Id; campaign_id: Id; category: string }>(
    `select d.id, d.campaign_id, d.category from dispositions d
     where d.active = 1 and d.needs_note = 0 and d.needs_callback_time = 0
       and not exists (select 1 from dispositions c where c.parent_id = d.id)
     order by d.campaign_id, d.position`,
  );
  const choices = new Map<Id, Map<string, Id[]>>();
  for (const { id, campaign_id, category } of rows) {
    const ofCampaign = choices.get(campaign_id) ?? new Map<string, Id[]>();
    choices.set(campaign_id, ofCampaign);
    ofCampaign.set(category, [...(ofCampaign.get(category) ?? []), id]);
  }
  return choices;
}

interface Seat {
  agentId: Id;
  vendorId: Id;
  teamId: Id;
  campaignId: Id;
}

async function readSeats(
  queries: Queries,
  { campaignName, logins }: { campaignName: string; logins: readonly string[] },
): Promise<Seat[]> {
  const rows = await queries.raw<{ id: Id; vendor_id: Id; team_id: Id; campaign_id: Id }>(
    `select u.id, u.vendor_id, u.team_id, c.id as campaign_id
     from users u join campaigns c on c.team_id = u.team_id
     where u.robot = 1 and c.name = ? and c.state = 'running' and u.login in (${logins.map(() => '?').join(', ')})`,
    [campaignName, ...logins],
  );
  return rows.map((row) => ({
    agentId: row.id,
    vendorId: row.vendor_id,
    teamId: row.team_id,
    campaignId: row.campaign_id,
  }));
}
