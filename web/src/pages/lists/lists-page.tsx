import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Awaiting, EmptyState } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { useServices } from '../../session/services.tsx';
import { ImportsPanel } from './imports-panel.tsx';
import { NewList } from './new-list.tsx';
import './lists.css';

/** Lead lists, and loading files into one of them. */
export function ListsPage() {
  const { t } = useTranslation();
  const { api } = useServices();
  const { whole, date } = useFormat();
  const [chosenId, setChosenId] = useState<string>();
  const query = useQuery({
    queryKey: ['lists'],
    queryFn: ({ signal }) => api.call('GET /lists', { query: { limit: 200 }, signal }),
  });
  const { data } = query;
  const chosen = data?.items.find((list) => list.id === chosenId) ?? data?.items[0];
  return (
    <main className="lists">
      <section className="panel lists-table" aria-label={t('lists.lists')}>
        <header>
          <h2>{t('lists.lists')}</h2>
          <span className="rest" />
          <NewList created={setChosenId} />
        </header>
        <Awaiting query={query} />
        {data?.items.length === 0 && <EmptyState title={t('lists.empty')} hint={t('lists.emptyHint')} />}
        {data && data.items.length > 0 && (
          <ul>
            {data.items.map((list) => (
              <li key={list.id}>
                <button
                  type="button"
                  aria-current={list.id === chosen?.id}
                  onClick={() => setChosenId(list.id)}
                >
                  <strong>{list.name}</strong>
                  <span>{whole(list.leads)}</span>
                  <small>
                    {list.country} · {date(list.createdAt)} · {t(`lists.state.${list.state}`)}
                  </small>
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      {chosen && <ImportsPanel key={chosen.id} list={chosen} />}
    </main>
  );
}
