import assert from 'node:assert/strict';
import test from 'node:test';
import type { LeadCard } from '../../api/shapes.ts';
import { customerFields, customerName, numberCalled } from './customer.ts';

function card(profile: Record<string, unknown>, vars: Record<string, unknown> = {}): LeadCard {
  const number = { kind: 'mobile', state: 'active', attempts: 0, nextAt: null, lastOutcome: null } as const;
  return {
    lead: {
      id: 'l',
      listId: 's',
      state: 'inCall',
      reason: '',
      dueAt: null,
      attempts: 1,
      agentId: null,
      numbers: [
        { ...number, ordinal: 0, e164: '138****5678', extension: '' },
        { ...number, ordinal: 1, e164: '021****8800', extension: '12' },
      ],
      profile,
      vars,
      createdAt: 0,
      updatedAt: 0,
    },
    history: [],
  };
}

test('a lead without a name has none rather than an empty one', () => {
  assert.equal(customerName(card({})), undefined);
  assert.equal(customerName(card({ name: '  ' })), undefined);
  assert.equal(customerName(card({ surname: '王', title: null })), '王');
});

test('values of every kind become text, and those without any are left out', () => {
  const profile = {
    name: 'A',
    city: 'Leeds',
    segment: '',
    products: [{ name: 'Fibre 100' }, {}],
    company: null,
  };
  const fields = customerFields(card(profile, { balance: 120.5, vip: true, nested: { a: 1 } }));
  assert.deepEqual(
    fields.map(({ name, value, own }) => [name, value, own]),
    [
      ['city', 'Leeds', false],
      ['products', 'Fibre 100', false],
      ['balance', '120.5', true],
      ['vip', 'true', true],
    ],
  );
});

test('the number shown is the one that is called, with its extension', () => {
  assert.equal(numberCalled(card({}), 1), '021****8800 × 12');
  assert.equal(numberCalled(card({}), 7), '138****5678');
});
