import { z } from 'zod';
import { DomainError } from '../../platform/errors/index.ts';
import { isId } from '../../platform/ids/index.ts';

/** Field types that several features share. */

export const idField = z
  .string()
  .refine(isId, { error: 'Not an id', params: { code: 'not_an_id' } })
  .meta({ description: 'An id: 20 characters that sort by time', example: '01hf3k9z8v0a2b4c6d8e' });

export const instantField = z.int().meta({ description: 'UTC milliseconds since 1970' });

/** A name a person gave; trimmed. */
export const nameField = z.string().trim().min(1).max(200);

export const reasonField = z.string().trim().min(1).max(500);

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().meta({ description: '`nextCursor` of the page before' }),
};

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** The key of the last row of the page before, as `keyPage` packed it. */
export function cursorKey(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || key.includes('\0') || Buffer.from(key, 'utf8').toString('base64url') !== cursor) {
    throw new DomainError('invalid', 'bad_cursor', 'Give the nextCursor of the page before, unchanged');
  }
  return key;
}

/** Cuts rows, read with `limit + 1`, to a page. `key` is what the query sorts by. */
export function keyPage<T>(rows: readonly T[], limit: number, key: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? Buffer.from(key(last), 'utf8').toString('base64url') : null };
}
