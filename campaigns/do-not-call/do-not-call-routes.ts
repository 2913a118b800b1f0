import { z } from 'zod';
import { defineRoute, type Route } from '../routes/index.ts';
import { findEntries, listEntries } from './do-not-call-read-model.ts';
import {
  entriesQuery,
  entryPage,
  entryParams,
  entrySchema,
  newEntrySchema,
  releaseSchema,
  searchSchema,
} from './do-not-call-schema.ts';
import type { DoNotCallService } from './do-not-call-service.ts';

const tag = 'Do not call';

export function doNotCallRoutes(doNotCall: DoNotCallService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/do-not-call',
      roles: ['admin', 'manager'],
      tag,
      summary: 'Numbers not to be called, newest first',
      query: entriesQuery,
      response: entryPage,
      handler: ({ queries, viewer, query }) => listEntries(queries, viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/do-not-call',
      roles: ['admin', 'manager', 'marketer', 'agent'],
      tag,
      summary: 'Put a number on; every lead that has it is taken out at once',
      creates: true,
      body: newEntrySchema,
      example: { e164: '+8613800138000', reason: 'asked' },
      response: entrySchema,
      handler: ({ transact, viewer, body }) => transact((tx) => doNotCall.add(tx, viewer, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/do-not-call/search',
      roles: ['admin', 'manager', 'marketer'],
      tag,
      summary: 'Everything known of one number',
      body: searchSchema,
      example: { e164: '+8613800138000' },
      response: z.object({ items: z.array(entrySchema) }),
      handler: async ({ queries, viewer, body }) => ({
        items: await findEntries(queries, viewer, body.e164),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/do-not-call/:entryId/release',
      roles: ['admin', 'manager'],
      tag,
      summary: 'Take an entry off, with the reason kept; leads it took out stay out',
      params: entryParams,
      body: releaseSchema,
      example: { reason: 'Asked in writing to be called again' },
      response: entrySchema,
      handler: ({ transact, viewer, params, body }) =>
        transact((tx) => doNotCall.release(tx, viewer, { entryId: params.entryId, reason: body.reason })),
    }),
  ];
}
