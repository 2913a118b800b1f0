import { z } from 'zod';
import {
  type ImportOptions,
  importOfList,
  importOptionsSchema,
  importParams,
  importSchema,
  importsOfList,
  type ListImport,
  type ListService,
} from '../../campaigns/lists/index.ts';
import {
  type Download,
  defineDownload,
  defineRoute,
  idField,
  type Route,
} from '../../campaigns/routes/index.ts';
import type { Viewer } from '../../campaigns/scope/index.ts';
import type { Queries, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { defineRawRoute, type Exchange, type RawRoute, type ServedRoute } from './http-route.ts';
import { HttpError, inputError } from './problem.ts';
import { readUpload, type UploadedFile } from './upload.ts';

export interface StoredUpload {
  key: string;
  bytes: number;
  sha256: string;
}

/** What the routes need of whoever loads lists. */
export interface ListLoader {
  /** Writes the import down and sees that it is run after the commit. The file is the loader's from then on. */
  start(
    tx: Tx,
    request: { viewer: Viewer; listId: Id; fileName: string; file: StoredUpload; options: ImportOptions },
  ): Promise<ListImport>;
}

export interface ImportServices {
  lists: ListService;
  loader: ListLoader;
  files: FileStore;
  ids: Ids;
  queries: Queries;
  maxUploadBytes: number;
}

const tag = 'Lists';
const roles = ['admin', 'manager', 'marketer'] as const;
const listParams = z.object({ listId: idField });

const formSchema = z.object({
  file: z.string().meta({ format: 'binary', description: 'CSV or XLSX' }),
  options: z.string().optional().meta({ description: 'ImportOptions as JSON' }),
});

export function importRoutes(services: ImportServices): ServedRoute[] {
  return [start(services), ...reading(services)];
}

function start(services: ImportServices): RawRoute {
  return defineRawRoute({
    method: 'post',
    path: '/lists/:listId/imports',
    roles,
    tag,
    summary: 'Load a file into a list; the import runs on its own, and the same file twice changes nothing',
    creates: true,
    params: listParams,
    body: formSchema,
    consumes: 'multipart/form-data',
    response: importSchema,
    serve: (exchange) => startImport(services, exchange),
  });
}

async function startImport(
  services: ImportServices,
  { req, res, signedIn, params, transact }: Exchange<{ listId: Id }>,
): Promise<void> {
  if (!signedIn) throw new Error('An upload without a user');
  const { viewer } = signedIn;
  await services.lists.list(services.queries, viewer, params.listId);
  const discard = async ({ key }: StoredUpload) => void (await services.files.delete(key));
  const upload = await readUpload(req, {
    maxBytes: services.maxUploadBytes,
    store: (content) => store(services, content),
    discard,
  });
  try {
    const options = readOptions(upload.fields);
    const identity = { sha256: upload.stored.sha256, fileName: upload.fileName, options };
    const started = await transact(
      (tx) => services.loader.start(tx, { viewer, listId: params.listId, ...fileOf(upload), options }),
      identity,
    );
    res.status(201).json(started);
  } catch (error) {
    await discard(upload.stored);
    throw error;
  }
}

async function store(
  { files, ids, maxUploadBytes }: ImportServices,
  content: Parameters<FileStore['put']>[1],
): Promise<StoredUpload> {
  const key = `uploads/${ids.next()}`;
  return { key, ...(await files.put(key, content, { maxBytes: maxUploadBytes })) };
}

function fileOf({ fileName, stored }: UploadedFile<StoredUpload>) {
  return { fileName, file: stored };
}

function readOptions(fields: Readonly<Record<string, string>>): ImportOptions {
  const unknown = Object.keys(fields).filter((name) => name !== 'options');
  if (unknown.length > 0) {
    const issue = { code: 'unknown_field', message: 'No such field', params: {} };
    throw inputError(unknown.map((name) => ({ ...issue, path: `/${name.slice(0, 100)}` })));
  }
  const parsed = importOptionsSchema.safeParse(parseJson(fields.options ?? '{}'));
  if (parsed.success) return parsed.data;
  throw inputError(
    parsed.error.issues.map(({ path, code, message }) => ({
      path: `/options/${path.join('/')}`,
      code: code === 'unrecognized_keys' ? 'unknown_field' : 'not_valid',
      message,
    })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new HttpError(400, 'malformed_json', 'The field `options` is not valid JSON');
  }
}

function reading({ lists, files }: ImportServices): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/lists/:listId/imports',
      roles,
      tag,
      summary: 'Imports into a list and how far they are, newest first, at most 100',
      params: listParams,
      response: z.object({ items: z.array(importSchema) }),
      handler: async ({ queries, viewer, params }) => {
        await lists.list(queries, viewer, params.listId);
        return { items: await importsOfList(queries, params.listId) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/lists/:listId/imports/:importId',
      roles,
      tag,
      summary: 'One import',
      params: importParams,
      response: importSchema,
      handler: async ({ queries, viewer, params }) => {
        await lists.list(queries, viewer, params.listId);
        const { rejectsKey: _key, ...found } = await importOfList(queries, params);
        return found;
      },
    }),
    defineDownload({
      method: 'get',
      path: '/lists/:listId/imports/:importId/rejects',
      roles,
      tag,
      summary: 'Rejected rows with line and reason, to be corrected and loaded again',
      params: importParams,
      produces: 'text/csv',
      handler: async ({ queries, viewer, params }) => {
        await lists.list(queries, viewer, params.listId);
        return rejectsFile(files, await importOfList(queries, params));
      },
    }),
  ];
}

async function rejectsFile(
  files: FileStore,
  found: ListImport & { rejectsKey: string | null },
): Promise<Download> {
  if (found.rejectsKey === null) {
    throw new DomainError('notFound', 'rejects_not_found', 'The import rejected nothing, or is not done');
  }
  const { content } = await files.get(found.rejectsKey);
  return { fileName: `rejects-${found.id}.csv`, content };
}
