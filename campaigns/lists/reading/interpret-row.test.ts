import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnMapping } from './fields.ts';
import { type AcceptedRow, createRowInterpreter, type RejectedRow } from './interpret-row.ts';
import { createNumberNormaliser } from './numbers/normalise-number.ts';

const normalise = createNumberNormaliser({ defaultCountry: 'CN' });
const MAPPING: ColumnMapping = [
  { to: 'field', field: 'name' },
  { to: 'phone', order: 2, use: 'work' },
  { to: 'phone', order: 1, use: 'mobile' },
  { to: 'variable', name: 'car' },
];

function interpret(cells: string[], mapping = MAPPING, badNumber: 'warn' | 'reject' = 'warn') {
  return createRowInterpreter(mapping, { normalise, badNumber })({ line: 7, cells });
}

function accepted(result: AcceptedRow | RejectedRow): AcceptedRow {
  assert.ok(result.accepted, JSON.stringify(result));
  return result;
}

function field(name: string, value: string) {
  return interpret(
    ['13800138000', value],
    [
      { to: 'phone', order: 1, use: 'unknown' },
      { to: 'field', field: name as 'zone' },
    ],
  );
}

test('a row without any number is rejected, and one with bad numbers for the first of them', () => {
  const none = interpret(['张三', '', ' ', '红']);
  assert.deepEqual(none, {
    accepted: false,
    line: 7,
    cells: ['张三', '', ' ', '红'],
    code: 'row_without_number',
    params: {},
  });
  const bad = interpret(['张三', '88886666', '1.38E+10', '']);
  assert.ok(!bad.accepted);
  assert.deepEqual([bad.code, bad.column], ['spreadsheet_scientific', 3]);
});

test('a bad number beside a good one is a warning, or rejects the row where that was chosen', () => {
  const cells = ['张三', '1.08E+10', '13800138000', ''];
  const lead = accepted(interpret(cells));
  assert.deepEqual(lead.warnings, [{ column: 2, code: 'spreadsheet_scientific' }]);
  assert.equal(lead.numbers.length, 1);
  assert.equal(interpret(cells, MAPPING, 'reject').accepted, false);
});

test('numbers come in dialing order, each once, and empty cells leave no value', () => {
  const lead = accepted(
    interpret([' 张三 ', '010-88886666转801、13800138000', '13800138000/13900139000', '']),
  );
  assert.deepEqual(
    lead.numbers.map(({ e164, extension, use }) => [e164, extension, use]),
    [
      ['+8613800138000', undefined, 'mobile'],
      ['+8613900139000', undefined, 'mobile'],
      ['+861088886666', '801', 'work'],
    ],
  );
  assert.deepEqual([lead.fields, lead.vars], [{ name: '张三' }, {}]);
});

test('a zone, priority or consent that cannot be read rejects the row', () => {
  for (const [name, value, code] of [
    ['zone', 'CST', 'zone_unknown'],
    ['zone', 'Asia/Atlantis', 'zone_unknown'],
    ['priority', 'high', 'priority_not_integer'],
    ['consent', 'perhaps', 'consent_unknown'],
    ['name', 'x'.repeat(201), 'cell_too_long'],
  ] as const) {
    const result = field(name, value);
    assert.ok(!result.accepted, `${name} ${value}`);
    assert.deepEqual([result.code, result.column], [code, 2]);
  }
});

test('a gender, address or language that cannot be read is left out with a warning', () => {
  for (const [name, value] of [
    ['gender', '?'],
    ['email', 'a@b'],
    ['locale', '中文'],
  ] as const) {
    const lead = accepted(field(name, value));
    assert.deepEqual([lead.fields, lead.warnings.length], [{}, 1]);
  }
});

test('fields are brought into one form', () => {
  for (const [name, value, expected] of [
    ['zone', 'asia/shanghai', 'Asia/Shanghai'],
    ['zone', '北京时间', 'Asia/Shanghai'],
    ['gender', '女士', 'female'],
    ['gender', 'M', 'male'],
    ['consent', '是', 'yes'],
    ['consent', 'FALSE', 'no'],
    ['locale', 'zh_cn', 'zh-CN'],
    ['priority', '05', '5'],
    ['note', "'=1+1", '=1+1'],
  ] as const) {
    assert.equal(accepted(field(name, value)).fields[name], expected, `${name} ${value}`);
  }
});

test('a name is put together from its parts in the order of its language', () => {
  const mapping: ColumnMapping = [
    { to: 'field', field: 'surname' },
    { to: 'field', field: 'givenName' },
    { to: 'phone', order: 1, use: 'unknown' },
  ];
  const nameOf = (surname: string, given: string) =>
    accepted(interpret([surname, given, '13800138000'], mapping)).fields.name;
  assert.equal(nameOf('张', '三丰'), '张三丰');
  assert.equal(nameOf('Smith', 'Ann'), 'Ann Smith');
  assert.equal(nameOf('', 'Ann'), 'Ann');
});
