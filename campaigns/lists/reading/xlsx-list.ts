import { DomainError } from '../../../platform/errors/index.ts';
import { checkColumns, findHeader } from './header.ts';
import { type ListOptions, type OpenList, PREVIEW_ROWS } from './list-types.ts';
import { isEmptyRow, misfit, type ReadLimits, type RowBatch, type SourceRow } from './rows.ts';
import { chooseSheet, readWorkbook } from './xlsx-book.ts';
import { readSheet } from './xlsx-sheet.ts';
import { readSharedTexts } from './xlsx-texts.ts';
import { XlsxZip } from './xlsx-zip.ts';

/** Opens a workbook; see `openList`. */
export async function openXlsx(
  source: string | Buffer,
  options: ListOptions,
  limits: ReadLimits,
): Promise<OpenList> {
  const zip = await XlsxZip.open(source, limits);
  try {
    const book = await readWorkbook(zip);
    const sheet = chooseSheet(book, options.sheet);
    const texts = await readSharedTexts(zip, book.textsPart, limits);
    const sheetRows = () => readSheet(zip, sheet.part, { book, texts, limits });
    const first = await firstRows(sheetRows());
    const found = findHeader(first, options.hasHeader);
    checkColumns(found, limits);
    const size = zip.size(sheet.part);
    return {
      shape: {
        format: 'xlsx',
        sheet: sheet.name,
        sheets: book.sheets.map(({ name }) => name),
        header: found.header,
        columns: found.columns,
      },
      preview: first.filter((row) => row.line >= found.firstDataLine).slice(0, PREVIEW_ROWS),
      rows: () => readAll(sheetRows(), found, { zip, size }),
      close: async () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function firstRows(chunks: AsyncIterable<{ rows: SourceRow[] }>): Promise<SourceRow[]> {
  const first: SourceRow[] = [];
  for await (const { rows } of chunks) {
    first.push(...rows.filter((row) => !isEmptyRow(row.cells)));
    if (first.length >= PREVIEW_ROWS + 20) break;
  }
  if (first.length === 0) throw new DomainError('invalid', 'list_empty', 'The sheet has no rows', {});
  return first.slice(0, PREVIEW_ROWS + 20);
}

async function* readAll(
  chunks: AsyncIterable<{ rows: SourceRow[]; bytes: number }>,
  found: { firstDataLine: number; columns: number },
  { zip, size }: { zip: XlsxZip; size: number },
): AsyncGenerator<RowBatch> {
  const progress = { rows: 0, bytes: 0, bytesTotal: size };
  try {
    for await (const { rows, bytes } of chunks) {
      const batch: RowBatch = { rows: [], broken: [], progress: { ...progress } };
      for (const row of rows) {
        if (row.line < found.firstDataLine || isEmptyRow(row.cells)) continue;
        // A sheet leaves empty cells out, so a short row is a whole one.
        while (row.cells.length < found.columns) row.cells.push('');
        const fault = misfit(row, found.columns);
        if (fault === undefined) batch.rows.push(row);
        else batch.broken.push(fault);
      }
      progress.rows += batch.rows.length + batch.broken.length;
      progress.bytes += bytes;
      batch.progress = { ...progress };
      yield batch;
    }
  } finally {
    zip.close();
  }
}
