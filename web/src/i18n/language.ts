export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'dialwright.language';

/** The language to begin with: chosen here before, else the browser's. The account's own comes with sign-in. */
export function firstLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  const known = preferred.find((tag) => /^(zh|en)\b/i.test(tag));
  return known && /^zh/i.test(known) ? 'zh-CN' : 'en';
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

export function storedLanguage(): string | null {
  return localStorage.getItem(STORED);
}

export function storeLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
}
