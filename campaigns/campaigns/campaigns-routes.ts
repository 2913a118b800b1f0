import { defineRoute, type Route } from '../routes/index.ts';
import {
  blockersSchema,
  campaignChangeSchema,
  campaignPage,
  campaignParams,
  campaignSchema,
  campaignsQuery,
  lifecycleSchema,
  newCampaignSchema,
} from './campaigns-schema.ts';
import type { CampaignService } from './campaigns-service.ts';
import { listCampaigns } from './campaigns-store.ts';

const tag = 'Campaigns';
const READERS = ['admin', 'manager', 'marketer', 'agent'] as const;
const WRITERS = ['admin', 'manager'] as const;

export function campaignRoutes(campaigns: CampaignService): Route[] {
  return [...reading(campaigns), ...writing(campaigns)];
}

function reading(campaigns: CampaignService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/campaigns',
      roles: READERS,
      tag,
      summary: 'Campaigns the viewer sees, newest first',
      query: campaignsQuery,
      response: campaignPage,
      handler: ({ queries, viewer, query }) => listCampaigns(queries, viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/campaigns/:campaignId',
      roles: ['admin', 'manager', 'marketer'],
      tag,
      summary: 'One campaign with its settings',
      params: campaignParams,
      response: campaignSchema,
      handler: ({ queries, viewer, params }) => campaigns.campaign(queries, viewer, params.campaignId),
    }),
    defineRoute({
      method: 'get',
      path: '/campaigns/:campaignId/blockers',
      roles: ['admin', 'manager', 'marketer'],
      tag,
      summary: 'What is missing before the campaign can be made ready; empty when nothing is',
      params: campaignParams,
      response: blockersSchema,
      handler: async ({ queries, viewer, params }) => ({
        blockers: await campaigns.blockers(queries, viewer, params.campaignId),
      }),
    }),
  ];
}

function writing(campaigns: CampaignService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/campaigns',
      roles: WRITERS,
      tag,
      summary: 'Add a campaign; settings that are not given get careful defaults',
      creates: true,
      body: newCampaignSchema,
      example: { name: 'Broadband renewal, spring', timeZone: 'Asia/Shanghai' },
      response: campaignSchema,
      handler: ({ transact, viewer, body }) => transact((tx) => campaigns.create(tx, viewer, body)),
    }),
    defineRoute({
      method: 'patch',
      path: '/campaigns/:campaignId',
      roles: WRITERS,
      tag,
      summary: 'Change settings; `version` must be the one that was read',
      params: campaignParams,
      body: campaignChangeSchema,
      example: { version: 1, settings: { dialing: { maxLines: 20 } }, reason: 'Fewer lines for the trial' },
      response: campaignSchema,
      handler: ({ transact, viewer, params, body }) =>
        transact((tx) => campaigns.change(tx, viewer, { campaignId: params.campaignId, input: body })),
    }),
    defineRoute({
      method: 'post',
      path: '/campaigns/:campaignId/lifecycle',
      roles: WRITERS,
      tag,
      summary: 'Make ready, start, pause, resume, finish or archive',
      description:
        'draft → ready → running ⇄ paused → finished → archived. 409 `campaign_not_ready` lists what is missing.',
      params: campaignParams,
      body: lifecycleSchema,
      example: { action: 'makeReady', version: 1 },
      response: campaignSchema,
      handler: ({ transact, viewer, params, body }) =>
        transact((tx) => campaigns.act(tx, viewer, { campaignId: params.campaignId, ...body })),
    }),
  ];
}
