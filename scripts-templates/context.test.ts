import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildContext, readPath } from './context.ts';
import { RENDER_LIMITS } from './limits.ts';

describe('the context a template sees', () => {
  it('has no key of the machinery of JavaScript, even one that data brought along', () => {
    const { vars } = buildContext(
      { vars: JSON.parse('{"__proto__":"x","constructor":"x","prototype":"x","a":1}') },
      0,
    );
    assert.deepEqual(Reflect.ownKeys(vars as object), ['a']);
    assert.equal(Object.getPrototypeOf(vars), null);
  });

  it('has a hundred items and two hundred variables at most', () => {
    const vars = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`v${index}`, index]));
    const context = buildContext({ vars, customer: { products: Array(5000).fill({ name: 'x' }) } }, 0);
    assert.equal(Object.keys(context.vars as object).length, RENDER_LIMITS.vars);
    const products = readPath(context, ['customer', 'products']);
    assert.equal(Array.isArray(products) && products.length, RENDER_LIMITS.items);
  });

  it('makes the whole name of its parts, and the surname of the whole name', () => {
    const nameOf = (customer: object) => {
      const context = buildContext({ customer }, 0);
      return [readPath(context, ['customer', 'name']), readPath(context, ['customer', 'surname'])];
    };
    assert.deepEqual(nameOf({ surname: '王', givenName: '小明' }), ['王小明', '王']);
    assert.deepEqual(nameOf({ surname: 'Smith', givenName: 'Ann' }), ['Ann Smith', 'Smith']);
    assert.deepEqual(nameOf({ name: '欧阳修' }), ['欧阳修', '欧阳']);
    assert.deepEqual(nameOf({ surname: 'Smith' }), [undefined, 'Smith']);
  });

  it('has only amounts that are exact', () => {
    const priceOf = (price: unknown) => {
      const products = readPath(buildContext({ customer: { products: [{ price }] } }, 0), [
        'customer',
        'products',
      ]);
      return readPath((products as unknown[])[0], ['price']);
    };
    assert.deepEqual(
      { ...(priceOf({ minor: 100, currency: 'CNY', more: 1 }) as object) },
      { minor: 100, currency: 'CNY' },
    );
    for (const price of [
      { minor: 1.5, currency: 'CNY' },
      { minor: 2 ** 60, currency: 'CNY' },
      { minor: 1 },
      100,
    ]) {
      assert.equal(priceOf(price), undefined);
    }
  });
});
