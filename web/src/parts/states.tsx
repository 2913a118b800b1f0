import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';
import { useCodeText } from './use-code-text.ts';

/** Nothing here, and what to do about it. */
export function EmptyState({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <div className="state">
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}

/** Grey lines in the shape of what is to come; said aloud as loading. */
export function LoadingState({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <output className="skeleton" aria-label={t('shell.loading')}>
      {Array.from({ length: rows }, (_, row) => `line-${row}`).map((key) => (
        <span key={key} />
      ))}
    </output>
  );
}

interface AwaitingProps {
  query: { data: unknown; error: unknown; refetch(): Promise<unknown> };
  rows?: number;
}

/**
 * Until there is an answer: that it is awaited, or why there is none. An answer that could not be renewed stays; the
 * bar above says that the connection is lost.
 */
export function Awaiting({ query, rows = 4 }: AwaitingProps) {
  if (query.data !== undefined) return null;
  if (query.error) return <ProblemPanel error={query.error} retry={() => void query.refetch()} />;
  return <LoadingState rows={rows} />;
}

interface ProblemPanelProps {
  error: unknown;
  retry?: () => void;
  retryText?: string;
}

/** A refusal in words, with the request's id for whoever looks into it. */
export function ProblemPanel({ error, retry, retryText }: ProblemPanelProps) {
  const { t } = useTranslation();
  const text = useCodeText();
  const problem = problemOf(error);
  return (
    <div className="state state-bad" role="alert">
      <strong>{text.problem(problem)}</strong>
      {problem.requestId && <p className="faint">{t('shell.requestId', { id: problem.requestId })}</p>}
      {retry && <Button onClick={retry}>{retryText ?? t('shell.retry')}</Button>}
    </div>
  );
}

/** A refusal of something that was just asked for: one line. */
export function ProblemLine({ error }: { error: unknown }) {
  const text = useCodeText();
  if (!error) return null;
  return (
    <p className="problem-line" role="alert">
      {text.problem(problemOf(error))}
    </p>
  );
}
