import { z } from 'zod';
import { defineDownload, defineRoute, idField, type Route } from '../routes/index.ts';
import { importSchema, previewSchema, readOptionsSchema, startSchema } from './imports-schema.ts';
import type { ImportService } from './imports-service.ts';
import { listParams } from './lists-schema.ts';

const tag = 'Lists';
const ROLES = ['admin', 'manager', 'marketer'] as const;
const fileParams = listParams.extend({ fileId: idField });
const importParams = listParams.extend({ importId: idField });
const importsSchema = z.object({ items: z.array(importSchema) });

/** Loading leads into a list, from the file that was uploaded to the file of rejected rows. */
export function importRoutes(imports: ImportService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/lists/:listId/uploads/:fileId/preview',
      roles: ROLES,
      tag,
      summary: 'What is found about an uploaded file, and what its first rows would become',
      params: fileParams,
      body: readOptionsSchema,
      example: { encoding: 'gb18030' },
      response: previewSchema,
      handler: ({ viewer, params, body }) => imports.preview(viewer, params, body),
    }),
    defineRoute({
      method: 'get',
      path: '/lists/:listId/imports',
      roles: ROLES,
      tag,
      summary: 'The last 50 imports of a list, newest first',
      params: listParams,
      response: importsSchema,
      handler: async ({ queries, viewer, params }) => ({
        items: await imports.list(queries, viewer, params.listId),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/lists/:listId/imports',
      roles: ROLES,
      tag,
      summary: 'Load an uploaded file into a list',
      creates: true,
      params: listParams,
      body: startSchema,
      example: { fileId: '01hf3k9z8v0a2b4c6d8e', options: { duplicates: 'skip' } },
      response: importSchema,
      handler: async ({ transact, viewer, params, body }) => {
        const prepared = await imports.prepare(viewer, params.listId, body);
        return transact((tx) => imports.start(tx, viewer, { prepared }));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/lists/:listId/imports/:importId',
      roles: ROLES,
      tag,
      summary: 'How far an import is',
      params: importParams,
      response: importSchema,
      handler: ({ queries, viewer, params }) => imports.status(queries, viewer, params),
    }),
    defineRoute({
      method: 'post',
      path: '/lists/:listId/imports/:importId/cancel',
      roles: ROLES,
      tag,
      summary: 'Stop an import',
      description: 'Its leads are taken out again, but those that were dialed, unless `onFailure` is `keep`.',
      params: importParams,
      response: importSchema,
      handler: ({ transact, viewer, params }) => transact((tx) => imports.cancel(tx, viewer, params)),
    }),
    defineDownload({
      method: 'get',
      path: '/lists/:listId/imports/:importId/rejects',
      roles: ROLES,
      tag,
      summary: 'The rejected rows with line and reason, as a file that can be corrected and loaded',
      produces: 'text/csv',
      params: importParams,
      handler: ({ queries, viewer, params }) => imports.rejects(queries, viewer, params),
    }),
  ];
}
