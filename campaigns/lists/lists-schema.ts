import { z } from 'zod';
import { idField, instantField, nameField, pageOf, pageQuery } from '../routes/index.ts';

const countryField = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ description: 'ISO 3166: the country of numbers written without one', example: 'CN' });

export const listSchema = z
  .object({
    id: idField,
    vendorId: idField,
    teamId: idField,
    campaignId: idField.nullable(),
    name: z.string(),
    country: countryField,
    state: z.enum(['active', 'stopped']).meta({ description: 'Leads of a stopped list are not dialed' }),
    position: z.int().meta({ description: 'Lists of a campaign are dialed in this order' }),
    leads: z.int(),
    createdAt: instantField,
  })
  .meta({ id: 'List' });
export type List = z.output<typeof listSchema>;

const position = z.int().min(0).max(10_000);

export const newListSchema = z.strictObject({
  name: nameField,
  country: countryField,
  teamId: idField.optional().meta({ description: "The campaign's team, or the viewer's own, when absent" }),
  campaignId: idField.nullable().default(null),
  position: position.default(0),
});
export type NewList = z.output<typeof newListSchema>;

export const listChangeSchema = z.strictObject({
  name: nameField.optional(),
  campaignId: idField.nullable().optional(),
  state: z.enum(['active', 'stopped']).optional(),
  position: position.optional(),
});
export type ListChange = z.output<typeof listChangeSchema>;

export const listsQuery = z.strictObject({ ...pageQuery, campaignId: idField.optional() });
export const listPage = pageOf(listSchema);
export const listParams = z.object({ listId: idField });
