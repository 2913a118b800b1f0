import { z } from 'zod';
import { idField, instantField } from '../routes/index.ts';

/** What a person chose for a file; everything left out is found. Names and encodings are checked by the import. */
export const importOptionsSchema = z
  .strictObject({
    encoding: z.string().max(40).optional(),
    delimiter: z.string().length(1).optional(),
    hasHeader: z.boolean().optional(),
    sheet: z.union([z.string().max(100), z.int().min(1).max(1_000)]).optional(),
    acceptGuess: z.boolean().optional().meta({ description: 'Go on with an encoding that is only a guess' }),
    mapping: z
      .record(z.string().max(200), z.string().max(100))
      .refine((mapping) => Object.keys(mapping).length <= 500, { params: { code: 'too_many_columns' } })
      .optional()
      .meta({
        description: 'Header (or # and column number) → field, `phone`, `phone2:work`, `var:name`, `ignore`',
      }),
    duplicates: z.enum(['skip', 'update', 'add']).default('skip'),
  })
  .meta({ id: 'ImportOptions' });
export type ImportOptions = z.output<typeof importOptionsSchema>;

export const importSchema = z
  .object({
    id: idField,
    listId: idField,
    fileName: z.string(),
    state: z.enum(['pending', 'running', 'done', 'failed', 'rolledBack']),
    rowsRead: z.int(),
    rowsTotal: z.int().nullable().meta({ description: 'Null until it is known' }),
    accepted: z.int(),
    duplicates: z.int(),
    doNotCall: z.int(),
    rejected: z.int(),
    hasRejectsFile: z.boolean(),
    errorCode: z.string().nullable(),
    createdAt: instantField,
    startedAt: instantField.nullable(),
    finishedAt: instantField.nullable(),
  })
  .meta({ id: 'ListImport' });
export type ListImport = z.output<typeof importSchema>;

export const importParams = z.object({ listId: idField, importId: idField });
