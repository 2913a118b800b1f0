import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveSnapshot } from '../../api/shapes.ts';
import { useServices } from '../../session/services.tsx';
import { addSample, type LiveSample, sampleOf } from './live-history.ts';

interface Live {
  snapshot: LiveSnapshot | undefined;
  history: readonly LiveSample[];
  error: unknown;
}

const NOTHING: Pick<Live, 'snapshot' | 'history'> = { snapshot: undefined, history: [] };

/** A campaign's numbers as they come, and those of the last minutes that this page has seen. */
export function useLive(campaignId: string): Live {
  const { api, clock, stream } = useServices();
  const [live, setLive] = useState(NOTHING);
  const first = useQuery({
    queryKey: ['live', campaignId],
    queryFn: ({ signal }) => api.call('GET /campaigns/{campaignId}/live', { params: { campaignId }, signal }),
  });
  useEffect(() => {
    setLive(NOTHING);
    const stop = stream.onMessage((kind, data) => {
      if (kind !== 'live' || !isOf(data, campaignId)) return;
      clock.sync(data.at);
      setLive(({ history }) => ({ snapshot: data, history: addSample(history, sampleOf(data)) }));
    });
    stream.watch(campaignId);
    return () => {
      stop();
      stream.watch(undefined);
    };
  }, [campaignId, clock, stream]);
  return { snapshot: live.snapshot ?? first.data, history: live.history, error: first.error };
}

function isOf(data: unknown, campaignId: string): data is LiveSnapshot {
  return (data as LiveSnapshot | undefined)?.campaignId === campaignId;
}
