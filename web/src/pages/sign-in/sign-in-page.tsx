import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoPerson } from '../../api/shapes.ts';
import { ProblemLine } from '../../parts/states.tsx';
import { useServices } from '../../session/services.tsx';
import { useSignIn } from '../../session/use-me.ts';
import { LanguageButton, SchemeButton } from '../../shell/look-buttons.tsx';
import './sign-in.css';

/** Name and password; in the demo its people, one click each. */
export function SignInPage() {
  const { t } = useTranslation();
  const signIn = useSignIn();
  return (
    <main className="sign-in">
      <div className="sign-in-look">
        <LanguageButton />
        <SchemeButton />
      </div>
      <section className="panel sign-in-box">
        <h1>
          <img src="/icon.svg" alt="" width="28" height="28" />
          Dialwright
        </h1>
        <Credentials busy={signIn.isPending} submit={(given) => signIn.mutate(given)} />
        <ProblemLine error={signIn.error} />
        <DemoPeople choose={({ login, password }) => signIn.mutate({ login, password })} />
      </section>
      <p className="faint">{t('shell.what')}</p>
    </main>
  );
}

interface CredentialsProps {
  busy: boolean;
  submit(given: { login: string; password: string }): void;
}

function Credentials({ busy, submit }: CredentialsProps) {
  const { t } = useTranslation();
  const ids = useId();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit({ login, password });
  };
  return (
    <form onSubmit={send}>
      <label htmlFor={`${ids}login`}>
        {t('shell.login')}
        <Input
          id={`${ids}login`}
          name="login"
          autoComplete="username"
          autoFocus
          required
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
      </label>
      <label htmlFor={`${ids}password`}>
        {t('shell.password')}
        <Input
          id={`${ids}password`}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('shell.signIn')}
      </Button>
    </form>
  );
}

function DemoPeople({ choose }: { choose(person: DemoPerson): void }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const { data } = useQuery({
    queryKey: ['demo'],
    queryFn: ({ signal }) => api.call('GET /demo/people', { signal }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <div className="demo-people">
      <h2>{t('shell.demoPeople')}</h2>
      <div>
        {data.items.map((person) => (
          <button type="button" key={person.login} onClick={() => choose(person)}>
            <strong>{t(`codes.role.${person.role}`)}</strong>
            <span>{t(`shell.roleWork.${person.role}`)}</span>
            <small>{person.name}</small>
          </button>
        ))}
      </div>
    </div>
  );
}
