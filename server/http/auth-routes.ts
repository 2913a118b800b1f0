import { z } from 'zod';
import { defineRoute, type Route } from '../../campaigns/routes/index.ts';
import { ROLES } from '../../campaigns/scope/index.ts';
import type { SessionService, SignedIn } from '../../campaigns/sessions/index.ts';
import { localeField, loginField, userSchema } from '../../campaigns/users/index.ts';
import type { Credentials } from './credentials.ts';
import { defineRawRoute, type RawRoute, type ServedRoute } from './http-route.ts';
import type { SignInGuard } from './sign-in-limit.ts';

const credentialsSchema = z.strictObject({ login: loginField, password: z.string().min(1).max(200) });

const meSchema = z
  .object({
    user: userSchema,
    csrfToken: z
      .string()
      .meta({ description: 'To be sent as `X-CSRF-Token` with every request that changes' }),
  })
  .meta({ id: 'Me' });

interface AuthServices {
  sessions: SessionService;
  credentials: Credentials;
  guard: SignInGuard;
}

export function authRoutes(services: AuthServices): ServedRoute[] {
  return [signIn(services), signOut(services), me(), locale()];
}

function signIn({ sessions, credentials, guard }: AuthServices): RawRoute {
  return defineRawRoute({
    method: 'post',
    path: '/auth/sign-in',
    roles: 'public',
    tag: 'Sign-in',
    summary: 'Sign in; the session is an http-only cookie',
    description: 'After 10 wrong tries of a login, or 50 from an address, within 15 minutes: 429.',
    body: credentialsSchema,
    example: { login: 'manager', password: 'a long password' },
    response: meSchema,
    async serve({ req, res, body }) {
      const attempt = { login: body.login, address: req.ip ?? '' };
      await guard.enter(attempt);
      const signedIn = await sessions.signIn(body);
      await guard.succeeded(attempt);
      credentials.give(res, signedIn.token);
      res.json(meOf(signedIn));
    },
  });
}

function signOut({ sessions, credentials }: AuthServices): RawRoute {
  return defineRawRoute({
    method: 'post',
    path: '/auth/sign-out',
    roles: ROLES,
    tag: 'Sign-in',
    summary: 'End the session',
    async serve({ req, res }) {
      const token = credentials.token(req);
      if (token) await sessions.signOut(token);
      credentials.take(res);
      res.status(204).end();
    },
  });
}

function me(): RawRoute {
  return defineRawRoute({
    method: 'get',
    path: '/auth/me',
    roles: ROLES,
    tag: 'Sign-in',
    summary: 'Who is signed in, and the CSRF token of the session',
    response: meSchema,
    async serve({ res, signedIn }) {
      if (signedIn) res.json(meOf(signedIn));
    },
  });
}

function locale(): Route {
  return defineRoute({
    method: 'put',
    path: '/auth/locale',
    roles: ROLES,
    tag: 'Sign-in',
    summary: "Set the user's language",
    body: z.strictObject({ locale: localeField }),
    example: { locale: 'zh-CN' },
    handler: ({ transact, viewer, body }) =>
      transact(async (tx) => {
        await tx.knex('users').where('id', viewer.userId).update({ locale: body.locale });
      }),
  });
}

function meOf({ user, csrfToken }: SignedIn): z.infer<typeof meSchema> {
  return { user, csrfToken };
}
