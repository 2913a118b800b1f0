import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadList, ListImport } from '../../api/shapes.ts';
import { EmptyState, LoadingState, ProblemLine, ProblemPanel } from '../../parts/states.tsx';
import { useCodeText } from '../../parts/use-code-text.ts';
import { useFormat } from '../../parts/use-format.ts';
import { useServices } from '../../session/services.tsx';
import { askAgain, ENDS, isUnderWay, progressOf } from './import-progress.ts';

/** Files loaded into a list: drop one, watch it, fetch what was rejected. */
export function ImportsPanel({ list }: { list: LeadList }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const params = { listId: list.id };
  const { data, error, refetch } = useQuery({
    queryKey: ['lists', list.id, 'imports'],
    queryFn: ({ signal }) => api.call('GET /lists/{listId}/imports', { params, signal }),
    refetchInterval: ({ state }) => askAgain(state.data?.items),
  });
  return (
    <section className="panel imports" aria-label={list.name}>
      <header>
        <h2>{list.name}</h2>
      </header>
      <DropFile list={list} />
      {error ? <ProblemPanel error={error} retry={() => void refetch()} /> : !data && <LoadingState />}
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

function DropFile({ list }: { list: LeadList }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const { percent } = useFormat();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      setSent(0);
      return api.upload(`/lists/${list.id}/imports`, { form, onProgress: setSent });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['lists'] }),
  });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) upload.mutate(file);
  };
  return (
    <section
      className="drop"
      aria-label={t('lists.upload')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <p>{t('lists.drop')}</p>
      <Button type="primary" loading={upload.isPending} onClick={() => input.current?.click()}>
        {upload.isPending ? t('lists.sending', { share: percent(sent, 0) }) : t('lists.chooseFile')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.xlsx"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) upload.mutate(file);
          event.target.value = ''; // the same file may be chosen again
        }}
      />
      <ProblemLine error={upload.error} />
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
          <dd>{whole(one.rowsRead)}</dd>
        </div>
        {ENDS.map((end) => (
          <div key={end} className={`end-${end}`}>
            <dt>{t(`lists.${end}`)}</dt>
            <dd>{whole(one[end])}</dd>
          </div>
        ))}
        {one.hasRejectsFile && (
          <a href={`/api/v1/lists/${one.listId}/imports/${one.id}/rejects`} download>
            {t('lists.rejectsFile')}
          </a>
        )}
      </dl>
    </li>
  );
}
