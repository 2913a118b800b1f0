import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { isRaw, type ServedRoute } from './http-route.ts';
import { problemSchema } from './problem.ts';

const SAFE = new Set(['get']);

/** The OpenAPI 3.1 document, from the same schemas that check requests. */
export function openApiDocument(routes: readonly ServedRoute[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Dialwright',
      version,
      description:
        'Sign in with `POST /api/v1/auth/sign-in`; the session is a cookie. Requests that change something ' +
        'send `X-CSRF-Token`. Errors are problem+json (RFC 9457) with a stable `code`. Lists answer pages: ' +
        'ask again with `cursor` = `nextCursor`. Instants are UTC milliseconds.',
    },
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'dialwright' } },
    },
    paths,
  });
}

function operation(route: ServedRoute): ZodOpenApiOperationObject {
  const roles = route.roles === 'public' ? 'Open to everybody.' : `Roles: ${route.roles.join(', ')}.`;
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, roles].filter(Boolean).join('\n\n'),
    security: route.roles === 'public' ? [] : [{ session: [] }],
    requestParams: requestParams(route),
    ...requestBody(route),
    responses: { ...success(route), ...failures(route) },
  };
}

/** `get /campaigns/:campaignId/leads` → `getCampaignsByCampaignIdLeads`. */
function operationId(route: ServedRoute): string {
  const words = route.path
    .split('/')
    .filter(Boolean)
    .map((part) =>
      part.startsWith(':') ? `By${capital(part.slice(1))}` : part.split('-').map(capital).join(''),
    );
  return route.method + words.join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function requestParams(route: ServedRoute): ZodOpenApiOperationObject['requestParams'] {
  const headers: Record<string, z.ZodType> = {};
  if (!SAFE.has(route.method) && route.roles !== 'public') headers['X-CSRF-Token'] = z.string();
  if (route.creates) headers['Idempotency-Key'] = z.string().min(1).max(200).optional();
  return {
    ...(route.params instanceof z.ZodObject && { path: route.params }),
    ...(route.query instanceof z.ZodObject && { query: route.query }),
    ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
  };
}

function requestBody(route: ServedRoute): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (!route.body) return {};
  const type = isRaw(route) && route.consumes ? route.consumes : 'application/json';
  const media = { schema: route.body, ...(route.example !== undefined && { example: route.example }) };
  return { requestBody: { required: true, content: { [type]: media } } };
}

function success(route: ServedRoute): ZodOpenApiOperationObject['responses'] {
  const status = route.creates ? '201' : '200';
  const type = isRaw(route) ? route.streams : route.produces;
  if (type) return { [status]: { description: 'Done', content: { [type]: { schema: z.string() } } } };
  if (!route.response) return { 204: { description: 'Done' } };
  return { [status]: { description: 'Done', content: { 'application/json': { schema: route.response } } } };
}

function failures(route: ServedRoute): ZodOpenApiOperationObject['responses'] {
  const content = { 'application/problem+json': { schema: problemSchema } };
  const answers: Record<string, { description: string; content: typeof content }> = {};
  const add = (status: string, description: string) => {
    answers[status] = { description, content };
  };
  if (route.roles !== 'public') {
    add('401', 'Not signed in');
    add('403', 'Not allowed, or the CSRF token is missing');
  }
  if (route.params) add('404', 'Not there, or not yours to see');
  if (!SAFE.has(route.method)) add('409', 'The state does not allow it');
  add('422', 'The input is wrong');
  return answers as ZodOpenApiOperationObject['responses'];
}
