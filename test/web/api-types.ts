import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { openLab } from '../server/lab.ts';
import { testDatabases } from '../support/databases.ts';

export const API_TYPES_FILE = join(import.meta.dirname, '../../web/src/api-types.ts');
const BANNER =
  '/** Generated from the OpenAPI document by test/web/generate-api-types.ts: do not change by hand. */';

const NOTHING: JSONSchema = { type: 'null' };

interface Media {
  schema?: JSONSchema;
}
interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema?: JSONSchema }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, JSONSchema> };
}

/** One property per route, `GET /campaigns/{campaignId}`, with what it takes and answers. */
function routesSchema({ paths, components }: Document): JSONSchema {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, JSONSchema] => [
      `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
      operationSchema(operation),
    ]),
  );
  return { ...closed(Object.fromEntries(routes)), title: 'Routes', definitions: components.schemas ?? {} };
}

function operationSchema(operation: Operation): JSONSchema {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  return closed({
    params: parameters(operation, 'path'),
    query: parameters(operation, 'query'),
    body: jsonOf(operation.requestBody?.content) ?? NOTHING,
    response: jsonOf(success?.content) ?? NOTHING,
  });
}

function parameters({ parameters: all = [] }: Operation, place: 'path' | 'query'): JSONSchema {
  const own = all.filter((one) => one.in === place);
  if (own.length === 0) return NOTHING;
  const required = own.filter((one) => one.required).map((one) => one.name);
  return {
    ...closed(Object.fromEntries(own.map((one) => [one.name, one.schema ?? { type: 'string' }]))),
    required,
  };
}

function jsonOf(content: Record<string, Media> | undefined): JSONSchema | undefined {
  return content?.['application/json']?.schema;
}

function closed(properties: Record<string, JSONSchema>): JSONSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** Descriptions and bounds are for readers of the API; the types keep shapes only. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([key, inner]) => !(NOISE.has(key) && typeof inner !== 'object'))
    .map(([key, inner]) => [
      key,
      key === '$ref' ? String(inner).replace('#/components/schemas/', '#/definitions/') : bare(inner),
    ]);
  return Object.fromEntries(entries);
}
const NOISE = new Set(['description', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'format']);

/** The types of the API, from the OpenAPI document of the server as it is composed, over an empty database. */
export async function apiTypes(): Promise<string> {
  const [engine] = testDatabases();
  if (!engine) throw new Error('No database to compose the server over');
  const lab = await openLab(engine);
  try {
    const answer = await fetch(`${lab.url}/api/openapi.json`);
    const schema = bare(routesSchema((await answer.json()) as Document)) as JSONSchema;
    return await compile(schema, 'Routes', {
      bannerComment: BANNER,
      additionalProperties: false,
      style: { singleQuote: true, printWidth: 110 },
    });
  } finally {
    await lab.close();
  }
}
