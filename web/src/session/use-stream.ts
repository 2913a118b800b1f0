import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Connection } from '../events/connection.ts';
import { useServices } from './services.tsx';

export function useConnection(): Connection {
  const { stream } = useServices();
  return useSyncExternalStore(
    (listener) => stream.onConnection(listener),
    () => stream.connection(),
  );
}

/** Keeps the stream open while somebody is signed in, and what was asked before in step with what it tells. */
export function useStreamUpdates(): void {
  const { stream } = useServices();
  const queries = useQueryClient();
  useEffect(() => {
    const again = (queryKey: string[]) => void queries.invalidateQueries({ queryKey });
    const stop = stream.onMessage((kind, data) => {
      if (kind === 'agent') again(['desk']);
      else if (kind === 'reset' || kind === 'reopened') void queries.invalidateQueries();
      else if (kind === 'event') again([areaOf(data)]);
    });
    const online = () => stream.retryNow();
    const offline = () => stream.networkLost();
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    document.addEventListener('visibilitychange', online);
    stream.watch(undefined);
    return () => {
      stop();
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', online);
      stream.close();
    };
  }, [stream, queries]);
}

/** `campaign.changed` makes the queries that begin with `campaigns` old. */
function areaOf(data: unknown): string {
  const type = (data as { type?: unknown } | undefined)?.type;
  return typeof type === 'string' ? `${type.split('.')[0]}s` : 'unknown';
}
