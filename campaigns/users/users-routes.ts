import { z } from 'zod';
import { defineRoute, type Route } from '../routes/index.ts';
import { listTeams, listVendors } from './teams-store.ts';
import {
  newTeamSchema,
  newUserSchema,
  newVendorSchema,
  teamSchema,
  type User,
  userChangeSchema,
  userPage,
  userParams,
  userSchema,
  usersQuery,
  vendorSchema,
} from './users-schema.ts';
import { type UserService, withHash } from './users-service.ts';
import { listUsers } from './users-store.ts';

const ID = '01hf3k9z8v0a2b4c6d8e';

/** Called when a user may see or do other things than before; what they were doing under the old rights has to end. */
export type OnRightsChanged = (userId: User['id']) => Promise<void>;

export function userRoutes(users: UserService, onRightsChanged: OnRightsChanged): Route[] {
  return [...accounts(users, onRightsChanged), ...teamsAndVendors(users)];
}

const RIGHTS = ['role', 'scope', 'state', 'teamId'] as const;

function accounts(users: UserService, onRightsChanged: OnRightsChanged): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/users',
      roles: ['admin', 'manager'],
      tag: 'Users',
      summary: 'Users the viewer sees',
      query: usersQuery,
      response: userPage,
      handler: ({ queries, viewer, query }) => listUsers(queries, viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/users',
      roles: ['admin', 'manager'],
      tag: 'Users',
      summary: 'Add a user',
      creates: true,
      body: newUserSchema,
      example: { login: 'lin.mei', name: '林梅', password: 'a long password', role: 'agent', teamId: ID },
      response: userSchema,
      handler: async ({ transact, viewer, body }) => {
        const input = await withHash(body);
        return transact((tx) => users.createUser(tx, viewer, input));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/users/:userId',
      roles: ['admin', 'manager'],
      tag: 'Users',
      summary: 'One user',
      params: userParams,
      response: userSchema,
      handler: ({ queries, viewer, params }) => users.user(queries, viewer, params.userId),
    }),
    defineRoute({
      method: 'patch',
      path: '/users/:userId',
      roles: ['admin', 'manager'],
      tag: 'Users',
      summary: 'Change a user; a changed password, role or state ends their sessions',
      params: userParams,
      body: userChangeSchema,
      example: { state: 'disabled' },
      response: userSchema,
      handler: async ({ transact, viewer, params, body }) => {
        const input = await withHash(body);
        const { before, after } = await transact(async (tx) => ({
          before: await users.user(tx, viewer, params.userId),
          after: await users.changeUser(tx, viewer, { userId: params.userId, input }),
        }));
        if (RIGHTS.some((name) => before[name] !== after[name])) await onRightsChanged(after.id);
        return after;
      },
    }),
  ];
}

function teamsAndVendors(users: UserService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/teams',
      roles: ['admin', 'manager', 'marketer'],
      tag: 'Users',
      summary: 'Teams the viewer sees, at most 1,000',
      response: z.object({ items: z.array(teamSchema) }),
      handler: async ({ queries, viewer }) => ({ items: await listTeams(queries, viewer) }),
    }),
    defineRoute({
      method: 'post',
      path: '/teams',
      roles: ['admin'],
      tag: 'Users',
      summary: 'Add a team',
      creates: true,
      body: newTeamSchema,
      example: { name: 'Evening team' },
      response: teamSchema,
      handler: ({ transact, viewer, body }) => transact((tx) => users.createTeam(tx, viewer, body)),
    }),
    defineRoute({
      method: 'get',
      path: '/vendors',
      roles: ['admin', 'manager'],
      tag: 'Users',
      summary: 'Vendors the viewer sees, at most 1,000',
      response: z.object({ items: z.array(vendorSchema) }),
      handler: async ({ queries, viewer }) => ({ items: await listVendors(queries, viewer) }),
    }),
    defineRoute({
      method: 'post',
      path: '/vendors',
      roles: ['admin'],
      tag: 'Users',
      summary: 'Add a vendor',
      creates: true,
      body: newVendorSchema,
      example: { name: 'Northern Call Centre' },
      response: vendorSchema,
      handler: ({ transact, viewer, body }) => transact((tx) => users.createVendor(tx, viewer, body)),
    }),
  ];
}
