import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { replayNumber } from '../../../../dialer/core/replay-numbers.ts';
import { isDomainError } from '../../../../platform/errors/index.ts';
import { createNumberNormaliser, normaliseNumber } from './normalise-number.ts';
import type { CountryCode, NumberProblemCode } from './number-types.ts';
import { MAX_NUMBERS_IN_CELL, readNumbersInCell } from './split-cell.ts';

const problems: [string, CountryCode, NumberProblemCode][] = [
  ['', 'CN', 'number_empty'],
  ['  \u3000', 'CN', 'number_empty'],
  ['-', 'CN', 'number_empty'],
  ['1.38E+10', 'CN', 'spreadsheet_scientific'],
  ['1.38001E10', 'CN', 'spreadsheet_scientific'],
  ['1,38E+10', 'DE', 'spreadsheet_scientific'],
  ['１.38Ｅ+10', 'CN', 'spreadsheet_scientific'],
  ['1088886666', 'CN', 'spreadsheet_lost_zero'],
  ['75583765566', 'CN', 'spreadsheet_lost_zero'],
  ['7400123456', 'GB', 'spreadsheet_lost_zero'],
  ['15123456789', 'DE', 'spreadsheet_lost_zero'],
  ['9012345678', 'JP', 'spreadsheet_lost_zero'],
  ['612345678', 'IT', 'spreadsheet_lost_zero'],
  ['#N/A', 'CN', 'spreadsheet_error'],
  ['########', 'CN', 'spreadsheet_error'],
  ['138****8000', 'CN', 'number_masked'],
  ['无', 'CN', 'number_has_letters'],
  ['1-800-FLOWERS', 'US', 'number_has_letters'],
  ['13800138OOO', 'CN', 'number_has_letters'],
  ['110', 'CN', 'number_too_short'],
  ['911', 'US', 'number_too_short'],
  ['1380013800011', 'CN', 'number_too_long'],
  ['1'.repeat(200), 'CN', 'number_too_long'],
  ['88886666', 'CN', 'number_missing_area_code'],
  ['555-0123', 'US', 'number_missing_area_code'],
  ['+99812', 'CN', 'number_too_short'],
  ['+21012345678', 'CN', 'number_unknown_country'],
  ['15400000000', 'CN', 'number_invalid'],
  ['0000000000', 'US', 'number_invalid'],
  ['09098790123', 'GB', 'number_premium_rate'],
  ['9005550123', 'US', 'number_premium_rate'],
  [replayNumber(7), 'CN', 'number_replay_only'],
];

for (const [raw, country, problem] of problems) {
  test(`${JSON.stringify(raw.slice(0, 20))} in ${country} is named ${problem}`, () => {
    assert.deepEqual(normaliseNumber(raw, country), { problem });
  });
}

const good: [string, CountryCode, string, string?][] = [
  ['13800138000', 'CN', '+8613800138000'],
  ['１３８００１３８０００', 'CN', '+8613800138000'],
  [' 138-0013-8000 ', 'CN', '+8613800138000'],
  ['138 0013 8000', 'CN', '+8613800138000'],
  ['138\u00a00013\u200b8000', 'CN', '+8613800138000'],
  ["'13800138000", 'CN', '+8613800138000'],
  ['="13800138000"', 'CN', '+8613800138000'],
  ['13800138000.0', 'CN', '+8613800138000'],
  ['手机：13800138000', 'CN', '+8613800138000'],
  ['8613800138000', 'CN', '+8613800138000'],
  ['008613800138000', 'CN', '+8613800138000'],
  ['+86 138 0013 8000', 'US', '+8613800138000'],
  ['＋86（138）00138000', 'CN', '+8613800138000'],
  ['010-88886666转801', 'CN', '+861088886666', '801'],
  ['010-88886666轉801', 'CN', '+861088886666', '801'],
  ['（010）88886666 分机：801', 'CN', '+861088886666', '801'],
  ['010-88886666-801', 'CN', '+861088886666', '801'],
  ['01088886666#801', 'CN', '+861088886666', '801'],
  ['(212) 555-0123 ext. 42', 'US', '+12125550123', '42'],
  ['212-555-0123 x42', 'US', '+12125550123', '42'],
  ['tel:+12125550123;ext=42', 'US', '+12125550123', '42'],
  ['+44 (0)20 7946 0958', 'CN', '+442079460958'],
  ['20 7946 0958', 'GB', '+442079460958'],
  ['9876543210', 'IN', '+919876543210'],
  ['4008001234', 'CN', '+864008001234'],
  ['06 1234 5678', 'IT', '+390612345678'],
  ['1 (416) 555-0123', 'US', '+14165550123'],
];

