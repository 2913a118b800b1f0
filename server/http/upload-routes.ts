import { z } from 'zod';
import { type ImportService, listParams, type Upload, uploadSchema } from '../../campaigns/lists/index.ts';
import { defineRawRoute, type RawRoute } from './http-route.ts';
import { inputError } from './problem.ts';
import { readUpload } from './upload.ts';

const formSchema = z.object({
  file: z.string().meta({ format: 'binary', description: 'CSV or XLSX' }),
});

/** Bringing a list's file; what is done with it are the routes of the imports. */
export function uploadRoutes(parts: { imports: ImportService; maxUploadBytes: number }): RawRoute[] {
  const { imports, maxUploadBytes } = parts;
  return [
    defineRawRoute({
      method: 'post',
      path: '/lists/:listId/uploads',
      roles: ['admin', 'manager', 'marketer'],
      tag: 'Lists',
      summary: 'Store a file for a list, whole or not at all; nothing is loaded yet',
      params: listParams,
      body: formSchema,
      consumes: 'multipart/form-data',
      response: uploadSchema,
      async serve({ req, res, signedIn, params: { listId } }) {
        if (!signedIn) throw new Error('An upload without a user');
        const { viewer } = signedIn;
        await imports.assertMayLoad(viewer, listId);
        const stored = await readUpload<Upload>(req, {
          maxBytes: maxUploadBytes,
          store: (file) => imports.upload(viewer, listId, file),
          discard: ({ fileId }) => imports.discard(listId, fileId),
          check: assertNoFields,
        });
        res.status(201).json(stored);
      },
    }),
  ];
}

/** A field that is not read would be a wish that is not heard. */
function assertNoFields(fields: Readonly<Record<string, string>>): void {
  const names = Object.keys(fields);
  if (names.length === 0) return;
  const issue = { code: 'unknown_field', message: 'No such field', params: {} };
  throw inputError(names.map((name) => ({ ...issue, path: `/${name.slice(0, 100)}` })));
}
