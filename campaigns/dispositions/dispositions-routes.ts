import { z } from 'zod';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { defineRoute, idField, type Route } from '../routes/index.ts';
import type { Viewer } from '../scope/index.ts';
import { DISPOSITION_CATEGORIES, dispositionRule } from './dispositions-schema.ts';
import { readDispositions } from './dispositions-store.ts';

export const dispositionView = z
  .object({
    id: idField,
    parentId: idField
      .nullable()
      .meta({ description: 'The group it is a reason of; a group cannot be chosen' }),
    code: z.string(),
    category: z.enum(DISPOSITION_CATEGORIES),
    label: z.object({ en: z.string(), zh: z.string() }),
    rightPerson: z.boolean(),
    needsNote: z.boolean(),
    needsCallbackTime: z.boolean(),
    rule: dispositionRule,
    position: z.int(),
    active: z.boolean(),
  })
  .meta({ id: 'Disposition' });

/** `assertSeen` throws when the viewer may not see the campaign. */
export function dispositionRoutes(
  assertSeen: (queries: Queries, viewer: Viewer, campaignId: Id) => Promise<unknown>,
): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/campaigns/:campaignId/dispositions',
      roles: ['admin', 'manager', 'marketer', 'agent'],
      tag: 'Campaigns',
      summary: 'What an agent may say of a call, in two levels',
      params: z.object({ campaignId: idField }),
      response: z.object({ items: z.array(dispositionView) }),
      handler: async ({ queries, viewer, params }) => {
        await assertSeen(queries, viewer, params.campaignId);
        const all = await readDispositions(queries, params.campaignId);
        return { items: all.map(({ campaignId: _campaignId, ...one }) => one) };
      },
    }),
  ];
}
