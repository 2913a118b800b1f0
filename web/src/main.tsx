import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { createApiClient } from './api/api-client.ts';
import { problemOf } from './api/problem.ts';
import { createBrowserClock } from './clock/browser-clock.ts';
import { createLiveStream } from './events/live-stream.ts';
import { firstLanguage, storedLanguage } from './i18n/language.ts';
import { startI18n } from './i18n/start-i18n.ts';
import { ServicesProvider } from './session/services.tsx';
import { App } from './shell/app.tsx';
import './styles/base.css';

/** Builds everything once and shows it. */
async function start(): Promise<void> {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // what was refused stays refused; what was not reached may be reached next time
        retry: (count, error) => problemOf(error).status === 0 && count < 2,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  const clock = createBrowserClock();
  const api = createApiClient({ onSignedOut: () => queries.setQueryData(['me'], null) });
  const stream = createLiveStream({ clock, open: (url) => new EventSource(url) });
  const i18n = await startI18n(firstLanguage(storedLanguage(), navigator.languages));
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <I18nextProvider i18n={i18n}>
          <ServicesProvider services={{ api, clock, stream }}>
            <App />
          </ServicesProvider>
        </I18nextProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();
