import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDomainError } from '../../../platform/errors/index.ts';
import { openList } from './open-list.ts';
import type { BrokenRow, ReadLimits, SourceRow } from './rows.ts';
import { testWorkbook, textRow, zipOf } from './testing-xlsx.ts';

const HEADER = textRow(1, ['姓名', '手机', '日期']);

async function read(file: Buffer, options: Parameters<typeof openList>[1] = {}) {
  const list = await openList(file, options);
  const rows: SourceRow[] = [];
  const broken: BrokenRow[] = [];
  for await (const batch of list.rows()) {
    rows.push(...batch.rows);
    broken.push(...batch.broken);
  }
  return { shape: list.shape, rows, broken };
}

function refuses(file: Buffer, code: string, limits: Partial<ReadLimits> = {}) {
  return assert.rejects(
    () => read(file, { limits }),
    (error) => isDomainError(error, code),
    code,
  );
}

test('a sheet that unpacks to a thousand times its size is refused before it is read', async () => {
  const bomb = testWorkbook({ sheets: { a: HEADER + ' '.repeat(20_000_000) } });
  assert.ok(bomb.length < 100_000);
  await refuses(bomb, 'xlsx_bomb');
});

test('parts that unpack together to more than the limit are refused', async () => {
  await refuses(testWorkbook({ sheets: { a: HEADER + ' '.repeat(100_000) } }), 'xlsx_bomb', {
    maxUnpackedBytes: 50_000,
  });
});

test('rows that tell no number of their own, or one that was, are counted on', async () => {
  const cells = ['a', 'b', 'c'];
  const told = ['1e300', '-4', '0.5', '1', 'x', '9', '9'].map((r) =>
    textRow(2, cells).replace('r="2"', `r="${r}"`),
  );
  const { rows } = await read(testWorkbook({ sheets: { a: HEADER + told.join('') } }));
  assert.deepEqual(
    rows.map(({ line }) => line),
    [2, 3, 4, 5, 6, 9, 10],
  );
});

test('of formats without end only so many are remembered as any workbook has', async () => {
  const formats = Array.from(
    { length: 100_001 },
    (_, at) => `<numFmt numFmtId="${at + 200}" formatCode="yyyy"/>`,
  );
  const styles = (last: number) =>
    `<numFmts>${formats.join('')}</numFmts><cellXfs><xf numFmtId="${last}"/></cellXfs>`;
  const sheets = { a: `${HEADER}<row r="2"><c><v>1</v></c><c><v>2</v></c><c s="0"><v>46000</v></c></row>` };
  const dateOf = async (last: number) =>
    (await read(testWorkbook({ sheets, styles: styles(last) }))).rows.at(-1)?.cells[2];
  assert.deepEqual([await dateOf(100_199), await dateOf(100_200)], ['2025-12-09', '46000']);
});

test('a part that unpacks to more than its directory entry tells is refused', async () => {
  const file = testWorkbook({ sheets: { a: HEADER + ' '.repeat(200_000) } });
  const honest = Buffer.alloc(4);
  const name = file.lastIndexOf('xl/worksheets/sheet1.xml');
  file.copy(honest, 0, name - 22, name - 18);
  assert.ok(honest.readUInt32LE() > 200_000);
  file.writeUInt32LE(1_000, name - 22);
  await refuses(file, 'xlsx_damaged');
});

test('a table of texts over its limit is refused', async () => {
  const sharedStrings = `<si><t>${'x'.repeat(1_000)}</t></si>`.repeat(200);
  await refuses(testWorkbook({ sheets: { a: HEADER }, sharedStrings }), 'xlsx_too_many_texts', {
    maxSharedTextBytes: 100_000,
  });
});

test('a cell without an end, a document type, an unknown entity and broken XML are named as damage', async () => {
  const noise = Buffer.from(Array.from({ length: 700_000 }, (_, at) => 97 + ((at * 7919) % 23)));
  await refuses(
    testWorkbook({ sheets: { a: `<row r="1"><c><v>${noise.toString('latin1')}</v></c></row>` } }),
    'xlsx_damaged',
  );
  await refuses(testWorkbook({ sheets: { a: '<row><c><v>&lol;</v></c></row>' } }), 'xlsx_damaged');
  await refuses(testWorkbook({ sheets: { a: '<row><c>' } }), 'xlsx_damaged');
  const extra = { 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY l "l">]><worksheet/>' };
  await refuses(testWorkbook({ sheets: { a: '' }, extra }), 'xlsx_damaged');
});

