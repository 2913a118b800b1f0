import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { delay, type Timers } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { EventStreams } from './event-stream.ts';

export interface HttpServerOptions {
  app: Express;
  streams: EventStreams;
  timers: Timers;
  host: string;
  port: number;
  /** How long requests under way may take to end when the server stops; ms. */
  graceMs?: number;
}

export interface HttpServer {
  url: string;
  /** Takes no new requests, ends event streams, lets the others finish, then cuts what is left. */
  close(): Promise<void>;
}

/** Headers come at once; a body may take long: two gigabytes over a slow line. */
const HEADERS_MS = 20_000;
const REQUEST_MS = 6 * 3_600_000;
const KEEP_ALIVE_MS = 65_000;
const GRACE_MS = 10_000;

/** @throws DomainError `port_in_use`, `port_forbidden` */
export async function listen(options: HttpServerOptions): Promise<HttpServer> {
  const { app, streams, timers, host, port, graceMs = GRACE_MS } = options;
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    app,
  );
  let closing = false;
  server.on('request', (_req, res) => {
    // a connection that is kept alive would hold up the stop after its last answer
    res.once('close', () => {
      if (closing) process.nextTick(() => server.closeIdleConnections());
    });
  });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, port);
  }
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    async close() {
      closing = true;
      streams.close();
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await Promise.race([closed, delay(timers, graceMs)]);
      server.closeAllConnections();
      await closed;
    },
  };
}

function listenError(error: unknown, port: number): unknown {
  const code = (error as { code?: unknown }).code;
  const params = { params: { port }, cause: error };
  if (code === 'EADDRINUSE') {
    return new DomainError(
      'conflict',
      'port_in_use',
      `Port ${port} is in use: set PORT to another one`,
      params,
    );
  }
  if (code === 'EACCES') {
    return new DomainError(
      'forbidden',
      'port_forbidden',
      `Port ${port} is not ours to use: set PORT`,
      params,
    );
  }
  return error;
}
