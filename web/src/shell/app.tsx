import { ConfigProvider } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { ProblemPanel } from '../parts/states.tsx';
import { useMe } from '../session/use-me.ts';
import { antdTheme } from '../theme/tokens.ts';
import { useScheme } from '../theme/use-scheme.ts';
import { createRouter } from './router.tsx';
import { SchemeContext } from './scheme-context.ts';

/** The whole application: a sign-in page, or the pages of whoever is signed in. */
export function App() {
  const scheme = useScheme();
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('shell.title');
  }, [t]);
  return (
    <SchemeContext value={scheme}>
      <ConfigProvider theme={antdTheme(scheme.scheme)} button={{ autoInsertSpace: false }}>
        <Inside />
      </ConfigProvider>
    </SchemeContext>
  );
}

function Inside() {
  const { data: me, error, refetch, isPending } = useMe();
  const role = me?.user.role;
  const router = useMemo(() => (role ? createRouter(role) : undefined), [role]);
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return null; // the answer comes at once, or the error does
  if (!router) return <SignInPage />;
  return <RouterProvider router={router} />;
}
