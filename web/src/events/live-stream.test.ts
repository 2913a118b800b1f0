import assert from 'node:assert/strict';
import test from 'node:test';
import type { BrowserClock } from '../clock/browser-clock.ts';
import { retryDelay } from './connection.ts';
import { createLiveStream, type EventSourceLike, type LiveStream } from './live-stream.ts';

class FakeSource implements EventSourceLike {
  readonly url: string;
  closed = false;
  readonly #listeners = new Map<string, (event: { data?: unknown; lastEventId?: string }) => void>();

  constructor(url: string) {
    this.url = url;
  }

  addEventListener(type: string, listener: (event: { data?: unknown; lastEventId?: string }) => void): void {
    this.#listeners.set(type, listener);
  }

  emit(type: string, event: { data?: unknown; lastEventId?: string } = {}): void {
    this.#listeners.get(type)?.(event);
  }

  close(): void {
    this.closed = true;
  }
}

/** A clock that moves when it is told to. */
class HandClock implements BrowserClock {
  #now = 0;
  #due: { at: number; action: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sync(): void {}

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.#now + ms, action };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((one) => one !== entry);
    };
  }

  every(): () => void {
    return () => {};
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#due.filter((one) => one.at <= this.#now);
    this.#due = this.#due.filter((one) => one.at > this.#now);
    for (const one of due) one.action();
  }
}

function lab(): { clock: HandClock; sources: FakeSource[]; stream: LiveStream; last(): FakeSource } {
  const clock = new HandClock();
  const sources: FakeSource[] = [];
  const open = (url: string) => {
    const source = new FakeSource(url);
    sources.push(source);
    return source;
  };
  const last = () => sources.at(-1) ?? assert.fail('no stream was opened');
  return { clock, sources, stream: createLiveStream({ clock, open }), last };
}

test('after a failure the stream is opened again from the last id that was heard', () => {
  const { clock, sources, stream, last } = lab();
  stream.watch(undefined);
  last().emit('open');
  last().emit('event', { data: '{"type":"x"}', lastEventId: '41' });
  last().emit('error');
  assert.equal(stream.connection().status, 'lost');
  assert.equal(sources[0]?.closed, true);
  clock.advance(1_000);
  assert.equal(last().url, '/api/v1/events?lastEventId=41');
  last().emit('open');
  assert.equal(stream.connection().status, 'open');
});

test('a connection that stands again says so, since what has no id was missed; the first one does not', () => {
  const { clock, stream, last } = lab();
  const kinds: string[] = [];
  stream.onMessage((kind) => kinds.push(kind));
  stream.watch(undefined);
  last().emit('open');
  last().emit('error');
  clock.advance(1_000);
  last().emit('open');
  assert.deepEqual(kinds, ['reopened']);
});

test('a live line that falls silent is a dead line', () => {
  const { clock, stream, last } = lab();
  stream.watch('c1');
  last().emit('open');
  clock.advance(9_000);
  last().emit('live', { data: '{}' });
  clock.advance(9_000);
  assert.equal(stream.connection().status, 'open');
  clock.advance(1_000);
  assert.equal(stream.connection().status, 'lost');
});

test('silence means nothing before the server was ever heard to beat', () => {
  const { clock, stream, last } = lab();
  stream.watch(undefined);
  last().emit('open');
  clock.advance(3_600_000);
  assert.equal(stream.connection().status, 'open');
  last().emit('beat', { data: '{}' });
  clock.advance(40_000);
  assert.equal(stream.connection().status, 'lost');
});

test('what an abandoned stream still says is not heard', () => {
  const { sources, stream, last } = lab();
  const heard: unknown[] = [];
  stream.onMessage((_kind, data) => heard.push(data));
  stream.watch('c1');
  last().emit('open');
  stream.watch('c2');
  sources[0]?.emit('live', { data: '{"campaignId":"c1"}' });
  sources[0]?.emit('error');
  assert.deepEqual(heard, []);
  assert.notEqual(stream.connection().status, 'lost');
});

test('tries come ever slower, and at once when somebody asks', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 50].map(retryDelay), [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  const { sources, stream, last } = lab();
  stream.watch(undefined);
  last().emit('error');
  stream.retryNow();
  assert.equal(sources.length, 2);
});
