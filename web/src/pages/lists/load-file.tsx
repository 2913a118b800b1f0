import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadList, ListUpload } from '../../api/shapes.ts';
import { ProblemLine } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { useServices } from '../../session/services.tsx';
import { FilePreview } from './file-preview.tsx';

/** Drop a file, look at what it would become, load it. */
export function LoadFile({ list }: { list: LeadList }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const { percent } = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      setSent(0);
      return api.upload(`/lists/${list.id}/uploads`, { form, onProgress: setSent }) as Promise<ListUpload>;
    },
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) upload.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  };
  if (upload.data) return <FilePreview list={list} upload={upload.data} close={upload.reset} />;
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
          take(event.target.files);
          event.target.value = ''; // the same file may be chosen again
        }}
      />
      <ProblemLine error={upload.error} />
    </section>
  );
}
