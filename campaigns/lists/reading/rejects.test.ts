import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { guessMapping } from './guess-mapping.ts';
import { type AcceptedRow, createRowInterpreter } from './interpret-row.ts';
import { createNumberNormaliser } from './numbers/normalise-number.ts';
import { openList } from './open-list.ts';
import { type Reject, rejectLines, rejectsHeader } from './rejects.ts';

/** The file side of an import: leads on one hand, the rejects file on the other. */
async function importFile(text: string): Promise<{ leads: AcceptedRow[]; rejects: Reject[]; file: string }> {
  const list = await openList(Buffer.from(text));
  const normalise = createNumberNormaliser({ defaultCountry: 'CN' });
  const mapping = guessMapping({ ...list.shape, rows: list.preview, normalise });
  const interpret = createRowInterpreter(mapping, { normalise });
  const leads: AcceptedRow[] = [];
  const rejects: Reject[] = [];
  for await (const batch of list.rows()) {
    rejects.push(...batch.broken);
    for (const result of batch.rows.map(interpret)) {
      if (result.accepted) leads.push(result);
      else rejects.push(result);
    }
  }
  return { leads, rejects, file: rejectsHeader(list.shape) + rejectLines(rejects, list.shape) };
}

test('a rejects file tells line and reason and is taken by spreadsheets as text', async () => {
  const { file } = await importFile(
    '姓名,电话,备注\n=cmd(),1.38E+10,@x\n张三\n李四,+8612,-1\n王五,0108888,\n',
  );
  assert.equal(
    file,
    '\ufeff姓名,电话,备注,line,reason\r\n' +
      "'=cmd(),1.38E+10,'@x,2,spreadsheet_scientific: 电话\r\n" +
      '张三,,,3,row_too_few_cells\r\n' +
      "李四,'+8612,'-1,4,number_too_short: 电话\r\n" +
      "王五,'0108888,,5,number_invalid: 电话\r\n",
  );
});

test('no cell of a rejects file begins like a formula', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('=1', '+8613800138000', '-1', '@a', '＝1', '＋86', '－1', '＠a', '\t=1', '\r=1'),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 2 }), (cells) => {
      const reject: Reject = { accepted: false, line: 2, cells, code: 'number_invalid', params: {} };
      const line = rejectLines([reject], { header: undefined, columns: 2, describe: () => '=boom' });
      const [row = []] = parse(line, { relax_column_count: true }) as string[][];
      for (const written of row) assert.doesNotMatch(written, /^[=+\-@＝＋－＠\t\r]/);
    }),
  );
});

test('the apostrophe before a full-width sign is taken off again', async () => {
  const { leads } = await importFile("姓名,电话,车型\n张三,'＋8613800138000,'＝Z4\n");
  assert.deepEqual(
    leads[0]?.numbers.map(({ e164 }) => e164),
    ['+8613800138000'],
  );
  assert.deepEqual(Object.values(leads[0]?.vars ?? {}), ['＝Z4']);
});

test('a corrected rejects file is loaded whole, a file not corrected is rejected again in the same way', async () => {
  const text = '姓名,电话,车型\n=张三,1.38E+10,0123456\n李四,+86123,+Z4\n王五,13800138000,x\n';
  const first = await importFile(text);
  assert.deepEqual([first.leads.length, first.rejects.length], [1, 2]);
  const again = await importFile(first.file);
  assert.deepEqual(
    again.rejects.map(({ code }) => code),
    first.rejects.map(({ code }) => code),
  );
  const corrected = first.file.replace('1.38E+10', '13800138001').replace("'+86123", "'+8613800138002");
  const { leads, rejects } = await importFile(corrected);
  assert.equal(rejects.length, 0);
  assert.deepEqual(
    leads.map(({ fields, numbers, vars }) => [fields.name, numbers[0]?.e164, vars]),
    [
      ['=张三', '+8613800138001', { 车型: '0123456' }],
      ['李四', '+8613800138002', { 车型: '+Z4' }],
    ],
  );
});

test('the rejects of a list without a header can be corrected and loaded too', async () => {
  const first = await importFile('张三,13800138000\n李四,1.38E+10\n王五,13900139000\n');
  const { leads } = await importFile(first.file.replace('1.38E+10', '13800138001'));
  assert.deepEqual(leads[0]?.numbers[0]?.e164, '+8613800138001');
});
