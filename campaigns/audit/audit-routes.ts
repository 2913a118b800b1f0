import { defineRoute, type Route } from '../routes/index.ts';
import { auditPage, auditQuery } from './audit-schema.ts';
import { listEntries } from './audit-store.ts';

export function auditRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/audit-entries',
      roles: ['admin', 'manager'],
      tag: 'Audit',
      summary: 'Changes of rules and settings, newest first',
      query: auditQuery,
      response: auditPage,
      handler: ({ queries, viewer, query }) => listEntries(queries, viewer, query),
    }),
  ];
}
