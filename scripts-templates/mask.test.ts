import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { maskNumber } from './mask.ts';

describe('maskNumber', () => {
  const cases: [number: string, masked: string | undefined][] = [
    ['+8613812345678', '138****5678'],
    ['008613812345678', '138****5678'],
    ['１３８１２３４５６７８', '138****5678'],
    ['138 1234 5678 转 801', '138****5678'],
    ['138 1234 5678 分机801', '138****5678'],
    ['+12025550143;ext=12', '120****0143'],
    ['+1 (202) 555-0143 x77', '120****0143'],
    ['02155501434', '021****1434'],
    ['55501434', '****1434'],
    ['12345', '****5'],
    ['110', '****'],
    ['no digits', undefined],
    ['', undefined],
  ];
  for (const [number, masked] of cases) {
    it(`makes ${masked} of "${number}"`, () => assert.equal(maskNumber(number), masked));
  }

  it('always hides at least four digits', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789'.split('')),
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(digits, (number) => {
        const shown = (maskNumber(number) ?? '').replace(/\D/g, '').length;
        assert.ok(shown <= Math.max(0, number.length - 4));
      }),
    );
  });
});
