import { localMoment, startOfLocalDay } from '../../dialer/core/zone-time.ts';
import type { Clock, Instant } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { RenderedScript, ScriptContext, ScriptRenderer } from '../../scripts-templates/index.ts';
import { type Campaign, campaignById } from '../campaigns/index.ts';
import { type Disposition, readDispositions } from '../dispositions/index.ts';
import { leadById, leadHistory } from '../leads/index.ts';
import type { Viewer } from '../scope/index.ts';
import { versionById } from '../scripts/index.ts';
import { userRow } from '../users/index.ts';

/** What is in front of an agent: the work the engine gave, told from the business' side. */
export interface DeskWork {
  leadId: Id;
  numberOrdinal: number;
  scriptVersionId: Id | null;
}

export interface DeskCard {
  lead: Awaited<ReturnType<typeof leadById>>;
  history: Awaited<ReturnType<typeof leadHistory>>;
}

export interface Desk {
  campaign: Pick<Campaign, 'id' | 'name' | 'timeZone' | 'dialMode'> | null;
  card: DeskCard | null;
  script: RenderedScript | null;
  dispositions: Disposition[];
  today: AgentDay;
}

/** An agent's own numbers of the campaign's local day. */
export interface AgentDay {
  since: Instant;
  calls: number;
  disposed: number;
  sales: number;
  talkMs: number;
}

export interface DeskReader {
  /** `work` null: nothing is in front of the agent. The engine chose the lead: it is the agent's to see. */
  desk(viewer: Viewer, at: { campaignId: Id | null; work: DeskWork | null }): Promise<Desk>;
}

interface Services {
  queries: Queries;
  clock: Clock;
  renderer: ScriptRenderer;
  /** Who is calling, told in the script. */
  organisation: string | undefined;
}

export function createDeskReader(services: Services): DeskReader {
  const { queries, clock } = services;
  return {
    async desk(viewer, { campaignId, work }) {
      const campaign = campaignId ? await campaignById(queries, campaignId) : undefined;
      const card = work ? await cardOf(queries, viewer, work.leadId) : null;
      return {
        campaign: campaign ? pick(campaign) : null,
        card,
        script: work && card && campaign ? await scriptOf(services, viewer, { campaign, card, work }) : null,
        dispositions: campaign
          ? (await readDispositions(queries, campaign.id)).filter((one) => one.active)
          : [],
        today: await dayOf(queries, viewer.userId, dayStart(campaign?.timeZone ?? 'UTC', clock.now())),
      };
    },
  };
}

function pick({ id, name, timeZone, dialMode }: Campaign): NonNullable<Desk['campaign']> {
  return { id, name, timeZone, dialMode };
}

async function cardOf(queries: Queries, viewer: Viewer, leadId: Id): Promise<DeskCard> {
  return { lead: await leadById(queries, viewer, leadId), history: await leadHistory(queries, leadId) };
}

async function scriptOf(
  { queries, clock, renderer, organisation }: Services,
  viewer: Viewer,
  { campaign, card, work }: { campaign: Campaign; card: DeskCard; work: DeskWork },
): Promise<RenderedScript | null> {
  if (work.scriptVersionId === null) return null;
  const version = await versionById(queries, work.scriptVersionId);
  if (!version) return null;
  const agent = await userRow(queries, viewer.userId);
  const context: ScriptContext = {
    customer: card.lead.profile,
    number: card.lead.numbers.find((number) => number.ordinal === work.numberOrdinal)?.e164,
    agent: { name: agent?.name, number: agent?.agent_number ?? undefined },
    campaign: {
      name: campaign.name,
      organisation: organisation ?? (await vendorName(queries, campaign.vendorId)),
    },
    vars: card.lead.vars,
  };
  return renderer.render(version, context, { now: clock.now(), timeZone: campaign.timeZone });
}

/** Who is calling, unless the installation says otherwise. */
async function vendorName(queries: Queries, vendorId: Id): Promise<string | undefined> {
  const [row] = await queries.raw<{ name: string }>('select name from vendors where id = ?', [vendorId]);
  return row?.name;
}

function dayStart(timeZone: string, now: Instant): Instant {
  return startOfLocalDay(timeZone, localMoment(timeZone, now).day);
}

async function dayOf(queries: Queries, agentId: Id, since: Instant): Promise<AgentDay> {
  const [row] = await queries.raw<{ calls: number; disposed: number; sales: number; talk_ms: number }>(
    `select count(*) as calls, count(disposed_at) as disposed, coalesce(sum(talk_ms), 0) as talk_ms,
       coalesce(sum(case when disposition_category = 'sale' then 1 else 0 end), 0) as sales
     from calls where agent_id = ? and started_at >= ?`,
    [agentId, since],
  );
  if (!row) throw new Error('A count answered no row');
  return { since, calls: row.calls, disposed: row.disposed, sales: row.sales, talkMs: row.talk_ms };
}
