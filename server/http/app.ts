import { isIP } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import type { Registry } from 'prom-client';
import type { Ids } from '../../platform/ids/index.ts';
import type { createPino, Logger } from '../../platform/log/index.ts';
import { docsPage } from './docs-page.ts';
import type { ServedRoute } from './http-route.ts';
import { openApiDocument } from './openapi.ts';
import { type HealthCheck, probes, requestTimer } from './probes.ts';
import { HttpError, problemOf } from './problem.ts';
import { type ServeServices, serveRoute } from './serve-route.ts';
import { webFiles } from './web-files.ts';

export interface AppServices extends ServeServices {
  routes: readonly ServedRoute[];
  ids: Ids;
  log: Logger;
  /** The access log. */
  pino: ReturnType<typeof createPino>;
  registry: Registry;
  checks: readonly HealthCheck[];
  /** Express' setting of the same name. */
  trustProxy: false | number | readonly string[];
  /** Answer only to these host names and to addresses, whatever the port; absent: to any. See `knownHost`. */
  hostNames?: ReadonlySet<string> | undefined;
  /** Served over https: browsers are told to stay there. */
  secure: boolean;
  version: string;
  /** Folder of the built web application. */
  webFolder: string;
}

/** A script version of 200 kB, twice escaped, and some. */
const BODY_LIMIT = '1mb';

/** The HTTP side of the system. Holds no state of its own but counters: everything is in `services`. */
export function createApp(services: AppServices): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set(
    'trust proxy',
    typeof services.trustProxy === 'object' ? [...services.trustProxy] : services.trustProxy,
  );
  app.use(accessLog(services), security(services.secure), requestTimer(services.registry));
  if (services.hostNames) app.use(knownHost(services.hostNames));
  app.use(probes(services));
  app.use('/api', api(services));
  app.use(webFiles(services.webFolder));
  app.use(problems(services));
  return app;
}

/**
 * A page of another site can let its own name point at this machine (DNS rebinding): the browser then takes us for
 * that site, and hands it what needs no cookie, such as the demo's passwords. Only the name asked for gives it away;
 * an address is nobody's to point elsewhere.
 */
function knownHost(names: ReadonlySet<string>): RequestHandler {
  return (req, _res, next) => {
    const url = `http://${req.headers.host ?? ''}`;
    const name = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
    if (names.has(name) || isIP(name) > 0) return next();
    throw new HttpError(421, 'unknown_host', 'The demo answers to localhost and the host of PUBLIC_URL only');
  };
}

function api(services: AppServices): Router {
  const router = Router();
  const document = openApiDocument(services.routes, services.version);
  const page = docsPage(document);
  router.get('/openapi.json', (_req, res) => void res.json(document));
  router.get('/docs', (_req, res) => void res.type('html').send(page));
  router.use('/v1', v1(services));
  router.use((_req, _res) => {
    throw new HttpError(404, 'no_such_route', 'There is no such route: see /api/docs');
  });
  return router;
}

function v1(services: AppServices): Router {
  const router = Router({ caseSensitive: true });
  router.use(express.json({ limit: BODY_LIMIT }));
  for (const route of services.routes) router[route.method](route.path, serveRoute(services, route));
  for (const path of new Set(services.routes.map((route) => route.path))) router.all(path, wrongMethod());
  return router;
}

function wrongMethod(): RequestHandler {
  return () => {
    throw new HttpError(405, 'method_not_allowed', 'This route does not take this method: see /api/docs');
  };
}

function security(secure: boolean): RequestHandler[] {
  const csp = {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"], // the component library writes its styles into the page
      imgSrc: ["'self'", 'data:', 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'", 'wss:'], // the softphone
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  };
  const headers = helmet({ contentSecurityPolicy: csp, strictTransportSecurity: secure });
  const permissions: RequestHandler = (_req, res, next) => {
    res.set('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()');
    next();
  };
  return [headers, permissions];
}

/** Ids and patterns only: an address can hold what somebody typed into it, a header a cookie. */
function accessLog({ pino, ids }: AppServices): RequestHandler {
  return pinoHttp({
    logger: pino,
    genReqId: (_req, res) => {
      const id = ids.next();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    wrapSerializers: false,
    serializers: {
      req: (req: express.Request) => ({ id: req.id, method: req.method, route: routeOf(req.res) }),
      res: (res: express.Response) => ({ status: res.statusCode }),
    },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'warn' : 'debug'),
  });
}

function routeOf(res: express.Response | undefined): string {
  return typeof res?.locals.route === 'string' ? res.locals.route : 'none';
}

function problems({ log }: AppServices): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const requestId = typeof req.id === 'string' ? req.id : '';
    const problem = problemOf(error, requestId);
    if (problem.status === 500) log.error({ requestId, route: routeOf(res), err: error }, 'A request failed');
    if (res.headersSent) return void res.destroy();
    const retryAfter = problem.params.retryAfterSeconds;
    if (typeof retryAfter === 'number') res.set('Retry-After', String(retryAfter));
    res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}
