import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import iconv from 'iconv-lite';
import { isDomainError } from '../../../platform/errors/index.ts';
import { openList } from './open-list.ts';
import type { BrokenRow, ReadProgress, SourceRow } from './rows.ts';

const CHINESE = '姓名,电话\r\n张三,13800138000\r\n李四,13900139000\r\n';

async function read(source: string | Buffer | Readable, options: Parameters<typeof openList>[1] = {}) {
  const list = await openList(typeof source === 'string' ? Buffer.from(source) : source, options);
  const rows: SourceRow[] = [];
  const broken: BrokenRow[] = [];
  const progress: ReadProgress[] = [];
  for await (const batch of list.rows()) {
    rows.push(...batch.rows);
    broken.push(...batch.broken);
    progress.push(batch.progress);
  }
  return { shape: list.shape, preview: list.preview, rows, broken, progress };
}

function refuses(source: string | Buffer, code: string, options: Parameters<typeof openList>[1] = {}) {
  return assert.rejects(
    () => read(source, options),
    (error) => isDomainError(error, code),
    code,
  );
}

test('files that are no lists are named by their kind', async () => {
  const kinds: [Buffer, string][] = [
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'xls'],
    [Buffer.from('%PDF-1.7'), 'pdf'],
    [Buffer.from('<html><table>'), 'html'],
  ];
  for (const [file, kind] of kinds) {
    await assert.rejects(
      () => read(file),
      (error) => isDomainError(error, 'list_kind_unsupported') && error.params.kind === kind,
    );
  }
});

test('a list without rows, over the size limit, or with too many columns is refused', async () => {
  await refuses('', 'list_empty');
  await refuses('\r\n , \r\n', 'list_empty');
  await refuses(CHINESE, 'list_too_large', { limits: { maxBytes: 20 } });
  await refuses(`${'a,'.repeat(300)}b\n${'1,'.repeat(300)}2\n`, 'too_many_columns');
});

test('a stream is stopped when it grows over the limit', async () => {
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.from('张三,13800138000\n'.repeat(5_000));
    })(),
    { objectMode: false },
  );
  await assert.rejects(
    () => read(endless, { limits: { maxBytes: 3_000_000 } }),
    (error) => isDomainError(error, 'list_too_large'),
  );
  assert.equal(endless.destroyed, true);
});

test('an encoding that is only a guess is asked for, and read when it was chosen', async () => {
  const file = iconv.encode('姓名,電話\r\n陳小明,0912345678\r\n林美麗,0223456789\r\n', 'big5');
  await refuses(file, 'encoding_uncertain');
  assert.equal((await read(file, { encoding: 'Big5' })).rows[0]?.cells[0], '陳小明');
});

for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'gb18030']) {
  for (const addBOM of [true, false]) {
    test(`the same list comes out of ${encoding} ${addBOM ? 'with' : 'without'} a byte order mark`, async () => {
      const written = iconv.encode((addBOM ? '\ufeff' : '') + CHINESE, encoding);
      const { shape, rows } = await read(written);
      assert.deepEqual(shape.header, ['姓名', '电话']);
      assert.deepEqual(rows, [
        { line: 2, cells: ['张三', '13800138000'] },
        { line: 3, cells: ['李四', '13900139000'] },
      ]);
    });
  }
}

for (const delimiter of [',', ';', '\t', '|']) {
  test(`a byte order mark and ${JSON.stringify(delimiter)} between the cells are both understood`, async () => {
    const text = `\ufeff"姓名"${delimiter}"电话"\n"张三, 经理"${delimiter}"13800138000"\n`;
    const { shape, rows } = await read(text);
    assert.deepEqual([shape.header, shape.delimiter], [['姓名', '电话'], delimiter]);
    assert.deepEqual(rows, [{ line: 2, cells: ['张三, 经理', '13800138000'] }]);
  });
}

test('an Excel line that tells the delimiter is no row, and lines count from the file', async () => {
  const { shape, rows } = await read('sep=;\r\n姓名;电话\r\n张三;13800138000\r\n');
  assert.deepEqual(shape.header, ['姓名', '电话']);
  assert.equal(rows[0]?.line, 3);
});

