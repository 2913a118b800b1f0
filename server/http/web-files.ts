import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';

const YEAR_S = 31_536_000;

/** The built web application: hashed assets are kept for ever, the page itself is asked for again each time. */
export function webFiles(folder: string): Router {
  const router = Router();
  const page = join(folder, 'index.html');
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: YEAR_S * 1000, index: false }),
  );
  router.use('/assets', (_req, res) => void res.status(404).type('text').send('Not found'));
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.get('/{*path}', (_req, res) => {
    res.set('Cache-Control', 'no-cache');
    if (existsSync(page)) res.sendFile(page);
    else res.status(503).type('text').send('The web application is not built: run `npm run build`');
  });
  return router;
}
