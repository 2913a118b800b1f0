import { useTranslation } from 'react-i18next';
import { useChooseLanguage } from '../session/use-me.ts';
import { useSchemeChoice } from './scheme-context.ts';

/** Shows the other language in its own name, for whoever cannot read this one. */
export function LanguageButton() {
  const { i18n } = useTranslation();
  const choose = useChooseLanguage();
  const other = i18n.language === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <button type="button" className="plain-button" lang={other} onClick={() => void choose(other)}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}

export function SchemeButton() {
  const { t } = useTranslation();
  const { scheme, toggle } = useSchemeChoice();
  const label = t(scheme === 'dark' ? 'shell.toLight' : 'shell.toDark');
  return (
    <button type="button" className="plain-button" aria-label={label} title={label} onClick={toggle}>
      <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" />
      </svg>
    </button>
  );
}
