import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Route } from '../../campaigns/routes/index.ts';
import type { SignedIn } from '../../campaigns/sessions/index.ts';

/** What a raw route is given: the exchange itself, and what was checked of it. */
export interface Exchange<P = unknown, Q = unknown, B = unknown> {
  readonly req: Request;
  readonly res: Response;
  /** Undefined on a public route only. */
  readonly signedIn: SignedIn | undefined;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** A route that speaks HTTP itself: cookies, uploads, streams. All checks but the answer are the same. */
export interface RawRoute extends Omit<Route, 'handler' | 'produces'> {
  /** Media type of the answer; JSON when absent. */
  readonly streams?: 'text/event-stream' | 'text/csv';
  /** Media type of the request body, when it is not JSON and is read by the route. */
  readonly consumes?: 'multipart/form-data';
  serve(exchange: Exchange): Promise<void>;
}

export type ServedRoute = Route | RawRoute;

export function isRaw(route: ServedRoute): route is RawRoute {
  return 'serve' in route;
}

type Shape = z.ZodType;

/** Ties the types of `serve` to the schemas, as `defineRoute` does for a handler. */
export function defineRawRoute<
  P extends Shape = z.ZodUndefined,
  Q extends Shape = z.ZodUndefined,
  B extends Shape = z.ZodUndefined,
>(
  route: Omit<RawRoute, 'serve' | 'params' | 'query' | 'body'> & {
    params?: P;
    query?: Q;
    body?: B;
    serve(exchange: Exchange<z.output<P>, z.output<Q>, z.output<B>>): Promise<void>;
  },
): RawRoute {
  return route as unknown as RawRoute;
}
