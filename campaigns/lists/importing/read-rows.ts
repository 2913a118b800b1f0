import type { BrokenRow, OpenList, RowBatch, SourceRow } from '../reading/index.ts';

export type FileRow = SourceRow | BrokenRow;

/** Rows in the order of the file, and how far into it they reach (0 to 1, when that is known). */
export interface FileRows {
  rows: FileRow[];
  share: number | undefined;
}

/** All rows but the first `skip`, readable or not, in the order of the file: the same on every run. */
export async function* rowsAfter(
  list: OpenList,
  { skip, bytes }: { skip: number; bytes: number },
): AsyncGenerator<FileRows> {
  let passed = 0;
  for await (const batch of list.rows()) {
    const all = inOrder(batch);
    const rows = passed >= skip ? all : all.slice(skip - passed);
    passed += all.length;
    const total = batch.progress.bytesTotal ?? bytes;
    if (rows.length > 0) yield { rows, share: total > 0 ? batch.progress.bytes / total : undefined };
  }
}

function inOrder({ rows, broken }: RowBatch): FileRow[] {
  if (broken.length === 0) return rows;
  return [...rows, ...broken].sort((one, other) => one.line - other.line);
}

export function isBroken(row: FileRow): row is BrokenRow {
  return 'code' in row;
}
