import { createContext, type ReactNode, useContext } from 'react';
import type { ApiClient } from '../api/api-client.ts';
import type { BrowserClock } from '../clock/browser-clock.ts';
import type { LiveStream } from '../events/live-stream.ts';

/** What pages stand on; built once, in `main.tsx`. */
export interface Services {
  api: ApiClient;
  clock: BrowserClock;
  stream: LiveStream;
}

const ServicesContext = createContext<Services | undefined>(undefined);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices outside ServicesProvider');
  return services;
}
