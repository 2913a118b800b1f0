import type { Routes } from '../api-types.ts';
import { NO_CONNECTION, ProblemError, problemFrom } from './problem.ts';
import { type Fields, routeUrl } from './route-url.ts';

export type RouteName = keyof Routes;
export type Answer<R extends RouteName> = Routes[R]['response'];

export type Request<R extends RouteName> = {
  signal?: AbortSignal | undefined;
  idempotencyKey?: string;
} & Part<'params', Routes[R]['params']> &
  Part<'query', Routes[R]['query']> &
  Part<'body', Routes[R]['body']>;

/** A part that has nothing in it, or only optional things, may be left out. */
type Part<Name extends string, T> = T extends null
  ? { [name in Name]?: undefined }
  : object extends T
    ? { [name in Name]?: T }
    : { [name in Name]: T };

export interface ApiClient {
  /** @throws ProblemError for every refusal, and when the server cannot be reached */
  call<R extends RouteName>(route: R, ...request: Arguments<R>): Promise<Answer<R>>;
  upload(path: string, options: { form: FormData; onProgress(share: number): void }): Promise<unknown>;
  setCsrfToken(token: string | undefined): void;
}

type Arguments<R extends RouteName> = object extends Request<R> ? [Request<R>?] : [Request<R>];

interface AnyRequest {
  params?: Fields;
  query?: Fields;
  body?: unknown;
  signal?: AbortSignal;
  idempotencyKey?: string;
}

/** `onSignedOut` is told when an answer says that the session is over. */
export function createApiClient({ onSignedOut }: { onSignedOut(): void }): ApiClient {
  let csrfToken: string | undefined;
  const check = (status: number, body: unknown) => {
    if (status >= 200 && status < 300) return body;
    if (status === 401 && csrfToken !== undefined) onSignedOut();
    throw new ProblemError(problemFrom(status, body));
  };
  const call = async (route: RouteName, request: AnyRequest = {}) => {
    const { params = {}, query = {}, body, signal, idempotencyKey } = request;
    const { method, url } = routeUrl(route, params, query);
    const headers = new Headers();
    if (csrfToken !== undefined && method !== 'GET') headers.set('X-CSRF-Token', csrfToken);
    if (idempotencyKey !== undefined) headers.set('Idempotency-Key', idempotencyKey);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    const init = { method, headers, ...(signal && { signal }) };
    const answer = await reach(url, body === undefined ? init : { ...init, body: JSON.stringify(body) });
    return check(answer.status, answer.body);
  };
  return {
    setCsrfToken(token) {
      csrfToken = token;
    },
    // the generated types say what each route takes and answers; here all of them are one
    call: call as ApiClient['call'],
    async upload(path, { form, onProgress }) {
      const { status, body } = await send(path, { form, onProgress, csrfToken });
      return check(status, body);
    },
  };
}

interface Reached {
  status: number;
  body: unknown;
}

async function reach(url: string, init: RequestInit): Promise<Reached> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ProblemError(NO_CONNECTION);
  }
  return { status: response.status, body: parsed(await response.text()) };
}

/** By XMLHttpRequest: fetch tells nothing of how much went up. */
function send(
  path: string,
  options: { form: FormData; onProgress(share: number): void; csrfToken: string | undefined },
): Promise<Reached> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1${path}`);
    if (options.csrfToken !== undefined) request.setRequestHeader('X-CSRF-Token', options.csrfToken);
    request.upload.onprogress = ({ loaded, total }) => options.onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve({ status: request.status, body: parsed(request.responseText) });
    request.onerror = () => reject(new ProblemError(NO_CONNECTION));
    request.send(options.form);
  });
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page: `problemFrom` names it
  }
}
