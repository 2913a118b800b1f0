import { z } from 'zod';
import { defineRoute, type Route } from '../routes/index.ts';
import {
  lintSchema,
  newScriptSchema,
  newVersionSchema,
  previewSchema,
  renderedScriptSchema,
  savedVersionSchema,
  scriptPage,
  scriptParams,
  scriptSchema,
  scriptsQuery,
  versionParams,
  versionSchema,
  versionSummarySchema,
} from './scripts-schema.ts';
import type { ScriptService } from './scripts-service.ts';
import { listScripts, listVersions } from './scripts-store.ts';

const tag = 'Scripts';
const AUTHORS = ['admin', 'manager', 'marketer'] as const;

const EXAMPLE = {
  locale: 'en',
  start: 'hello',
  steps: [
    { id: 'hello', title: 'Opening', kind: 'thank', body: 'Good day, {{customer.name}}.', branches: [] },
  ],
};

export function scriptRoutes(scripts: ScriptService): Route[] {
  return [...reading(scripts), ...writing(scripts), ...trying(scripts)];
}

function reading(scripts: ScriptService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/scripts',
      roles: AUTHORS,
      tag,
      summary: 'Scripts the viewer sees, newest first',
      query: scriptsQuery,
      response: scriptPage,
      handler: ({ queries, viewer, query }) => listScripts(queries, viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/scripts/:scriptId',
      roles: AUTHORS,
      tag,
      summary: 'One script and its versions, newest first, at most 200',
      params: scriptParams,
      response: z.object({ script: scriptSchema, versions: z.array(versionSummarySchema) }),
      handler: async ({ queries, viewer, params }) => ({
        script: await scripts.script(queries, viewer, params.scriptId),
        versions: await listVersions(queries, params.scriptId),
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/scripts/:scriptId/versions/:number',
      roles: AUTHORS,
      tag,
      summary: 'One version with its document',
      params: versionParams,
      response: versionSchema,
      handler: ({ queries, viewer, params }) => scripts.version(queries, viewer, params),
    }),
  ];
}

function writing(scripts: ScriptService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/scripts',
      roles: AUTHORS,
      tag,
      summary: 'Add a script',
      creates: true,
      body: newScriptSchema,
      example: { name: 'Renewal, mornings' },
      response: scriptSchema,
      handler: ({ transact, viewer, body }) => transact((tx) => scripts.create(tx, viewer, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/scripts/:scriptId/versions',
      roles: AUTHORS,
      tag,
      summary: 'Save a version, as a draft; 422 `script_invalid` names every fault with its place',
      creates: true,
      params: scriptParams,
      body: newVersionSchema,
      example: { document: EXAMPLE },
      response: savedVersionSchema,
      handler: ({ transact, viewer, params, body }) =>
        transact((tx) =>
          scripts.saveVersion(tx, viewer, { scriptId: params.scriptId, document: body.document }),
        ),
    }),
    defineRoute({
      method: 'post',
      path: '/scripts/:scriptId/versions/:number/approve',
      roles: ['admin', 'manager'],
      tag,
      summary: 'Approve a draft: calls use it from now on, and the version before is retired',
      params: versionParams,
      response: versionSchema,
      handler: ({ transact, viewer, params }) => transact((tx) => scripts.approve(tx, viewer, params)),
    }),
  ];
}

function trying(scripts: ScriptService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/script-checks',
      roles: AUTHORS,
      tag,
      summary: 'What the linter says of a document that is not saved',
      body: newVersionSchema,
      example: { document: EXAMPLE },
      response: lintSchema,
      handler: async ({ body }) => ({ issues: scripts.lint(body.document) }),
    }),
    defineRoute({
      method: 'post',
      path: '/script-previews',
      roles: AUTHORS,
      tag,
      summary: 'How a document reads with given values',
      body: previewSchema,
      example: { document: EXAMPLE, context: { customer: { name: 'Wang Fang' } } },
      response: renderedScriptSchema,
      handler: async ({ body }) => scripts.preview({ document: body.document, context: body.context }),
    }),
  ];
}
