import { z } from 'zod';
import { idField, instantField, pageOf, pageQuery } from '../routes/index.ts';

export const AUDITED = [
  'campaign',
  'user',
  'team',
  'vendor',
  'script',
  'product',
  'list',
  'disposition',
  'do_not_call',
] as const;
export type Audited = (typeof AUDITED)[number];

export const auditQuery = z.strictObject({
  ...pageQuery,
  entity: z.enum(AUDITED).optional(),
  entityId: idField.optional(),
});

export const auditEntrySchema = z
  .object({
    id: idField,
    at: instantField,
    actorId: idField.nullable().meta({ description: 'Null: the system itself' }),
    actorName: z.string().nullable(),
    action: z.string(),
    entity: z.string(),
    entityId: idField,
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const auditPage = pageOf(auditEntrySchema);
export type AuditEntry = z.infer<typeof auditEntrySchema>;
