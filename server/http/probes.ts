import { type RequestHandler, Router } from 'express';
import { Histogram, type Registry } from 'prom-client';

/** One thing the process needs; rejects, or answers false, while it is away. */
export interface HealthCheck {
  name: string;
  check: () => Promise<boolean>;
}

/** `/healthz`: the process answers. `/readyz`: what it needs answers too. `/metrics`: Prometheus. */
export function probes({ registry, checks }: { registry: Registry; checks: readonly HealthCheck[] }): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  router.get('/readyz', async (_req, res) => {
    const states = await Promise.all(
      checks.map(async ({ name, check }) => [name, await passes(check)] as const),
    );
    const ready = states.every(([, ok]) => ok);
    res.status(ready ? 200 : 503).json({
      status: ready ? 'ready' : 'notReady',
      checks: Object.fromEntries(states.map(([name, ok]) => [name, ok ? 'ok' : 'away'])),
    });
  });
  router.get('/metrics', async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

/** A check that fails is the answer, whatever its error says. */
function passes(check: () => Promise<boolean>): Promise<boolean> {
  return check().catch(() => false);
}

/** Times answers by route pattern, never by address: an address holds ids without end. */
export function requestTimer(registry: Registry): RequestHandler {
  const seconds = new Histogram({
    name: 'dialwright_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return (req, res, next) => {
    const stop = seconds.startTimer();
    res.once('finish', () => {
      const route = typeof res.locals.route === 'string' ? res.locals.route : 'none';
      stop({ method: req.method, route, status: res.statusCode });
    });
    next();
  };
}
