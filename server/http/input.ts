import type { Request } from 'express';
import { z } from 'zod';
import type { Issue } from '../../platform/errors/index.ts';
import type { ServedRoute } from './http-route.ts';
import { isRaw } from './http-route.ts';
import { HttpError, inputError } from './problem.ts';

const NOTHING = z.strictObject({});
const NO_BODY = NOTHING.optional();

export interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
}

/**
 * Everything a request brings, checked against the route's schemas: unknown fields are refused.
 * @throws DomainError `invalid_input` with one issue per fault; HttpError 415 for a body that is not JSON
 */
export function readInput(route: ServedRoute, req: Request): Input {
  const uploads = isRaw(route) && route.consumes !== undefined;
  if (!uploads) assertJson(req);
  const issues: Issue[] = [];
  const read = (schema: z.ZodType, value: unknown, where: Place) => {
    const unfit = unfitAt(value, 0);
    if (unfit) {
      issues.push({ ...UNFIT[unfit.code], ...unfit, params: where === 'body' ? {} : { in: where } });
      return undefined;
    }
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    issues.push(...result.error.issues.flatMap((issue) => toIssues(issue, where)));
    return undefined;
  };
  const input = {
    params: read(route.params ?? NOTHING, req.params, 'path'),
    query: read(route.query ?? NOTHING, req.query, 'query'),
    body: uploads ? undefined : read(route.body ?? NO_BODY, req.body, 'body'),
  };
  if (issues.length > 0) throw inputError(issues.slice(0, MOST_ISSUES));
  return input;
}

const MOST_ISSUES = 100;

type Place = 'path' | 'query' | 'body';

/** Far deeper than anything of ours: what follows takes its depth from the stack. */
const DEEPEST = 100;

const UNFIT = {
  null_character: { message: 'Leave out the character U+0000: no text may hold it' },
  nested_too_deep: { message: `Nest values at most ${DEEPEST} deep` },
} as const;

/** The first place that no schema can allow: PostgreSQL keeps no text with U+0000, and one refused takes others along. */
function unfitAt(value: unknown, depth: number): { path: string; code: keyof typeof UNFIT } | undefined {
  if (typeof value === 'string')
    return value.includes('\0') ? { path: '', code: 'null_character' } : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= DEEPEST) return { path: '', code: 'nested_too_deep' };
  for (const [key, part] of Object.entries(value)) {
    const inside = key.includes('\0')
      ? { path: '', code: 'null_character' as const }
      : unfitAt(part, depth + 1);
    if (inside) return { ...inside, path: `${pointer([key])}${inside.path}`.slice(0, 1_000) };
  }
  return undefined;
}

function assertJson(req: Request): void {
  if (req.headers['content-type'] === undefined || req.is('application/json')) return;
  const { 'content-length': length = '0', 'transfer-encoding': chunked } = req.headers;
  if (length === '0' && chunked === undefined) return; // no body, whatever it would have been
  throw new HttpError(415, 'unsupported_media_type', 'Send the body as application/json');
}

function toIssues(issue: z.core.$ZodIssue, where: Place): Issue[] {
  const at = pointer(issue.path);
  const params = where === 'body' ? {} : { in: where };
  const one = (code: string, more: Record<string, unknown> = {}, message = issue.message): Issue => ({
    path: at,
    code,
    message,
    params: { ...params, ...more },
  });
  switch (issue.code) {
    case 'invalid_type':
      return [one('wrong_type', { expected: issue.expected })];
    case 'too_small':
      return [one('too_small', { minimum: Number(issue.minimum), of: issue.origin })];
    case 'too_big':
      return [one('too_big', { maximum: Number(issue.maximum), of: issue.origin })];
    case 'invalid_format':
      return [one('bad_format', { format: issue.format })];
    case 'invalid_value':
      return [one('not_one_of', { values: issue.values.map(String) })];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        ...one('unknown_field'),
        path: `${at}${pointer([key])}`,
        message: 'No such field',
      }));
    case 'custom':
      return [
        one(
          typeof issue.params?.code === 'string' ? issue.params.code : 'not_valid',
          customParams(issue.params),
        ),
      ];
    default:
      return [one('not_valid')];
  }
}

function customParams(params: Record<string, unknown> | undefined): Record<string, unknown> {
  const { code: _code, ...rest } = params ?? {};
  return rest;
}

/** RFC 6901; cut, since a key comes from outside. */
function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
