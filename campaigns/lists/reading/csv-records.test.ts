import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { findCsvFormat } from './csv-format.ts';
import { CsvRecords, type ReadRecords } from './csv-records.ts';

async function read(text: string, chunk = 7, maxRecordBytes = 1_000): Promise<ReadRecords> {
  const { delimiter, loneReturns } = findCsvFormat(text);
  const records = new CsvRecords({ delimiter, loneReturns, maxRecordBytes });
  const all: ReadRecords = { rows: [], broken: [] };
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk)
    add(all, await records.write(bytes.subarray(at, at + chunk)));
  add(all, await records.end());
  return all;
}

function add(all: ReadRecords, some: ReadRecords): void {
  all.rows.push(...some.rows);
  all.broken.push(...some.broken);
}

function lines(result: ReadRecords): { good: number[]; broken: [number, string][] } {
  return {
    good: result.rows.map((row) => row.line),
    broken: result.broken.map((row) => [row.line, row.code]),
  };
}

for (const chunk of [1, 7, 10_000]) {
  test(`a quote that never closes costs its own line only, read ${chunk} bytes at a time`, async () => {
    const text = `a,b\n1,2\n"open,3\n${'4,5\n'.repeat(400)}`;
    const { good, broken } = lines(await read(text, chunk));
    assert.deepEqual(broken, [[3, 'row_broken_quote']]);
    assert.equal(good.length, 402);
    assert.equal(good.at(-1), 403);
  });

  test(`a quote closed in the wrong place costs its own line only, read ${chunk} bytes at a time`, async () => {
    const { good, broken } = lines(await read('"a","b"\n"x"y,"1"\n"open,"2"\n"c","3"\n', chunk));
    assert.deepEqual(broken, [[3, 'row_broken_quote']]);
    assert.deepEqual(good, [1, 2, 4]);
  });

  test(`a broken quote in the last line is named, read ${chunk} bytes at a time`, async () => {
    assert.deepEqual(lines(await read('a,b\n1,2\n"open,3', chunk)), {
      good: [1, 2],
      broken: [[3, 'row_broken_quote']],
    });
  });
}

test('a thousand broken lines in a row are each named', async () => {
  const result = await read(`a,b\n${'"open,1\n'.repeat(1_000)}x,2\n`, 4_096);
  assert.equal(result.broken.length, 1_000);
  assert.deepEqual(result.rows.at(-1), { line: 1_002, cells: ['x', '2'] });
});

test('a line longer than the limit is named and passed over', async () => {
  const result = await read(`a,b\n1,${'x'.repeat(5_000)}\n3,4\n`, 64);
  assert.deepEqual(lines(result), { good: [1, 3], broken: [[2, 'row_too_long']] });
  assert.ok((result.broken[0]?.cells.join().length ?? 0) < 3_000);
});

test('a quote inside a cell that has none around it is text', async () => {
  assert.deepEqual((await read('a,b\n12" pipe,1\n')).rows.at(-1)?.cells, ['12" pipe', '1']);
});

test('lines are counted through empty lines, line ends in quotes and every kind of line end', async () => {
  const text = 'a,b\r\n\r\n"1\r\n\r\n2",x\n\n\n"3\n4",y\r\n5,z\r\n';
  assert.deepEqual(lines(await read(text)).good, [1, 3, 8, 10]);
  assert.deepEqual(lines(await read('a,b\r1,2\r3,4\r')).good, [1, 2, 3]);
});

test('whatever is written as CSV is read as it was, at its lines', async () => {
  const cell = fc
    .array(fc.constantFrom('a', 'b', ',', ';', '"', '\n', '\t', ' ', '张', '😀'))
    .map((list) => list.join(''));
  const row = fc.array(cell, { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1 }),
      fc.integer({ min: 1, max: 40 }),
      async (rows, chunk) => {
        const written = [['姓名', '电话', '备注'], ...rows];
        const result = await read(stringify(written, { quoted: true }), chunk);
        assert.deepEqual(
          result.rows.map((found) => found.cells),
          written,
        );
        let line = 1;
        for (const [at, found] of result.rows.entries()) {
          assert.equal(found.line, line);
          line += 1 + (written[at]?.join('').split('\n').length ?? 1) - 1;
        }
      },
    ),
    { numRuns: 200 },
  );
});

const formats: [string, string, string][] = [
  ['commas', 'name,phone\nAnn,1\nBob,2\n', ','],
  ['semicolons with commas in the text', 'name;note\nAnn;a, b, c\nBob;d\n', ';'],
  ['tabs with commas in the text', 'name\tnote\nAnn\ta, b\nBob\tc, d\n', '\t'],
  ['bars', 'name|phone\nAnn|1\n', '|'],
  ['one column', 'phone\n13800138000\n13900139000\n', ','],
  ['delimiters in quotes', '"a;b;c";"d"\n"e;f";"g"\n', ';'],
  ['a line that tells', 'sep=|\na,b|c\n', '|'],
];

for (const [name, text, delimiter] of formats) {
  test(`the delimiter is found: ${name}`, () => {
    assert.equal(findCsvFormat(text).delimiter, delimiter);
  });
}
