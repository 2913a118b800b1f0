import { z } from 'zod';
import { idField, instantField } from '../routes/index.ts';

export const IMPORT_STATES = ['pending', 'running', 'done', 'failed', 'rolledBack'] as const;

/** How a file is to be read; everything left out is found. */
export const readOptionsSchema = z.strictObject({
  encoding: z.string().max(40).optional().meta({ description: 'utf-8, utf-16le, gb18030 …' }),
  delimiter: z.string().length(1).optional(),
  hasHeader: z.boolean().optional(),
  sheet: z
    .union([z.string().max(100), z.int().min(1).max(1_000)])
    .optional()
    .meta({ description: 'Of a workbook: its name, or its number from 1' }),
  acceptGuess: z
    .boolean()
    .default(false)
    .meta({ description: 'Go on when the encoding is only a guess, instead of asking to choose one' }),
  mapping: z
    .record(z.string().max(200), z.string().max(200))
    .default({})
    .meta({
      description:
        'Decisions over what is guessed: header, or # and the number of the column from 1, to a field, ' +
        '`phone`, `phone2:work`, `var:name` or `ignore`',
      example: { '#3': 'phone2:work' },
    }),
});
export type ReadOptions = z.output<typeof readOptionsSchema>;

/** What is to happen with the rows. */
export const importOptionsSchema = readOptionsSchema.extend({
  duplicates: z
    .enum(['skip', 'update', 'add'])
    .default('skip')
    .meta({ description: 'A row with a number that a lead of the list or its campaign has' }),
  badNumber: z
    .enum(['warn', 'reject'])
    .default('warn')
    .meta({ description: 'A row with a good number and a bad one: loaded without the bad one, or rejected' }),
  repairLostZeros: z.boolean().default(false),
  consent: z
    .strictObject({
      level: z.enum(['contract', 'optIn', 'optInWritten']).default('optIn'),
      all: z.boolean().default(false).meta({ description: 'Every row that does not say no has it' }),
      until: instantField.nullable().default(null),
    })
    .prefault({})
    .meta({ description: 'What a yes in the column of consent stands for' }),
  onFailure: z
    .enum(['rollBack', 'keep'])
    .default('rollBack')
    .meta({ description: 'When the file turns out to be unreadable midway, or the import is cancelled' }),
});
export type ImportOptions = z.output<typeof importOptionsSchema>;

export const importSchema = z
  .object({
    id: idField,
    listId: idField,
    fileName: z.string(),
    sha256: z.string(),
    state: z.enum(IMPORT_STATES),
    rowsTotal: z.int().nullable().meta({ description: 'An estimate until it is done' }),
    rows: z.int().meta({ description: 'So far: accepted + duplicates + doNotCall + rejected' }),
    accepted: z.int(),
    duplicates: z.int().meta({ description: 'Skipped, or used to update a lead' }),
    doNotCall: z.int().meta({ description: 'All numbers of the row are on do-not-call' }),
    rejected: z.int(),
    errorCode: z.string().nullable(),
    createdAt: instantField,
    startedAt: instantField.nullable(),
    finishedAt: instantField.nullable(),
  })
  .meta({ id: 'ListImport' });
export type ListImport = z.output<typeof importSchema>;

const fileIdField = idField.meta({ description: 'What the upload answered' });

export const uploadSchema = z
  .object({ fileId: fileIdField, fileName: z.string(), bytes: z.int(), sha256: z.string() })
  .meta({ id: 'ListUpload' });
export type Upload = z.output<typeof uploadSchema>;

export const startSchema = z.strictObject({
  fileId: fileIdField,
  options: importOptionsSchema.prefault({}),
});
export type StartImport = z.output<typeof startSchema>;

export const previewSchema = z
  .object({
    format: z.enum(['csv', 'xlsx']),
    encoding: z
      .object({
        encoding: z.string(),
        confidence: z.enum(['certain', 'likely', 'guess']),
        alternatives: z.array(z.string()),
      })
      .nullable(),
    delimiter: z.string().nullable(),
    sheet: z.string().nullable(),
    sheets: z.array(z.string()),
    columns: z.array(
      z.object({
        header: z.string().nullable(),
        target: z.string().meta({ description: 'As a decision would be written' }),
      }),
    ),
    rows: z.array(
      z.object({
        line: z.int(),
        cells: z.array(z.string()),
        code: z.string().nullable().meta({ description: 'Why the row would be rejected' }),
        column: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'ListPreview' });
export type ListPreview = z.output<typeof previewSchema>;
