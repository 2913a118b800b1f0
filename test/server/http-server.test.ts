import assert from 'node:assert/strict';
import { get } from 'node:http';
import { describe, test } from 'node:test';
import express from 'express';
import { systemTimers, VirtualTimers } from '../../platform/clock/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import { listen } from '../../server/http/index.ts';
import { signal } from '../support/signals.ts';

const streams = () => {
  let closed = 0;
  return { close: () => closed++, count: () => 0, route: {} as never, closes: () => closed };
};

describe('the HTTP server', { timeout: 20_000 }, () => {
  const local = { host: '127.0.0.1', port: 0 };

  test('a port in use is named, and what to do', async () => {
    const first = await listen({ app: express(), streams: streams(), timers: systemTimers, ...local });
    const port = Number(new URL(first.url).port);
    await assert.rejects(
      listen({ app: express(), streams: streams(), timers: systemTimers, host: local.host, port }),
      (error) => isDomainError(error, 'port_in_use') && error.params.port === port,
    );
    await first.close();
  });

  test('stopping ends the streams, lets a request finish and takes no new one', async () => {
    const [entered, finish] = [signal(), signal()];
    const app = express().get('/', async (_req, res) => {
      entered.fire();
      await finish.fired;
      res.send('done');
    });
    const own = streams();
    const server = await listen({ app, streams: own, timers: new VirtualTimers(0), ...local });
    const answer = fetch(server.url);
    await entered.fired;
    const closing = server.close();
    assert.equal(own.closes(), 1);
    await assert.rejects(fetch(server.url));
    finish.fire();
    assert.equal(await (await answer).text(), 'done');
    await closing;
  });

  test('a request that never ends is cut after the grace', async () => {
    const entered = signal();
    const app = express().get('/', () => entered.fire());
    const timers = new VirtualTimers(0);
    const server = await listen({ app, streams: streams(), timers, ...local, graceMs: 1_000 });
    const cut = new Promise<void>((resolve) => {
      get(server.url).once('error', () => resolve());
    });
    await entered.fired;
    const closing = server.close();
    await timers.advanceBy(1_000);
    await Promise.all([cut, closing]);
  });
});
