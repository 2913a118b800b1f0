import { defineRoute, type Route } from '../routes/index.ts';
import {
  listChangeSchema,
  listPage,
  listParams,
  listSchema,
  listsQuery,
  newListSchema,
} from './lists-schema.ts';
import type { ListService } from './lists-service.ts';
import { listLists } from './lists-store.ts';

const tag = 'Lists';
const ROLES = ['admin', 'manager', 'marketer'] as const;

export function listRoutes(lists: ListService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/lists',
      roles: ROLES,
      tag,
      summary: 'Lead lists the viewer sees, newest first',
      query: listsQuery,
      response: listPage,
      handler: ({ queries, viewer, query }) => listLists(queries, viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/lists',
      roles: ROLES,
      tag,
      summary: 'Add a list, to load leads into',
      creates: true,
      body: newListSchema,
      example: { name: 'Contracts ending in May', country: 'CN' },
      response: listSchema,
      handler: ({ transact, viewer, body }) => transact((tx) => lists.create(tx, viewer, body)),
    }),
    defineRoute({
      method: 'get',
      path: '/lists/:listId',
      roles: ROLES,
      tag,
      summary: 'One list',
      params: listParams,
      response: listSchema,
      handler: ({ queries, viewer, params }) => lists.list(queries, viewer, params.listId),
    }),
    defineRoute({
      method: 'patch',
      path: '/lists/:listId',
      roles: ROLES,
      tag,
      summary: 'Rename, stop, or give to a campaign',
      params: listParams,
      body: listChangeSchema,
      example: { state: 'stopped' },
      response: listSchema,
      handler: ({ transact, viewer, params, body }) =>
        transact((tx) => lists.change(tx, viewer, { listId: params.listId, input: body })),
    }),
  ];
}
