import { z } from 'zod';
import { defineRawRoute, type RawRoute } from '../http/http-route.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demo-campaigns.ts';

const demoSchema = z
  .object({
    people: z.array(
      z.object({ role: z.string(), login: z.string(), name: z.string(), password: z.string() }),
    ),
  })
  .meta({ id: 'Demo', description: 'Empty everywhere but in the demo' });

/** Whom one can sign in as, in the demo; nobody elsewhere. */
export function demoRoutes({ demo }: { demo: boolean }): RawRoute[] {
  return [
    defineRawRoute({
      method: 'get',
      path: '/demo',
      roles: 'public',
      tag: 'Sign-in',
      summary: "The demo's people, for its sign-in page",
      response: demoSchema,
      async serve({ res }) {
        const people = DEMO_PEOPLE.map(({ role, login, name }) => ({
          role,
          login,
          name,
          password: DEMO_PASSWORD,
        }));
        res.json({ people: demo ? people : [] });
      },
    }),
  ];
}
