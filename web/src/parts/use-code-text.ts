import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem.ts';

/** Texts of the server's codes; a code that is newer than this page is shown as it is, never hidden. */
export function useCodeText() {
  const { t, i18n } = useTranslation();
  const has = (key: string) => i18n.exists(key);
  const code = (kind: string, value: string, params: Record<string, unknown> = {}) => {
    const key = `codes.${kind}.${value}`;
    return has(key) ? t(key, params) : value;
  };
  return {
    code,
    /** One sentence for a refusal, in the reader's language. */
    problem(problem: Problem): string {
      const key = `problems.${problem.code}`;
      const first = has(key)
        ? t(key, problem.params as Record<string, unknown>)
        : t('problems.unknown', { code: problem.code, detail: problem.detail });
      return [first, ...problem.issues.slice(0, 3).map((issue) => issueText(issue.path, issue.code))].join(
        ' ',
      );
    },
  };

  function issueText(path: string, issueCode: string): string {
    const key = `problems.issue.${issueCode}`;
    return `${path.slice(1) || '·'}: ${has(key) ? t(key) : issueCode}.`;
  }
}
