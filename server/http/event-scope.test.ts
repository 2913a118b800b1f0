import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Viewer } from '../../campaigns/scope/index.ts';
import { hears } from './event-scope.ts';

const viewer = (more: Partial<Viewer>): Viewer => ({
  userId: 'me',
  vendorId: 'v1',
  teamId: 't1',
  role: 'manager',
  scope: 'team',
  ...more,
});
const mine = { vendorId: 'v1', teamId: 't1', campaignId: 'c1' };

test('nobody hears of another vendor, but who sees everything', () => {
  const other = { ...mine, vendorId: 'v2' };
  assert.equal(hears(viewer({}), other), false);
  assert.equal(hears(viewer({ scope: 'vendor' }), other), false);
  assert.equal(hears(viewer({ role: 'admin', scope: 'all' }), other), true);
});

test('who sees one team hears of it and of the whole vendor, not of another team', () => {
  assert.equal(hears(viewer({}), mine), true);
  assert.equal(hears(viewer({}), { vendorId: 'v1' }), true);
  assert.equal(hears(viewer({}), { ...mine, teamId: 't2' }), false);
  assert.equal(hears(viewer({ scope: 'vendor' }), { ...mine, teamId: 't2' }), true);
});

test('an agent hears of no other user, whatever they see', () => {
  assert.equal(hears(viewer({ role: 'agent' }), { ...mine, userId: 'you' }), false);
  assert.equal(hears(viewer({ role: 'agent', scope: 'all' }), { ...mine, userId: 'you' }), false);
  assert.equal(hears(viewer({ role: 'agent' }), { userId: 'me' }), true);
});

test('what names a campaign or user but no vendor is kept from those who see a part', () => {
  assert.equal(hears(viewer({ scope: 'vendor' }), { campaignId: 'c1' }), false);
  assert.equal(hears(viewer({ scope: 'vendor' }), { userId: 'you' }), false);
  assert.equal(hears(viewer({}), {}), true);
});
