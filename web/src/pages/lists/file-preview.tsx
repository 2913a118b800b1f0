import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadList, ListPreview, ListUpload } from '../../api/shapes.ts';
import { LoadingState, ProblemLine, ProblemPanel } from '../../parts/states.tsx';
import { useCodeText } from '../../parts/use-code-text.ts';
import { useServices } from '../../session/services.tsx';

/** Encodings that lists come in and that can be chosen when the guess is wrong. */
const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'];
const DUPLICATES = ['skip', 'update', 'add'] as const;

interface FilePreviewProps {
  list: LeadList;
  upload: ListUpload;
  close(): void;
}

/** What was found about a file and what its first rows would become; then it is loaded. */
export function FilePreview({ list, upload, close }: FilePreviewProps) {
  const { t } = useTranslation();
  const { api } = useServices();
  const queries = useQueryClient();
  const [encoding, setEncoding] = useState<string>();
  const [duplicates, setDuplicates] = useState<(typeof DUPLICATES)[number]>('skip');
  const options = { acceptGuess: true, ...(encoding !== undefined && { encoding }) };
  const params = { listId: list.id };
  const preview = useQuery({
    queryKey: ['upload', upload.fileId, encoding],
    queryFn: ({ signal }) =>
      api.call('POST /lists/{listId}/uploads/{fileId}/preview', {
        params: { ...params, fileId: upload.fileId },
        body: options,
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const load = useMutation({
    mutationFn: () =>
      api.call('POST /lists/{listId}/imports', {
        params,
        body: { fileId: upload.fileId, options: { ...options, duplicates } },
        idempotencyKey: upload.fileId, // pressed twice, loaded once
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['lists'] });
      close();
    },
  });
  return (
    <section className="file-preview" aria-label={t('lists.preview')}>
      <div className="file-preview-head">
        <strong>{upload.fileName}</strong>
        <span className="rest" />
        {preview.data?.format === 'csv' && (
          <Select
            aria-label={t('lists.encoding')}
            value={encoding ?? preview.data.encoding?.encoding}
            onChange={setEncoding}
            options={encodingsOf(preview.data).map((value) => ({ value, label: value.toUpperCase() }))}
          />
        )}
        <Select
          aria-label={t('lists.ifDuplicate')}
          value={duplicates}
          onChange={setDuplicates}
          options={DUPLICATES.map((value) => ({ value, label: t(`lists.duplicate.${value}`) }))}
        />
        <Button onClick={close}>{t('shell.cancel')}</Button>
        <Button
          type="primary"
          disabled={!preview.data}
          loading={load.isPending}
          onClick={() => load.mutate()}
        >
          {t('lists.load')}
        </Button>
      </div>
      <ProblemLine error={load.error} />
      {preview.error && <ProblemPanel error={preview.error} retry={() => void preview.refetch()} />}
      {preview.isPending && <LoadingState />}
      {preview.data && <FirstRows preview={preview.data} />}
    </section>
  );
}

function encodingsOf({ encoding }: ListPreview): string[] {
  const found = encoding ? [encoding.encoding, ...encoding.alternatives] : [];
  return [...new Set([...found, ...ENCODINGS])];
}

function FirstRows({ preview }: { preview: ListPreview }) {
  const { t } = useTranslation();
  const text = useCodeText();
  return (
    <div className="first-rows">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('lists.line')}</th>
            {preview.columns.map(({ header, target }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a file's columns have no other name that is unlike all
              <th key={index} scope="col">
                {header ?? `#${index + 1}`}
                <small>{targetText(target)}</small>
              </th>
            ))}
            <th scope="col">{t('lists.remark')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map(({ line, cells, code }) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              {preview.columns.map((_column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={index}>{cells[index]}</td>
              ))}
              <td className={code ? 'row-fault' : ''}>{code ? text.code('rowFault', code) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  /** `phone2:work`, `var:name`, `ignore`, or a field. */
  function targetText(target: string): string {
    const [kind = '', rest] = target.split(':', 2);
    const phone = /^phone(\d*)$/.exec(kind);
    if (phone) return t('lists.target.phone', { order: phone[1] || '1' });
    if (kind === 'var') return t('lists.target.var', { name: rest });
    return kind === 'ignore' ? t('lists.target.ignore') : text.code('field', target);
  }
}