test('rows with too few or too many cells are kept with their line, empty ones are not', async () => {
  const { rows, broken } = await read('姓名,电话\n张三\n李四,138,x\n\n , \n王五,139,,\n赵六,137\n');
  assert.deepEqual(
    broken.map(({ line, code, params }) => [line, code, params]),
    [
      [2, 'row_too_few_cells', { expected: 2, found: 1 }],
      [3, 'row_too_many_cells', { expected: 2, found: 3 }],
    ],
  );
  assert.deepEqual(
    rows.map(({ line }) => line),
    [6, 7],
  );
});

test('a row with bytes that cannot be decoded is named, the others are read', async () => {
  const file = Buffer.concat([
    Buffer.from(CHINESE.repeat(30)),
    Buffer.from([0xe5, 0xbc]),
    Buffer.from(',13700137000\nzero\0,1\n王五,13600136000\n'),
  ]);
  const { rows, broken } = await read(file);
  assert.deepEqual(
    broken.map(({ line, code, params }) => [line, code, params.column]),
    [
      [91, 'row_undecodable', 1],
      [92, 'row_undecodable', 1],
    ],
  );
  assert.equal(rows.at(-1)?.line, 93);
});

test('a header is found under a title, and its absence is found too', async () => {
  const titled = await read('2026年客户名单,\n,\n姓名,电话\n张三,13800138000\n');
  assert.deepEqual([titled.shape.header, titled.rows[0]?.line], [['姓名', '电话'], 4]);
  const bare = await read('张三,13800138000\n李四,13900139000\n');
  assert.deepEqual([bare.shape.header, bare.rows[0]?.line], [undefined, 1]);
  const unknownWords = await read('Wer,Wo\nAnn,2125550123\n');
  assert.deepEqual(unknownWords.shape.header, ['Wer', 'Wo']);
  const chosen = await read('姓名,电话\n张三,13800138000\n', { hasHeader: false });
  assert.deepEqual([chosen.shape.header, chosen.rows.length], [undefined, 2]);
});

test('one list of one column of numbers is read', async () => {
  const { rows, shape } = await read('13800138000\n13900139000\n');
  assert.deepEqual([shape.columns, rows.length], [1, 2]);
});

test('a large stream gives every row once, in order, and tells how far it is', async () => {
  const lines = Array.from(
    { length: 60_000 },
    (_, at) => `张三${at},${13_800_000_000 + at},北京市朝阳区\r\n`,
  );
  const file = iconv.encode(`姓名,电话,地址\r\n${lines.join('')}`, 'gb18030');
  const parts: Buffer[] = [];
  for (let at = 0; at < file.length; at += 9_973) parts.push(file.subarray(at, at + 9_973));
  const { rows, broken, progress, shape } = await read(Readable.from(parts));
  assert.equal(shape.encoding?.encoding, 'gb18030');
  assert.equal(broken.length, 0);
  assert.equal(rows.length, 60_000);
  assert.ok(rows.every((row, at) => row.line === at + 2 && row.cells[1] === String(13_800_000_000 + at)));
  assert.deepEqual(progress.at(-1), { rows: 60_000, bytes: file.length, bytesTotal: undefined });
});

test('a list whose first megabyte is ASCII is still read in the encoding that comes after it', async () => {
  const ascii = `name,phone\n${'Ann,13800138000\n'.repeat(70_000)}`;
  const file = iconv.encode(`${ascii}张三,13900139000\n李四,13900139001\n`, 'gb18030');
  const { rows, broken } = await read(file);
  assert.equal(broken.length, 0);
  assert.deepEqual(rows.at(-1), { line: 70_003, cells: ['李四', '13900139001'] });
});

test('a path without a file is named', async () => {
  await assert.rejects(
    () => openList('/nowhere/list.csv'),
    (error) => isDomainError(error, 'list_not_found'),
  );
});

test('a workbook that comes as a stream is asked for as a file', async () => {
  await assert.rejects(
    () => read(Readable.from([Buffer.from('504b030414000000', 'hex')], { objectMode: false })),
    (error) => isDomainError(error, 'xlsx_needs_file'),
  );
});

test('leaving the rows early closes the file', async () => {
  const source = Readable.from([Buffer.from(CHINESE), Buffer.from('王五,1\n')], { objectMode: false });
  const list = await openList(source);
  for await (const _batch of list.rows()) break;
  assert.equal(source.destroyed, true);
});
