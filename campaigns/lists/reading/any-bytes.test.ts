import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { DomainError } from '../../../platform/errors/index.ts';
import { guessMapping } from './guess-mapping.ts';
import { createRowInterpreter } from './interpret-row.ts';
import { createNumberNormaliser } from './numbers/normalise-number.ts';
import { openList } from './open-list.ts';
import { type Reject, rejectLines, rejectsHeader } from './rejects.ts';
import { testWorkbook, textRow } from './testing-xlsx.ts';

const normalise = createNumberNormaliser({ defaultCountry: 'CN' });

/** Reads a list to its end as an import does; a refusal must be one that names the file's fault. */
async function readToTheEnd(file: Buffer): Promise<void> {
  try {
    const list = await openList(file, { acceptGuess: true });
    const mapping = guessMapping({ ...list.shape, rows: list.preview, normalise });
    const interpret = createRowInterpreter(mapping, { normalise });
    let lastRows = 0;
    for await (const batch of list.rows()) {
      const results = batch.rows.map(interpret);
      const rejects: Reject[] = [...batch.broken];
      for (const result of results) if (!result.accepted) rejects.push(result);
      rejectLines(rejects, list.shape);
      assert.equal(batch.progress.rows, lastRows + batch.rows.length + batch.broken.length);
      lastRows = batch.progress.rows;
    }
    rejectsHeader(list.shape);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

const CSV = '姓名,电话,备注\r\n"张三, 经理",13800138000,"两\n行"\r\n李四,010-88886666转801,x\r\n'.repeat(3);

const damage = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), {
  maxLength: 6,
});

function damaged(file: Buffer, changes: readonly { at: number; byte: number }[], length: number): Buffer {
  const bytes = Buffer.from(file);
  for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
  return bytes.subarray(0, Math.max(1, bytes.length - (length % bytes.length)));
}

test('any bytes at all are read or refused by name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => readToTheEnd(Buffer.from(bytes))),
    { numRuns: 300 },
  );
});

test('a CSV file damaged anywhere, in any encoding, is read or refused by name', async () => {
  const encoding = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5');
  await fc.assert(
    fc.asyncProperty(encoding, damage, fc.nat(), (name, changes, length) =>
      readToTheEnd(damaged(iconv.encode(CSV, name, { addBOM: true }), changes, length)),
    ),
    { numRuns: 300 },
  );
});

test('a workbook damaged anywhere is read or refused by name', async () => {
  const rows = ['姓名,电话', '张三,13800138000', '李四,13900139000'].map((row, at) =>
    textRow(at + 1, row.split(',')),
  );
  const file = testWorkbook({
    sheets: { a: rows.join('') },
    sharedStrings: '<si><t>a</t></si>',
    styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
  });
  await fc.assert(
    fc.asyncProperty(damage, fc.constantFrom(0, 0, 0, 1, 30, 500), (changes, length) =>
      readToTheEnd(damaged(file, changes, length)),
    ),
    { numRuns: 400 },
  );
});
