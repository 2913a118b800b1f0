import { z } from 'zod';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { defineRoute, type Route } from '../routes/index.ts';
import type { Viewer } from '../scope/index.ts';
import { findLeads, leadById, leadHistory, listLeads } from './leads-read-model.ts';
import {
  historySchema,
  leadPage,
  leadParams,
  leadSchema,
  leadSearchSchema,
  leadsQuery,
} from './leads-schema.ts';

const tag = 'Leads';
const ROLES = ['admin', 'manager', 'marketer'] as const;

/** `assertSeesList` throws when the viewer may not see the list. */
export function leadRoutes(
  assertSeesList: (queries: Queries, viewer: Viewer, listId: Id) => Promise<unknown>,
): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/leads',
      roles: ROLES,
      tag,
      summary: 'Leads of a list, oldest first',
      query: leadsQuery,
      response: leadPage,
      handler: async ({ queries, viewer, query }) => {
        await assertSeesList(queries, viewer, query.listId);
        return listLeads(queries, viewer, query);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/leads/search',
      roles: ['admin', 'manager'],
      tag,
      summary: 'Leads that have a number, newest first, at most 50',
      body: leadSearchSchema,
      example: { e164: '+8613800138000' },
      response: z.object({ items: z.array(leadSchema) }),
      handler: async ({ queries, viewer, body }) => ({ items: await findLeads(queries, viewer, body) }),
    }),
    defineRoute({
      method: 'get',
      path: '/leads/:leadId',
      roles: ROLES,
      tag,
      summary: 'One lead and its last 50 attempts',
      params: leadParams,
      response: z.object({ lead: leadSchema, history: z.array(historySchema) }),
      handler: async ({ queries, viewer, params }) => ({
        lead: await leadById(queries, viewer, params.leadId),
        history: await leadHistory(queries, params.leadId),
      }),
    }),
  ];
}
