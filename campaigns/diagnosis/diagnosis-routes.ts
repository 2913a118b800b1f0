import { z } from 'zod';
import type { Clock } from '../../platform/clock/index.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { ZoneHours } from '../leads/index.ts';
import { defineRoute, idField, instantField, type Route } from '../routes/index.ts';
import type { Viewer } from '../scope/index.ts';
import { diagnose } from './diagnosis-read-model.ts';
import type { FloorFacts } from './explain.ts';

const diagnosisSchema = z
  .object({
    campaignId: idField,
    at: instantField,
    leads: z.int(),
    parts: z
      .array(
        z.object({
          code: z.string().meta({ example: 'outside_window' }),
          params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
          leads: z.int(),
        }),
      )
      .meta({ description: 'The largest first; they add up to `leads`' }),
  })
  .meta({ id: 'Diagnosis' });

export interface DiagnosisServices {
  clock: Clock;
  zoneHours: ZoneHours;
  /** The campaign's state, when the viewer may see it. */
  stateOf: (queries: Queries, viewer: Viewer, campaignId: Id) => Promise<FloorFacts['campaignState']>;
  /** What the engine knows of the floor; undefined when none runs the campaign. */
  floorOf: (campaignId: Id) => Promise<Omit<FloorFacts, 'campaignState'> | undefined>;
}

/** Nobody runs it: nobody can be signed in. */
const NO_FLOOR = {
  agentsSignedIn: 0,
  agentsAvailable: 0,
  freeLines: 0,
  callerIdLeft: true,
  abandonBudgetSpent: false,
  databaseBehind: false,
};

export function diagnosisRoutes({ clock, zoneHours, stateOf, floorOf }: DiagnosisServices): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/campaigns/:campaignId/diagnosis',
      roles: ['admin', 'manager', 'marketer'],
      tag: 'Live',
      summary: 'Why is nobody being dialed: the leads split by the first thing that holds each back',
      params: z.object({ campaignId: idField }),
      response: diagnosisSchema,
      handler: async ({ queries, viewer, params: { campaignId } }) => {
        const campaignState = await stateOf(queries, viewer, campaignId);
        const floor = { campaignState, ...((await floorOf(campaignId)) ?? NO_FLOOR) };
        const now = clock.now();
        const found = await diagnose({ queries, zoneHours }, { campaignId, now, floor });
        return { campaignId, at: now, ...found };
      },
    }),
  ];
}
