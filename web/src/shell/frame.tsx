import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { useMe, useSignOut } from '../session/use-me.ts';
import { useStreamUpdates } from '../session/use-stream.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import './frame.css';
import { LanguageButton, SchemeButton } from './look-buttons.tsx';
import { pagesOf } from './pages.ts';

/** The bar above every page, and the page. */
export function Frame() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const signOut = useSignOut();
  useStreamUpdates();
  if (!me) return null;
  const { name, role } = me.user;
  return (
    <div className="frame">
      <header className="bar">
        <span className="brand">
          <img src="/icon.svg" alt="" width="20" height="20" />
          Dialwright
        </span>
        <nav aria-label={t('shell.pages')}>
          {pagesOf(role).map((page) => (
            <NavLink key={page} to={`/${page}`}>
              {t(`shell.page.${page}`)}
            </NavLink>
          ))}
        </nav>
        <span className="bar-rest" />
        <ConnectionNotice />
        <LanguageButton />
        <SchemeButton />
        <span className="bar-person">
          {name}
          <small>{t(`codes.role.${role}`)}</small>
        </span>
        <button type="button" className="plain-button" onClick={() => signOut.mutate()}>
          {t('shell.signOut')}
        </button>
      </header>
      <Outlet />
    </div>
  );
}
