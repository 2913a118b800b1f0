import { DomainError } from '../errors/index.ts';

const SEGMENT = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const MAX_SEGMENTS = 8;

/**
 * The segments of a key. No segment can be `..` or hidden, hold a separator, a drive or a NUL, or differ from
 * another by case alone, so a key means one file below the root on every file system.
 * @throws DomainError `bad_file_key`; the key is not shown
 */
export function keySegments(key: string): string[] {
  const segments = key.split('/');
  const fine = segments.length <= MAX_SEGMENTS && segments.every((segment) => SEGMENT.test(segment));
  if (fine) return segments;
  throw new DomainError('invalid', 'bad_file_key', 'A file key is segments of a-z, 0-9 and ._- joined by /');
}
