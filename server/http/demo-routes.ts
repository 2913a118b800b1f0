import { z } from 'zod';
import { ROLES } from '../../campaigns/scope/index.ts';
import { defineRawRoute, type RawRoute } from './http-route.ts';

const personSchema = z
  .object({ login: z.string(), name: z.string(), role: z.enum(ROLES), password: z.string() })
  .meta({ id: 'DemoPerson' });
export type DemoPerson = z.output<typeof personSchema>;

/** Who may sign in to the demo, with their passwords: for the sign-in page, and only while there is a demo. */
export function demoRoutes(people: readonly DemoPerson[]): RawRoute[] {
  return [
    defineRawRoute({
      method: 'get',
      path: '/demo/people',
      roles: 'public',
      tag: 'Sign-in',
      summary: 'Users of the demo with their passwords; empty without a demo',
      response: z.object({ items: z.array(personSchema) }),
      async serve({ res }) {
        res.json({ items: people });
      },
    }),
  ];
}
