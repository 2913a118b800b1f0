import { z } from 'zod';
import { defineEvent, defineTransient } from '../../platform/events/index.ts';
import { idField } from '../routes/index.ts';
import { IMPORT_STATES } from './imports-schema.ts';

const counts = {
  importId: idField,
  listId: idField,
  rows: z.int(),
  rowsTotal: z.int().nullable(),
  accepted: z.int(),
  duplicates: z.int(),
  doNotCall: z.int(),
  rejected: z.int(),
};

/** How far a running import is; a sample, some a second. */
export const importProgressed = defineTransient('list_import.progressed', z.strictObject(counts));

/** An import came to its end, whichever. */
export const importEnded = defineEvent(
  'list_import.ended',
  z.strictObject({ ...counts, state: z.enum(IMPORT_STATES), errorCode: z.string().nullable() }),
);
