import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LeadList, ListImport } from '../../api/shapes.ts';
import { Awaiting, EmptyState } from '../../parts/states.tsx';
import { useCodeText } from '../../parts/use-code-text.ts';
import { useFormat } from '../../parts/use-format.ts';
import { useServices } from '../../session/services.tsx';
import { askAgain, ENDS, isUnderWay, progressOf } from './import-progress.ts';
import { LoadFile } from './load-file.tsx';

/** Files loaded into a list: drop one, watch it, fetch what was rejected. */
export function ImportsPanel({ list }: { list: LeadList }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const params = { listId: list.id };
  const query = useQuery({
    queryKey: ['lists', list.id, 'imports'],
    queryFn: ({ signal }) => api.call('GET /lists/{listId}/imports', { params, signal }),
    refetchInterval: ({ state }) => askAgain(state.data?.items),
  });
  const { data } = query;
  return (
    <section className="panel imports" aria-label={list.name}>
      <header>
        <h2>{list.name}</h2>
      </header>
      <LoadFile list={list} />
      <Awaiting query={query} />
      {data?.items.length === 0 && (
        <EmptyState title={t('lists.noImports')} hint={t('lists.noImportsHint')} />
      )}
      <ul>
        {data?.items.map((one) => (
          <ImportRow key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function ImportRow({ one }: { one: ListImport }) {
  const { t } = useTranslation();
  const text = useCodeText();
  const { whole, dateTime, percent } = useFormat();
  const progress = progressOf(one);
  return (
    <li className="import">
      <div>
        <strong>{one.fileName}</strong>
        <span className="faint">{dateTime(one.createdAt)}</span>
        <span className={`import-state import-state-${one.state}`}>
          {t(`lists.importState.${one.state}`)}
          {one.state === 'running' && progress !== undefined && ` ${percent(progress, 0)}`}
        </span>
      </div>
      {isUnderWay(one) && (
        <progress
          {...(progress !== undefined && { value: progress })}
          max={1}
          aria-label={t('lists.progress')}
        />
      )}
      {one.errorCode && (
        <p className="problem-line">
          {text.problem({ status: 0, code: one.errorCode, detail: '', params: {}, issues: [] })}
        </p>
      )}
      <dl>
        <div>
          <dt>{t('lists.rows')}</dt>
          <dd>{whole(one.rows)}</dd>
        </div>
        {ENDS.map((end) => (
          <div key={end} className={`end-${end}`}>
            <dt>{t(`lists.${end}`)}</dt>
            <dd>{whole(one[end])}</dd>
          </div>
        ))}
        {one.rejected > 0 && !isUnderWay(one) && (
          <a href={`/api/v1/lists/${one.listId}/imports/${one.id}/rejects`} download>
            {t('lists.rejectsFile')}
          </a>
        )}
      </dl>
    </li>
  );
}
