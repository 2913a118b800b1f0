import type { z } from 'zod';
import { type CampaignService, campaignParams } from '../../campaigns/campaigns/index.ts';
import { defineRoute, type Route } from '../../campaigns/routes/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { liveSchema } from './agent-schema.ts';
import type { DialerControl } from './dialer-control.ts';

interface LiveServices {
  clock: Clock;
  dialer: DialerControl;
  campaigns: CampaignService;
}

export type LiveView = z.input<typeof liveSchema>;

export function liveRoutes(services: LiveServices): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/campaigns/:campaignId/live',
      roles: ['admin', 'manager', 'marketer'],
      tag: 'Live',
      summary: 'Agents, calls and pacing at this moment; `/events?campaignId=` sends the same every second',
      params: campaignParams,
      response: liveSchema,
      handler: async ({ queries, viewer, params }) => {
        await services.campaigns.campaign(queries, viewer, params.campaignId);
        return liveView(services, queries, params.campaignId);
      },
    }),
  ];
}

/** A campaign now, with its agents' names; empty when no engine runs it. */
export async function liveView(
  { dialer, clock }: Pick<LiveServices, 'dialer' | 'clock'>,
  queries: Queries,
  campaignId: Id,
): Promise<LiveView> {
  const snapshot = await dialer.liveSnapshot(campaignId);
  if (!snapshot) {
    const calls = { ringing: 0, waiting: 0, connected: 0 };
    return { campaignId, at: clock.now(), running: false, agents: [], calls, pacing: null, today: null };
  }
  const names = await namesOf(
    queries,
    snapshot.agents.map((agent) => agent.agentId),
  );
  const agents = snapshot.agents.map((agent) => ({ ...agent, name: names.get(agent.agentId) ?? '' }));
  const { floor: _floor, ...shown } = snapshot;
  return { ...shown, running: true, agents };
}

/** What the engine knows of a campaign's floor; undefined when none runs it. */
export async function floorOf(dialer: DialerControl, campaignId: Id) {
  const snapshot = await dialer.liveSnapshot(campaignId);
  if (!snapshot) return undefined;
  const agentsAvailable = snapshot.agents.filter((agent) => agent.state === 'available').length;
  return { agentsSignedIn: snapshot.agents.length, agentsAvailable, ...snapshot.floor };
}

async function namesOf(queries: Queries, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map();
  const rows: { id: Id; name: string }[] = await queries
    .knex('users')
    .whereIn('id', ids)
    .select('id', 'name');
  return new Map(rows.map((row) => [row.id, row.name]));
}
