/** A refusal of the server: problem+json (RFC 9457), or what we make of an answer that is none. */
export interface Problem {
  status: number;
  /** Stable; `no_connection` and `unreadable_answer` are ours. */
  code: string;
  detail: string;
  params: Record<string, unknown>;
  issues: { path: string; code: string; message: string; params?: Record<string, unknown> }[];
  requestId?: string;
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Reads a refusal; anything that is not problem+json becomes `unreadable_answer`. */
export function problemFrom(status: number, body: unknown): Problem {
  const given = (body ?? {}) as Partial<Problem>;
  if (typeof given.code !== 'string') {
    return { status, code: 'unreadable_answer', detail: '', params: { status }, issues: [] };
  }
  const { code, detail = '', params = {}, issues = [], requestId } = given;
  return { status, code, detail, params, issues, ...(requestId !== undefined && { requestId }) };
}

export const NO_CONNECTION: Problem = {
  status: 0,
  code: 'no_connection',
  detail: '',
  params: {},
  issues: [],
};

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { status: 0, code: 'unexpected', detail: String(error), params: {}, issues: [] };
}
