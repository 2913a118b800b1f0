import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Role, Viewer } from '../scope/index.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** `public`: nobody need be signed in. */
export type Access = 'public' | readonly Role[];

/** What a handler is given. Everything in it is checked; `viewer` holds one of the route's roles. */
export interface Call<P, Q, B> {
  readonly viewer: Viewer;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Reads outside a unit of work. */
  readonly queries: Queries;
  /**
   * One unit of work. On a route that creates, it is the one that an idempotency key protects: its result is the
   * route's answer and is kept in the same commit; call it once, and answer what it answers.
   */
  readonly transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** A text to be downloaded. */
export interface Download {
  readonly fileName: string;
  readonly content: string | AsyncIterable<string> | Readable;
}

interface RouteBase<P extends Shape, Q extends Shape, B extends Shape> {
  method: Method;
  /** Express' form, under `/api/v1`: `/campaigns/:campaignId`. */
  path: string;
  roles: Access;
  /** Heading in the documentation. */
  tag: string;
  summary: string;
  /** What a caller needs to know beyond the summary. */
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** A body that passes; shown in the documentation and used by the test that walks all routes. */
  example?: z.input<B>;
  /** Creates something: takes `Idempotency-Key`. */
  creates?: boolean;
}

export interface JsonRoute<P extends Shape, Q extends Shape, B extends Shape, R extends z.ZodType>
  extends RouteBase<P, Q, B> {
  /** Absent: 204, without a body. */
  response?: R;
  handler(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.input<R>>;
}

export interface DownloadRoute<P extends Shape, Q extends Shape, B extends Shape> extends RouteBase<P, Q, B> {
  produces: 'text/csv';
  handler(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Download>;
}

type Shape = z.ZodType;

/** A route as data: `server/http` mounts, checks, documents and tests it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly roles: Access;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly example?: unknown;
  readonly creates?: boolean;
  readonly response?: z.ZodType;
  readonly produces?: 'text/csv';
  handler(call: Call<unknown, unknown, unknown>): Promise<unknown>;
}

/** Ties the handler's types to the schemas, then forgets them: a table holds routes of all shapes. */
export function defineRoute<
  P extends Shape = z.ZodUndefined,
  Q extends Shape = z.ZodUndefined,
  B extends Shape = z.ZodUndefined,
  R extends Shape = z.ZodVoid,
>(route: JsonRoute<P, Q, B, R>): Route {
  return route as unknown as Route;
}

/** A route that answers a file. */
export function defineDownload<
  P extends Shape = z.ZodUndefined,
  Q extends Shape = z.ZodUndefined,
  B extends Shape = z.ZodUndefined,
>(route: DownloadRoute<P, Q, B>): Route {
  return route as unknown as Route;
}
