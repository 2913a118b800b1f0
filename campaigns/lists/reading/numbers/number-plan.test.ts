import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { NumberPlan } from './number-plan.ts';

/** Where lists come from, and every oddity of plans: shared codes, no trunk prefix, prefix 8, transform rules. */
const COUNTRIES =
  'CN US CA GB DE FR IT ES JP KR TW HK SG MY IN AU BR MX AR RU KZ ZA NG AE PH ID VN TH SM GG DO FI'.split(
    ' ',
  ) as CountryCode[];

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));

/** Starts that make valid numbers likely, so that the comparison is not only between two refusals. */
const STARTS =
  '13 138 15 17 0 07 7 02 0755 212 1212 800 1800 400 9 00 011 010 8 81 6 04 4 06 017 44 447 86 8613 7 79 49 491 +86 +1 +44 +7';
const lead = fc.constantFrom('', ...STARTS.split(' '));

const COMMON = [
  { country: 'CN', number: '13800138000' },
  { country: 'CN', number: '+8613800138000' },
  { country: 'CN', number: '01088886666' },
  { country: 'CN', number: '8613800138000' },
  { country: 'US', number: '12125550123' },
  { country: 'US', number: '2125550123' },
  { country: 'CA', number: '4165550123' },
  { country: 'GB', number: '07911123456' },
  { country: 'GB', number: '+447911123456' },
  { country: 'DE', number: '015123456789' },
  { country: 'JP', number: '09012345678' },
  { country: 'IN', number: '9876543210' },
] as const;

test('whatever the shortcut answers is what the library answers', () => {
  const plans = new Map(COUNTRIES.map((country) => [country, new NumberPlan(country)]));
  const chinese = new NumberPlan('CN');
  let answered = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...COUNTRIES),
      lead,
      digits(4, 11),
      fc.boolean(),
      (country, start, rest, home) => {
        const number = home
          ? start + rest
          : `+${getCountryCallingCode(country)}${start.replace('+', '')}${rest}`;
        const short = (home ? plans.get(country) : chinese)?.read(number);
        if (short === undefined) return;
        answered++;
        const full = parsePhoneNumberFromString(number, country);
        assert.deepEqual(
          { e164: short.e164, country: short.country, type: short.type },
          { e164: full?.number, country: full?.country, type: full?.getType() },
          `${number} in ${country}`,
        );
      },
    ),
    { numRuns: 15_000 },
  );
  assert.ok(answered > 1_000, `only ${answered} numbers were compared`);
});

for (const { country, number } of COMMON) {
  test(`the shortcut knows the common shape ${number} of ${country}`, () => {
    assert.notEqual(new NumberPlan(country).read(number), undefined);
  });
}

test('a Chinese mobile range that does not exist is left to the library', () => {
  for (const number of ['15400000000', '12345678901', '17900000000']) {
    assert.equal(new NumberPlan('CN').read(number), undefined);
  }
});
