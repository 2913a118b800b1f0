import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { ProblemPanel } from '../parts/states.tsx';

/** What is shown when a page fails, or could not be loaded because the server has a newer one. */
export function CrashPage() {
  const error = useRouteError();
  const { t } = useTranslation();
  return (
    <main className="page-centre">
      <ProblemPanel error={error} retry={() => window.location.reload()} retryText={t('shell.reload')} />
    </main>
  );
}
