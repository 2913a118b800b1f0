import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import type { SessionService, SignedIn } from '../../campaigns/sessions/index.ts';
import { HttpError } from './problem.ts';

export interface CookieSetting {
  /** Only over https; the cookie's name then says so too. */
  secure: boolean;
  /** A session lasts no longer; ms. */
  maxMs: number;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The session's cookie and what guards it: CSRF token and origin. */
export interface Credentials {
  signedIn(req: Request): Promise<SignedIn | undefined>;
  token(req: Request): string | undefined;
  give(res: Response, token: string): void;
  take(res: Response): void;
}

export function createCredentials(sessions: SessionService, setting: CookieSetting): Credentials {
  const name = setting.secure ? '__Host-dialwright' : 'dialwright';
  const base = { httpOnly: true, sameSite: 'lax', secure: setting.secure, path: '/' } as const;
  const token = (req: Request) => readCookie(req.headers.cookie, name);
  return {
    token,
    async signedIn(req) {
      const value = token(req);
      return value === undefined ? undefined : sessions.resolve(value);
    },
    give: (res, value) => void res.cookie(name, value, { ...base, maxAge: setting.maxMs }),
    take: (res) => void res.clearCookie(name, base),
  };
}

/** A token is 43 characters of base64url; anything else is not looked up. */
function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').slice(0, 8_192).split(';')) {
    const [key, value = ''] = part.split('=', 2).map((text) => text.trim());
    if (key === name && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/**
 * A request that changes something comes from our own pages: its `Origin`, when it has one, is the host that was
 * asked or our public address; and it repeats the session's CSRF token, which another site cannot read.
 * @throws HttpError 403 `foreign_origin` or `csrf_token_wrong`
 */
export function assertMeant(
  req: Request,
  options: { publicUrl: string; signedIn: SignedIn | undefined },
): void {
  if (SAFE.has(req.method)) return;
  assertOrigin(req, options.publicUrl);
  if (options.signedIn && !sameText(req.get('x-csrf-token') ?? '', options.signedIn.csrfToken)) {
    throw new HttpError(403, 'csrf_token_wrong', 'Send the csrfToken of GET /api/v1/auth/me as X-CSRF-Token');
  }
}

function assertOrigin(req: Request, publicUrl: string): void {
  const origin = req.get('origin');
  const own = new Set([`${req.protocol}://${req.get('host')}`, new URL(publicUrl).origin]);
  const crossSite = req.get('sec-fetch-site') === 'cross-site';
  if (crossSite || (origin !== undefined && !own.has(origin))) {
    throw new HttpError(403, 'foreign_origin', 'This request comes from another site');
  }
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
