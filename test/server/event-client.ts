import { get, type IncomingMessage } from 'node:http';
import type { Client } from './lab.ts';

export interface ServerSent {
  id?: string;
  event?: string;
  data?: unknown;
  comment?: string;
}

/** A reader of one event stream: waits for what it is asked for, never for time. */
export interface EventReader {
  status: number;
  /** The next message that fits; those before it are passed over. Rejects when the stream ends first. */
  next(fits: (message: ServerSent) => boolean): Promise<ServerSent>;
  ended: Promise<void>;
  close(): void;
}

export function readEvents(
  url: string,
  client: Client,
  { query = '', lastEventId }: { query?: string; lastEventId?: string } = {},
): Promise<EventReader> {
  const headers = {
    Cookie: client.cookie,
    ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
  };
  return new Promise((resolve, reject) => {
    get(`${url}/api/v1/events${query}`, { headers }, (response) => resolve(readerOf(response))).once(
      'error',
      reject,
    );
  });
}

function readerOf(response: IncomingMessage): EventReader {
  const queue: ServerSent[] = [];
  let waiting: (() => void) | undefined;
  let over = false;
  let text = '';
  const wake = () => {
    waiting?.();
    waiting = undefined;
  };
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const frames = (text + chunk).split('\n\n');
    text = frames.pop() ?? '';
    queue.push(...frames.map(parse));
    wake();
  });
  response.on('error', () => {}); // a stream that is cut off ends; `close` follows
  const ended = new Promise<void>((resolve) => {
    response.once('close', () => {
      over = true;
      wake();
      resolve();
    });
  });
  return {
    status: response.statusCode ?? 0,
    ended,
    close: () => response.destroy(),
    async next(fits) {
      for (;;) {
        for (let message = queue.shift(); message; message = queue.shift()) if (fits(message)) return message;
        if (over) throw new Error('The stream ended first');
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
    },
  };
}

function parse(frame: string): ServerSent {
  const message: ServerSent = {};
  for (const line of frame.split('\n')) {
    const at = line.indexOf(':');
    const [name, value] = [line.slice(0, at), line.slice(at + 1).trim()];
    if (name === '') message.comment = value;
    else if (name === 'data') message.data = JSON.parse(value);
    else if (name === 'id' || name === 'event') message[name] = value;
  }
  return message;
}
