import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './language.ts';

/** Only the texts of the language that is shown are loaded. */
const LOADERS: Record<Language, () => Promise<{ texts: Record<string, object> }>> = {
  en: () => import('./locales/en/index.ts'),
  'zh-CN': () => import('./locales/zh-CN/index.ts'),
};

export async function startI18n(language: Language): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance.use(initReactI18next).init({
    fallbackLng: false,
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
    resources: {},
  });
  await changeLanguage(instance, language);
  return instance;
}

export async function changeLanguage(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'translation')) {
    const { texts } = await LOADERS[language]();
    instance.addResourceBundle(language, 'translation', texts);
  }
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
}
