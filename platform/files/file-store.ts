import type { Readable } from 'node:stream';
import type { Instant } from '../clock/index.ts';

/** What is known of a stored file. */
export interface FileInfo {
  key: string;
  bytes: number;
  storedAt: Instant;
}

/** Bytes `start` to `end`, both included, from 0; without `end` to the last one. */
export interface ByteRange {
  start: number;
  end?: number;
}

/**
 * Stored files: uploads, recordings, proofs. A key is made by us, never by a user: up to eight segments of
 * lower-case letters, digits and `._-`, joined by `/`; a segment begins with a letter or digit.
 */
export interface FileStore {
  /**
   * Stores the stream under the key: whole, on disk, and in place of what was there, or not at all.
   * @returns its size and SHA-256 (hex)
   * @throws DomainError `file_too_large` as soon as it is over `maxBytes`, `bad_file_key`
   */
  put(
    key: string,
    content: Readable,
    limits: { maxBytes: number },
  ): Promise<{ bytes: number; sha256: string }>;
  /**
   * The file's bytes, or a range of them; of an empty file the range answered is 0 to -1. The caller reads the stream to its end or destroys it.
   * @throws DomainError `file_not_found`, `bad_range` (starts after the last byte), `bad_file_key`
   */
  get(
    key: string,
    range?: ByteRange,
  ): Promise<{ info: FileInfo; range: Required<ByteRange>; content: Readable }>;
  /** Undefined when there is no such file. */
  stat(key: string): Promise<FileInfo | undefined>;
  /** False when there was no such file. */
  delete(key: string): Promise<boolean>;
  /** Files whose keys begin with `prefix` (whole segments), by key; `after` is the last key of the page before. */
  list(prefix: string, page: { limit: number; after?: string }): Promise<FileInfo[]>;
}
