import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemLine } from '../../parts/states.tsx';
import { useServices } from '../../session/services.tsx';

/** Name and country of numbers that are written without one. */
export function NewList({ created }: { created(id: string): void }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const queries = useQueryClient();
  const ids = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [country, setCountry] = useState('CN');
  const [idempotencyKey, setKey] = useState('');
  const create = useMutation({
    mutationFn: () => api.call('POST /lists', { body: { name, country }, idempotencyKey }),
    onSuccess: async (list) => {
      setOpen(false);
      setName('');
      await queries.invalidateQueries({ queryKey: ['lists'] });
      created(list.id);
    },
  });
  const begin = () => {
    setKey(crypto.randomUUID());
    setOpen(true);
  };
  return (
    <>
      <Button size="small" onClick={begin}>
        {t('lists.add')}
      </Button>
      <Modal
        open={open}
        title={t('lists.add')}
        okText={t('lists.create')}
        cancelText={t('shell.cancel')}
        okButtonProps={{ disabled: name.trim() === '' || !/^[A-Z]{2}$/.test(country) }}
        confirmLoading={create.isPending}
        onOk={() => create.mutate()}
        onCancel={() => setOpen(false)}
      >
        <div className="list-form">
          <label htmlFor={`${ids}name`}>
            {t('lists.name')}
            <Input
              id={`${ids}name`}
              autoFocus
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label htmlFor={`${ids}country`}>
            {t('lists.country')}
            <Input
              id={`${ids}country`}
              value={country}
              maxLength={2}
              onChange={(event) => setCountry(event.target.value.toUpperCase())}
            />
            <small className="faint">{t('lists.countryHint')}</small>
          </label>
          <ProblemLine error={create.error} />
        </div>
      </Modal>
    </>
  );
}
