import { z } from 'zod';
import { idField, instantField, pageOf, pageQuery, reasonField } from '../routes/index.ts';

export const REASONS = ['asked', 'complaint', 'regulator', 'deceased', 'legal', 'other'] as const;

const range = z.enum(['vendor', 'all']).meta({ description: "The vendor's own list, or that of everybody" });

export const entrySchema = z
  .object({
    id: idField,
    range,
    e164: z.string(),
    reason: z.string(),
    source: z.string(),
    note: z.string().nullable(),
    createdBy: idField.nullable(),
    createdAt: instantField,
    expiresAt: instantField.nullable(),
    releasedAt: instantField.nullable(),
    releasedReason: z.string().nullable(),
  })
  .meta({ id: 'DoNotCallEntry' });
export type EntryView = z.output<typeof entrySchema>;

export const newEntrySchema = z.strictObject({
  e164: z.e164(),
  range: range.default('vendor'),
  reason: z.enum(REASONS).default('asked'),
  note: z.string().trim().max(500).optional(),
});
export type NewEntry = z.output<typeof newEntrySchema>;

export const searchSchema = z.strictObject({ e164: z.e164() });
export const entriesQuery = z.strictObject(pageQuery);
export const entryPage = pageOf(entrySchema);
export const entryParams = z.object({ entryId: idField });
export const releaseSchema = z.strictObject({ reason: reasonField });