for (const [raw, country, e164, extension] of good) {
  test(`${JSON.stringify(raw)} in ${country} is read as ${e164}${extension ? ` and ${extension}` : ''}`, () => {
    const reading = normaliseNumber(raw, country);
    assert.deepEqual(reading, { ...reading, e164, ...(extension ? { extension } : {}) });
    assert.equal('extension' in reading, extension !== undefined);
  });
}

test('a default country that does not exist is refused when the list begins, not row by row', () => {
  assert.throws(
    () => createNumberNormaliser({ defaultCountry: 'XX' as CountryCode }),
    (error) => isDomainError(error, 'country_unknown'),
  );
});

test('kinds and countries follow the plan', () => {
  assert.deepEqual(normaliseNumber('13800138000', 'CN'), {
    e164: '+8613800138000',
    kind: 'mobile',
    country: 'CN',
  });
  assert.deepEqual(normaliseNumber('01088886666', 'CN'), {
    e164: '+861088886666',
    kind: 'fixed',
    country: 'CN',
  });
  assert.deepEqual(normaliseNumber('8005550123', 'US'), {
    e164: '+18005550123',
    kind: 'tollFree',
    country: 'US',
  });
  assert.deepEqual(normaliseNumber('+14165550123', 'US'), {
    e164: '+14165550123',
    kind: 'unknown',
    country: 'CA',
  });
});

test('lost zeros are put back only when that was asked for', () => {
  const options = { repairLostZeros: true };
  assert.deepEqual(normaliseNumber('1088886666', 'CN', options), {
    e164: '+861088886666',
    kind: 'fixed',
    country: 'CN',
  });
  assert.equal('e164' in normaliseNumber('612345678', 'IT', options), true);
});

test('replay numbers are accepted only where the list allows them', () => {
  const reading = normaliseNumber(replayNumber(7), 'CN', { allowReplayNumbers: true });
  assert.deepEqual(reading, { e164: replayNumber(7), kind: 'unknown' });
});

test('no replay number is a valid number of any country', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (index) => {
      assert.notEqual(parsePhoneNumberFromString(replayNumber(index))?.isValid(), true);
    }),
  );
});

test('whatever the cell holds, the answer is a valid number or a problem, and the same each time', () => {
  const normalise = createNumberNormaliser({ defaultCountry: 'CN' });
  const mostlyDigits = fc
    .array(fc.constantFrom(...'0123456789+-() 转x#/.Ee１８　'.split('')), { maxLength: 24 })
    .map((characters) => characters.join(''));
  fc.assert(
    fc.property(fc.oneof(mostlyDigits, fc.string()), (raw) => {
      const reading = normalise(raw);
      assert.deepEqual(normalise(raw), reading);
      if ('problem' in reading) return;
      assert.equal(parsePhoneNumberFromString(reading.e164)?.isValid(), true, raw);
      assert.match(reading.extension ?? '1', /^\d{1,7}$/);
    }),
    { numRuns: 3_000 },
  );
});

const cells: [string, string[]][] = [
  ['', []],
  ['   ', []],
  ['13800138000/13900139000', ['+8613800138000', '+8613900139000']],
  ['13800138000、010-88886666转801；', ['+8613800138000', '+861088886666x801']],
  ['13800138000, 13900139000', ['+8613800138000', '+8613900139000']],
  ['13800138000 或 13900139000', ['+8613800138000', '+8613900139000']],
  ['13800138000\n13900139000', ['+8613800138000', '+8613900139000']],
  ['010-88886666，转801', ['+861088886666x801']],
  ['tel:+8613800138000;ext=12', ['+8613800138000x12']],
  ['13800138000/88886666', ['+8613800138000', 'number_missing_area_code']],
  ['#N/A', ['spreadsheet_error']],
];

for (const [cell, expected] of cells) {
  test(`the cell ${JSON.stringify(cell)} holds ${expected.length} numbers`, () => {
    const normalise = createNumberNormaliser({ defaultCountry: 'CN' });
    const found = readNumbersInCell(cell, normalise).map((reading) =>
      'problem' in reading
        ? reading.problem
        : reading.e164 + (reading.extension ? `x${reading.extension}` : ''),
    );
    assert.deepEqual(found, expected);
  });
}

test('a cell with a thousand numbers is read up to the limit', () => {
  const normalise = createNumberNormaliser({ defaultCountry: 'CN' });
  assert.equal(readNumbersInCell('13800138000/'.repeat(1000), normalise).length, MAX_NUMBERS_IN_CELL);
});
