/**
 * The small closed set of errors of the domain. No HTTP here: `server/http` maps a kind to a status.
 * An outcome of a call is data, never one of these.
 */
export type ErrorKind =
  | 'invalid' // the input is wrong: what to do is in the message
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound' // does not exist, or is not the viewer's to know of
  | 'conflict' // the state does not allow it, or somebody was faster
  | 'tooLarge'
  | 'tooMany' // rate or count limit
  | 'unavailable'; // a part we need is away: try again

/** One wrong field: where (JSON pointer, or line and column), a stable code, and the code's parameters. */
export interface Issue {
  path: string;
  code: string;
  message: string;
  params?: Record<string, unknown>;
}

/**
 * An error with a stable `code` (`snake_case`, documented in the API) and parameters that the client puts
 * into the user's language. `message` is English, for logs and developers; it never holds personal data.
 */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly issues: Issue[];

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    detail: { params?: Record<string, unknown>; issues?: Issue[]; cause?: unknown } = {},
  ) {
    super(message, { cause: detail.cause });
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.params = detail.params ?? {};
    this.issues = detail.issues ?? [];
  }
}

export function isDomainError(error: unknown, code?: string): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code);
}

/** For what cannot happen unless our own code is wrong. */
export function assertNever(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`);
}
