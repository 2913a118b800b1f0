import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AgentView, DeskView, DisposeBody } from '../../api/shapes.ts';
import { useServices } from '../../session/services.tsx';

/** Events tell when the desk changed; this often it is asked anyway, in case one was lost. */
const ASK_ANYWAY_MS = 10_000;

/** The desk as the server has it: nothing of it lives in this page alone. */
export function useDesk() {
  const { api, clock } = useServices();
  return useQuery({
    queryKey: ['desk'],
    queryFn: async ({ signal }) => {
      const desk = await api.call('GET /agent/desk', { signal });
      clock.sync(desk.now);
      return desk;
    },
    refetchInterval: ASK_ANYWAY_MS,
    staleTime: 0,
  });
}

export type DeskOrder =
  | { type: 'start'; campaignId: string }
  | { type: 'end' | 'ready' | 'hangUp' | 'extend' | 'dial' }
  | { type: 'pause' | 'skip'; reason: string }
  | { type: 'dispose'; body: DisposeBody };

/** Sends one order at a time and shows the state it leads to at once. */
export function useDeskOrder() {
  const { api } = useServices();
  const queries = useQueryClient();
  const send = (order: DeskOrder): Promise<AgentView> => {
    switch (order.type) {
      case 'start':
        return api.call('POST /agent/session', { body: { campaignId: order.campaignId } });
      case 'end':
        return api.call('DELETE /agent/session');
      case 'ready':
        return api.call('POST /agent/ready');
      case 'pause':
        return api.call('POST /agent/pause', { body: { reason: order.reason } });
      case 'hangUp':
        return api.call('POST /agent/hang-up');
      case 'extend':
        return api.call('POST /agent/extend-wrap-up');
      case 'dial':
        return api.call('POST /agent/preview/dial');
      case 'skip':
        return api.call('POST /agent/preview/skip', { body: { reason: order.reason } });
      case 'dispose':
        return api.call('POST /agent/dispose', { body: order.body });
    }
  };
  return useMutation({
    mutationFn: send,
    scope: { id: 'desk' },
    onSuccess: (agent) => {
      queries.setQueryData<DeskView>(['desk'], (desk) => desk && { ...desk, agent });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  });
}
