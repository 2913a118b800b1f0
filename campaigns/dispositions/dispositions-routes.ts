import { z } from 'zod';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { defineRoute, idField, type Route } from '../routes/index.ts';
import type { Viewer } from '../scope/index.ts';
import { defaultDispositions } from './default-dispositions.ts';
import { DISPOSITION_CATEGORIES, dispositionRule, dispositionSet } from './dispositions-schema.ts';
import type { DispositionsService, SetOwner } from './dispositions-service.ts';
import { type Disposition, readDispositions } from './dispositions-store.ts';

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

export interface DispositionRouteServices {
  dispositions: DispositionsService;
  /** Throws when the viewer may not see the campaign. */
  campaign: (queries: Queries, viewer: Viewer, campaignId: Id) => Promise<SetOwner>;
}

const tag = 'Campaigns';
const path = '/campaigns/:campaignId/dispositions';
const params = z.object({ campaignId: idField });
const response = z.object({ items: z.array(dispositionView) });

export function dispositionRoutes({ dispositions, campaign }: DispositionRouteServices): Route[] {
  return [
    defineRoute({
      method: 'get',
      path,
      roles: ['admin', 'manager', 'marketer', 'agent'],
      tag,
      summary: 'What an agent may say of a call, in two levels',
      params,
      response,
      handler: async ({ queries, viewer, params: { campaignId } }) => {
        await campaign(queries, viewer, campaignId);
        return answerOf(await readDispositions(queries, campaignId));
      },
    }),
    defineRoute({
      method: 'put',
      path,
      roles: ['admin', 'manager'],
      tag,
      summary: 'Give a draft a set of its own, in the place of the one it has',
      params,
      body: z.strictObject({ items: dispositionSet }),
      example: { items: [...defaultDispositions] },
      response,
      handler: ({ transact, viewer, params: { campaignId }, body }) =>
        transact(async (tx) => {
          const owner = await campaign(tx, viewer, campaignId);
          return answerOf(await dispositions.replaceSet(tx, viewer, { campaign: owner, set: body.items }));
        }),
    }),
  ];
}

function answerOf(all: readonly Disposition[]): z.input<typeof response> {
  return { items: all.map(({ campaignId: _campaignId, ...one }) => one) };
}