test('a zip file that is no workbook and a workbook cut short are named as damage', async () => {
  await refuses(zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }), 'xlsx_damaged');
  await refuses(testWorkbook({ sheets: { a: HEADER } }).subarray(0, 300), 'xlsx_damaged');
});

test('an empty sheet and a sheet that is not there are named', async () => {
  await refuses(testWorkbook({ sheets: { a: '' } }), 'list_empty');
  await assert.rejects(
    () => read(testWorkbook({ sheets: { a: HEADER } }), { sheet: 'b' }),
    (error) => isDomainError(error, 'sheet_unknown') && String(error.params.sheets) === 'a',
  );
});

test('the first sheet that is not hidden is read, or the one chosen', async () => {
  const file = testWorkbook({
    sheets: {
      lists: textRow(1, ['x', 'y']),
      leads: HEADER + textRow(2, ['张三', '13800138000', '']),
      more: HEADER + textRow(2, ['李四', '1', '2']),
    },
    hidden: ['lists'],
  });
  const first = await read(file);
  assert.deepEqual([first.shape.sheet, first.shape.sheets], ['leads', ['lists', 'leads', 'more']]);
  assert.deepEqual(first.rows[0]?.cells, ['张三', '13800138000', '']);
  assert.equal((await read(file, { sheet: 'more' })).rows[0]?.cells[0], '李四');
  assert.equal((await read(file, { sheet: 3 })).rows[0]?.cells[0], '李四');
});

test('texts are read over their runs and without their pronunciation', async () => {
  const sharedStrings =
    '<si><r><t>山</t></r><r><t xml:space="preserve"> 田</t></r><rPh sb="0" eb="1"><t>ヤマダ</t></rPh></si>' +
    '<si><t>a_x000D_b &amp; c</t></si>';
  const row =
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>9</v></c></row>';
  const { rows } = await read(testWorkbook({ sheets: { a: HEADER + row }, sharedStrings }));
  assert.deepEqual(rows[0]?.cells, ['山 田', 'a\rb & c', '']);
});

test('cells stand where their reference says, and rows keep their number', async () => {
  const rows =
    '<row r="5"><c r="C5"><v>3</v></c></row><row r="7"><c r="A7"/><c r="B7"><v>2</v></c></row><row r="8"/>';
  const result = await read(testWorkbook({ sheets: { a: HEADER + rows } }));
  assert.deepEqual(result.rows, [
    { line: 5, cells: ['', '', '3'] },
    { line: 7, cells: ['', '2', ''] },
  ]);
});

test('a cell far to the right is a row with too many cells, not a million empty ones', async () => {
  const row = '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2"><v>2</v></c></row>';
  const { broken } = await read(testWorkbook({ sheets: { a: HEADER + row } }));
  assert.deepEqual([broken[0]?.code, broken[0]?.line], ['row_too_many_cells', 2]);
});

test('numbers keep all their digits, dates become ISO text and the rest its text', async () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
    '<numFmt numFmtId="165" formatCode="0.00&quot;day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>';
  const cells = [
    '<c><v>1.3800138E10</v></c>',
    '<c><v>13800138000</v></c>',
    '<c s="1"><v>46023</v></c>',
    '<c s="2"><v>46023</v></c>',
    '<c s="3"><v>46023.854166666664</v></c>',
    '<c s="4"><v>46023</v></c>',
    '<c s="5"><v>0.5</v></c>',
    '<c t="b"><v>1</v></c>',
    '<c t="e"><v>#N/A</v></c>',
    '<c t="str"><f>A1</f><v>made</v></c>',
  ];
  const header = textRow(
    1,
    cells.map((_, at) => (at === 0 ? '手机' : `c${at}`)),
  );
  const sheet = `${header}<row r="2">${cells.join('')}</row>`;
  const { rows } = await read(testWorkbook({ sheets: { a: sheet }, styles }));
  assert.deepEqual(rows[0]?.cells, [
    '13800138000',
    '13800138000',
    '2026-01-01',
    '2026-01-01',
    '2026-01-01T20:30:00',
    '46023',
    '12:00:00',
    'TRUE',
    '#N/A',
    'made',
  ]);
  const workbookPr = '<workbookPr date1904="1"/>';
  const in1904 = await read(testWorkbook({ sheets: { a: sheet }, styles, workbookPr }));
  assert.equal(in1904.rows[0]?.cells[2], '2030-01-02');
});
