import { z } from 'zod';
import { DomainError, type ErrorKind, type Issue, isDomainError } from '../../platform/errors/index.ts';

/** RFC 9457, with a stable `code` and its parameters, which the client puts into the user's language. */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:dialwright:problem:campaign_not_found' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ example: 'campaign_not_found' }),
    detail: z.string(),
    params: z.record(z.string(), z.unknown()),
    issues: z.array(
      z.object({
        path: z
          .string()
          .meta({ description: 'JSON pointer into the body; `params.in` says when it is elsewhere' }),
        code: z.string(),
        message: z.string(),
        params: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

const STATUS: Record<ErrorKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  tooMany: 429,
  unavailable: 503,
};

const TITLES: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'The state does not allow it',
  413: 'Too large',
  415: 'Unsupported media type',
  421: 'Not this host',
  422: 'The input is wrong',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'A part is away: try again',
};

/** An error of the protocol rather than of the domain. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
  }
}

/** The answer for any error. What is not ours to explain says nothing of its inside. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { status, code, detail, params, issues } = describe(error);
  return {
    type: `urn:dialwright:problem:${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    params,
    issues,
    requestId,
  };
}

interface Description {
  status: number;
  code: string;
  detail: string;
  params: Record<string, unknown>;
  issues: Issue[];
}

function describe(error: unknown): Description {
  if (isDomainError(error)) {
    const { code, message: detail, params, issues } = error;
    return { status: STATUS[error.kind], code, detail, params, issues };
  }
  const known = error instanceof HttpError ? error : fromParser(error);
  if (known) return { status: known.status, code: known.code, detail: known.message, params: {}, issues: [] };
  return {
    status: 500,
    code: 'internal_error',
    detail: 'The fault is on our side and was logged under this request id',
    params: {},
    issues: [],
  };
}

const PARSER_ERRORS: Record<string, [number, string, string]> = {
  'entity.parse.failed': [400, 'malformed_json', 'The body is not valid JSON'],
  'entity.too.large': [413, 'body_too_large', 'The body is larger than this route takes'],
  'encoding.unsupported': [415, 'unsupported_encoding', 'Send the body without this content encoding'],
  'charset.unsupported': [415, 'unsupported_charset', 'Send the body as UTF-8'],
  'request.aborted': [400, 'request_aborted', 'The request ended before its body did'],
  'request.size.invalid': [400, 'bad_content_length', 'The body is not as long as Content-Length says'],
  'entity.verify.failed': [400, 'malformed_json', 'The body is not valid JSON'],
};

/** Express' and body-parser's errors, which carry a `type` or a status. Their texts can quote the input. */
function fromParser(error: unknown): HttpError | undefined {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const known = typeof type === 'string' ? PARSER_ERRORS[type] : undefined;
  if (known) return new HttpError(...known);
  if (error instanceof URIError) return new HttpError(400, 'malformed_url', 'The address is not well formed');
  if (status === 400) return new HttpError(400, 'malformed_request', 'The request cannot be read');
  return undefined;
}

/** All faults of one input, as a domain error. */
export function inputError(issues: Issue[]): DomainError {
  return new DomainError('invalid', 'invalid_input', 'The input is wrong: see the issues', { issues });
}
