import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Call, Download, Route } from '../../campaigns/routes/index.ts';
import type { SignedIn } from '../../campaigns/sessions/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { assertMeant, type Credentials } from './credentials.ts';
import { isRaw, type ServedRoute } from './http-route.ts';
import { AnsweredBefore, fingerprintOf, onceByKey, readKey } from './idempotency.ts';
import { type Input, readInput } from './input.ts';
import { HttpError } from './problem.ts';

export interface ServeServices {
  db: Database;
  clock: Clock;
  credentials: Credentials;
  publicUrl: string;
  /** Keys the fingerprints of requests. */
  secret: string;
  /** Fails on an answer that its schema does not allow; for tests. */
  checkAnswers: boolean;
}

/** One route as an Express handler: who, meant, allowed, well-formed; then the work, then the answer. */
export function serveRoute(services: ServeServices, route: ServedRoute): RequestHandler {
  return async (req, res) => {
    res.locals.route = `/api/v1${route.path}`; // for log and metrics: the pattern, not the address
    res.set('Cache-Control', 'no-store'); // errors too: both can hold what is one person's to see
    const signedIn = await services.credentials.signedIn(req);
    assertSignedIn(route, signedIn);
    assertMeant(req, { publicUrl: services.publicUrl, signedIn });
    assertRole(route, signedIn);
    const input = readInput(route, req);
    if (isRaw(route)) return route.serve({ req, res, signedIn, ...input });
    if (!signedIn) throw new Error(`${route.path}: a public route answers itself`);
    await answer(services, route, { req, res, signedIn, input });
  };
}

function assertSignedIn(route: ServedRoute, signedIn: SignedIn | undefined): void {
  if (route.roles === 'public' || signedIn) return;
  throw new HttpError(401, 'not_signed_in', 'Sign in first');
}

function assertRole(route: ServedRoute, signedIn: SignedIn | undefined): void {
  if (route.roles === 'public' || (signedIn && route.roles.includes(signedIn.viewer.role))) return;
  throw new HttpError(403, 'role_forbidden', 'Your role does not allow this');
}

interface Answering {
  req: Request;
  res: Response;
  signedIn: SignedIn;
  input: Input;
}

async function answer(
  services: ServeServices,
  route: Route,
  { req, res, signedIn, input }: Answering,
): Promise<void> {
  const call: Call<unknown, unknown, unknown> = {
    viewer: signedIn.viewer,
    ...input,
    queries: services.db.reader,
    transact: transactOf(services, route, { req, signedIn, input }),
  };
  const result = await resultOf(route, call, res);
  if (route.produces) return sendDownload(res, result as Download, route.produces);
  if (!route.response) return void res.status(204).end();
  const body = services.checkAnswers ? checked(route, result) : result;
  res.status(route.creates ? 201 : 200).json(body);
}

async function resultOf(
  route: Route,
  call: Call<unknown, unknown, unknown>,
  res: Response,
): Promise<unknown> {
  try {
    return await route.handler(call);
  } catch (error) {
    if (!(error instanceof AnsweredBefore)) throw error;
    res.set('Idempotent-Replayed', 'true');
    return error.body;
  }
}

function transactOf(
  services: ServeServices,
  route: Route,
  { req, signedIn, input }: Omit<Answering, 'res'>,
): Call<unknown, unknown, unknown>['transact'] {
  if (!route.creates) return (work) => services.db.transact(work);
  const key = readKey(req.get('idempotency-key'));
  const { method, path } = req;
  const fingerprint = fingerprintOf(services.secret, { method, path, body: input.body });
  return (work) => onceByKey(services, { userId: signedIn.viewer.userId, key, fingerprint }, work);
}

function checked(route: Route, result: unknown): unknown {
  const parsed = route.response?.safeParse(JSON.parse(JSON.stringify(result ?? null)));
  if (parsed?.success) return result;
  throw new Error(
    `${route.method} ${route.path} answers against its schema: ${z.prettifyError(parsed?.error ?? new z.ZodError([]))}`,
  );
}

async function sendDownload(res: Response, { fileName, content }: Download, type: string): Promise<void> {
  res.attachment(fileName).type(`${type}; charset=utf-8`);
  if (typeof content === 'string') res.send(content);
  else await pipeline(content instanceof Readable ? content : Readable.from(content), res);
}
