import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';
import { idField } from '../routes/index.ts';
import { CAMPAIGN_STATES } from './campaigns-schema.ts';

/** Its state or settings are others than before: whoever runs or shows it reads it again. */
export const campaignChanged = defineEvent(
  'campaign.changed',
  z.strictObject({ campaignId: idField, state: z.enum(CAMPAIGN_STATES), version: z.int() }),
);
