import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DomainError } from '../../../platform/errors/index.ts';
import type { ColumnMapping } from './fields.ts';
import { guessMapping } from './guess-mapping.ts';
import { applyMapping, checkMapping } from './mapping.ts';
import { createNumberNormaliser } from './numbers/normalise-number.ts';
import { safeVariableName } from './variable-names.ts';

const normalise = createNumberNormaliser({ defaultCountry: 'CN' });

function guess(header: string[] | undefined, ...cells: string[][]): ColumnMapping {
  const rows = cells.map((row, at) => ({ line: at + 1, cells: row }));
  return guessMapping({ header, columns: header?.length ?? cells[0]?.length ?? 0, rows, normalise });
}

function short(mapping: ColumnMapping): string[] {
  return mapping.map((target) => {
    if (target.to === 'field') return target.field;
    if (target.to === 'phone') return `phone${target.order}:${target.use}`;
    return target.to === 'variable' ? `var:${target.name}` : 'ignore';
  });
}

function codesOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
}

test('Chinese headers are understood, unknown ones become variables', () => {
  const header = [
    '姓名',
    '手机号码',
    '联系电话',
    '公司',
    '地址',
    '性别',
    '邮编',
    '省',
    '时区',
    '备注',
    '车型',
    '',
  ];
  assert.deepEqual(
    short(guess(header)),
    'name phone1:mobile phone2:unknown company address gender postalCode region zone note var:车型 var:column_12'.split(
      ' ',
    ),
  );
});

test('English headers are understood in any case and punctuation', () => {
  const header = [
    'First Name',
    'LAST_NAME',
    'Phone 2',
    'phone1',
    'Mobile (cell)',
    'ZIP Code',
    'State',
    'E-Mail',
  ];
  assert.deepEqual(
    short(guess([...header, 'externalId', 'Time-Zone', 'Fax', 'Car Model', 'car model'])),
    'givenName surname phone3:unknown phone2:unknown phone1:mobile postalCode region email externalId zone var:fax var:car_model var:car_model_2'.split(
      ' ',
    ),
  );
});

test('a list without a header is understood by its cells', () => {
  const rows = [
    '张三,13800138000,010-88886666,某某有限公司,a@b.cn,红色',
    '李四,13900139000,,大华集团,c@d.cn,蓝',
  ];
  assert.deepEqual(
    short(guess(undefined, ...rows.map((row) => row.split(',')))),
    'name phone1:mobile phone2:unknown company email var:column_6'.split(' '),
  );
});

test('a column of numbers under an unknown word is found', () => {
  assert.deepEqual(
    short(guess(['甲', '乙'], ['张三', '13800138000'], ['李四', '13900139000'])),
    'var:甲 phone1:mobile'.split(' '),
  );
});

test('the two columns of our own rejects file are passed over, the same words elsewhere are not', () => {
  assert.deepEqual(short(guess(['姓名', '电话', 'line', 'reason'])).slice(2), ['ignore', 'ignore']);
  assert.deepEqual(short(guess(['line', 'reason', '电话'])).slice(0, 2), ['var:line', 'var:reason']);
});

test('the eleventh column of numbers is a variable', () => {
  const mapping = guess(Array.from({ length: 11 }, (_, at) => `电话${at + 1}`));
  assert.deepEqual(short(mapping).slice(9), ['phone10:unknown', 'var:电话11']);
});

test('wrong decisions are each named and change nothing', () => {
  const header = ['姓名', '电话', '其他'];
  const guessed = guess(header);
  const chosen = { 年龄: 'name', 姓名: 'nmae', 电话: 'phone11', 其他: 'var:my var', '#4': 'ignore' };
  assert.deepEqual(
    codesOf(() => applyMapping(guessed, chosen, header)).sort(),
    'mapping_unknown_column mapping_unknown_column mapping_unknown_target mapping_unknown_target mapping_unknown_target'.split(
      ' ',
    ),
  );
  assert.deepEqual(
    codesOf(() => applyMapping(guessed, { 姓名: 'email', 其他: 'email' }, header)),
    ['mapping_duplicate'],
  );
  assert.deepEqual(
    codesOf(() => applyMapping(guessed, { 电话: 'ignore' }, header)),
    ['mapping_no_phone'],
  );
  assert.deepEqual(
    codesOf(() => checkMapping([])),
    ['mapping_no_phone'],
  );
});

test('a decision takes its field away from the column that was guessed', () => {
  const header = ['姓名', '电话', '昵称', '备用电话'];
  const chosen = { 昵称: 'name', '#4': 'phone1:work', 电话: 'phone2' };
  assert.deepEqual(
    short(applyMapping(guess(header), chosen, header)),
    'var:姓名 phone2:unknown name phone1:work'.split(' '),
  );
});

test('whatever the header, the variable name is safe in a script and different from the others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'This', '1a'))),
      (list) => {
        const taken = new Set<string>();
        for (const [column, header] of list.entries()) {
          const name = safeVariableName(header, taken, column);
          assert.match(name, /^\p{L}[\p{L}\p{N}_]*$/u);
          assert.ok(!taken.has(name) && !(name in Object.prototype), name);
          taken.add(name);
        }
      },
    ),
  );
});
