import { Readable } from 'node:stream';
import type { Queries } from '../../../platform/db/index.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import { type ImportRecord, rejectsOf } from '../imports-store.ts';
import { rejectLines, rejectsHeader } from '../reading/index.ts';

/** The rejected rows of an import as a file that can be corrected and loaded, a page of rows at a time. */
export async function* rejectsText(queries: Queries, record: ImportRecord): AsyncGenerator<string> {
  const { header, columns } = record.plan.found;
  const format = { header: header ?? undefined, columns };
  yield rejectsHeader(format);
  for await (const rejects of rejectsOf(queries, record.id)) yield rejectLines(rejects, format);
}

/** Longer than any list: every row with its line and reason. */
const MOST_BYTES = 8 * 1024 ** 3;

/** Stores the file of rejected rows. @returns its key; null when nothing was rejected */
export async function storeRejects(
  { queries, files }: { queries: Queries; files: FileStore },
  record: ImportRecord,
): Promise<string | null> {
  if (record.rejected === 0) return null;
  const key = `rejects/${record.listId}/${record.id}.csv`;
  await files.put(key, Readable.from(rejectsText(queries, record)), { maxBytes: MOST_BYTES });
  return key;
}

/** `list.csv` → `list-rejects.csv`. */
export function rejectsName(fileName: string): string {
  const stem = fileName.replace(/\.[A-Za-z]{1,5}$/, '');
  return `${stem}-rejects.csv`;
}
