import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { testWorkbook, textRow } from '../../campaigns/lists/reading/testing-xlsx.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import { addList } from '../support/campaign-world.ts';
import { testDatabases } from '../support/databases.ts';
import { assertBooksAgree, countsOf, type ImportLab, leadsOf, openImportLab } from '../support/import-lab.ts';

for (const engine of testDatabases()) {
  describe(`importing workbooks on ${engine.name}`, { timeout: 60_000 }, () => {
    const open: ImportLab[] = [];
    const fresh = async () => {
      const lab = await openImportLab(engine);
      open.push(lab);
      return { lab, listId: await addList(lab.db, lab.world) };
    };
    after(async () => {
      for (const lab of open) await lab.close();
    });

    test('a workbook is loaded like a text, its rejects with the rows of the sheet', async () => {
      const { lab, listId } = await fresh();
      const rows = [
        textRow(1, ['姓名', '电话', '车型']),
        textRow(2, ['张三', '１３８００１３８０００', '红旗']),
        textRow(3, ['李四', '1.38E+10', '']),
        '<row r="4"><c t="inlineStr"><is><t>赵六</t></is></c><c><v>1.3900139E+10</v></c></row>',
        textRow(5, ['王五', '010-88886666转801', '']),
      ];
      const file = testWorkbook({ sheets: { 名单: rows.join('') } });
      const result = await lab.load(listId, file);
      assert.deepEqual(countsOf(result), [4, 3, 0, 0, 1]);
      const leads = await leadsOf(lab.db);
      assert.deepEqual(
        leads.map(({ numbers, vars }) => [numbers, vars]),
        [
          [['+8613800138000'], { 车型: '红旗' }],
          [['+8613900139000'], {}],
          [['+861088886666;801'], {}],
        ],
      );
      const rejects = await lab.db.reader.raw('select line, code from list_rejects');
      assert.deepEqual(rejects, [{ line: 3, code: 'spreadsheet_scientific' }]);
      await assertBooksAgree(lab.db);
    });

    test('a workbook that is a bomb is refused before anything is put on record', async () => {
      const { lab, listId } = await fresh();
      const file = testWorkbook({
        sheets: { bomb: textRow(1, ['name', 'phone']) },
        sharedStrings: `<si><t>${'a'.repeat(40 * 1024 * 1024)}</t></si>`,
      });
      assert.ok(file.length < 1_000_000, 'small as it comes');
      await assert.rejects(lab.begin(listId, file), (error) => isDomainError(error, 'xlsx_bomb'));
      assert.deepEqual(await lab.imports.list(lab.db.reader, lab.viewer, listId), []);
    });

    test('a sheet that breaks off midway takes back what was loaded of it', async () => {
      const { lab, listId } = await fresh();
      const rows = Array.from({ length: 3_000 }, (_, n) =>
        textRow(n + 2, [`客户${n}`, `138${String(n).padStart(8, '0')}`]),
      );
      const head = textRow(1, ['姓名', '电话']);
      const file = testWorkbook({ sheets: { 名单: `${head}${rows.join('')}<row r="9999"><c></row>` } });
      const result = await lab.load(listId, file);
      assert.deepEqual([result.state, result.errorCode], ['rolledBack', 'xlsx_damaged']);
      assert.deepEqual(countsOf(result), [0, 0, 0, 0, 0]);
      assert.deepEqual(await leadsOf(lab.db), []);
      await assertBooksAgree(lab.db);
    });

    test('the same, told to keep what was loaded, stays as far as it came', async () => {
      const { lab, listId } = await fresh();
      const rows = Array.from({ length: 3_000 }, (_, n) =>
        textRow(n + 2, [`客户${n}`, `139${String(n).padStart(8, '0')}`]),
      );
      const head = textRow(1, ['姓名', '电话']);
      const file = testWorkbook({ sheets: { 名单: `${head}${rows.join('')}<row r="9999"><c></row>` } });
      const result = await lab.load(listId, file, { onFailure: 'keep' });
      assert.equal(result.state, 'failed');
      assert.equal((await leadsOf(lab.db)).length, result.accepted);
      assert.ok(result.accepted > 0);
      await assertBooksAgree(lab.db);
    });
  });
}
