import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CampaignPlan } from '../../dialer/ports.ts';
import { assertAllEnded, assertSound } from './support/floor-invariants.ts';
import { floors, someone } from './support/floors.ts';

const newFloor = floors();

async function withCard(plan: Partial<CampaignPlan> = {}, leads = 1) {
  const floor = newFloor({ robots: false, plan: { mode: 'preview', ...plan } });
  floor.business.addLeads(leads, someone);
  const [agentId = ''] = await floor.start(1);
  await floor.seconds(1);
  await floor.engine.command(agentId, { type: 'ready' });
  await floor.seconds(1);
  assert.equal(floor.view(agentId).state, 'reserved');
  return { floor, agentId };
}

test('in preview each agent dials their own card and talks to nobody else', async () => {
  const floor = newFloor({ plan: { mode: 'preview' } });
  floor.business.addLeads(12, someone);
  await floor.start(3);
  await floor.minutes(10);
  assert.equal(floor.business.ended.length, 12);
  const claimedFor = floor.business.ended.filter(({ outcome }) => outcome === 'answered');
  assert.equal(claimedFor.length, 12);
  await floor.stop();
  assertSound(floor);
  assertAllEnded(floor);
});

for (const [rule, expected] of [
  ['dial', { placed: 1, state: 'connected' }],
  ['skip', { placed: 0, state: 'available' }],
  ['pause', { placed: 0, state: 'paused' }],
] as const) {
  test(`a card nobody acts on: ${rule}`, async () => {
    const { floor, agentId } = await withCard({ previewRule: rule });
    await floor.seconds(32);
    assert.equal(floor.placed.size, expected.placed);
    assert.equal(floor.view(agentId).state, expected.state);
    await floor.stop();
    assertSound(floor);
  });
}

for (const leave of [{ type: 'pause', reason: 'lunch' }, { type: 'signOut' }] as const) {
  test(`a card left by ${leave.type} goes to the next agent`, async () => {
    const { floor, agentId } = await withCard();
    await floor.engine.command(agentId, leave);
    await floor.engine.signIn(floor.signInOf('other'));
    await floor.seconds(1);
    await floor.engine.command('other', { type: 'ready' });
    await floor.seconds(1);
    assert.equal(floor.view('other').leadId, 'lead-0');
    await floor.stop();
  });
}

test('a card left by a lost phone comes back too', async () => {
  const { floor, agentId } = await withCard();
  floor.network.losePhone(agentId);
  assert.deepEqual([floor.view(agentId).reason, floor.view(agentId).leadId], ['phone_lost', null]);
  await floor.engine.signIn(floor.signInOf('other'));
  await floor.seconds(1);
  await floor.engine.command('other', { type: 'ready' });
  await floor.seconds(1);
  assert.equal(floor.view('other').leadId, 'lead-0');
  await floor.stop();
});

test('a pause asked for while the own card rings comes after its call', async () => {
  const { floor, agentId } = await withCard();
  await floor.engine.command(agentId, { type: 'dialPreview' });
  await floor.seconds(1);
  const view = await floor.engine.command(agentId, { type: 'pause', reason: 'lunch' });
  assert.deepEqual([view.state, view.pauseAfter], ['reserved', 'lunch']);
  await floor.seconds(12);
  assert.equal(floor.view(agentId).state, 'connected');
  await floor.engine.command(agentId, { type: 'hangUp' });
  await floor.seconds(1);
  const { callId } = floor.view(agentId);
  assert.ok(callId);
  await floor.engine.command(agentId, { type: 'dispose', callId, dispositionId: 'sale', note: '' });
  assert.deepEqual([floor.view(agentId).state, floor.view(agentId).reason], ['paused', 'lunch']);
  await floor.stop();
});

test('a person who answers a card whose agent lost the phone is taken by another', async () => {
  const { floor, agentId } = await withCard();
  await floor.engine.signIn(floor.signInOf('other'));
  await floor.seconds(1);
  await floor.engine.command('other', { type: 'ready' });
  await floor.engine.command(agentId, { type: 'dialPreview' });
  await floor.seconds(5);
  floor.network.losePhone(agentId);
  await floor.seconds(7);
  assert.equal(floor.view('other').state, 'connected');
  await floor.stop();
  assertSound(floor);
});

test('a paused campaign takes its cards back and dials none', async () => {
  const { floor, agentId } = await withCard();
  await floor.replan({ running: false });
  assert.equal(floor.view(agentId).state, 'available');
  await assert.rejects(floor.engine.command(agentId, { type: 'dialPreview' }), { code: 'no_preview' });
  await floor.minutes(1);
  assert.equal(floor.placed.size, 0);
  await floor.replan({ running: true });
  await floor.seconds(2);
  assert.equal(floor.view(agentId).leadId, 'lead-0');
  await floor.stop();
});

test('a card whose number goes on do-not-call leaves the desk', async () => {
  const { floor, agentId } = await withCard();
  floor.business.suppressed.add(someone(0));
  floor.engine.forgetNumber(someone(0));
  assert.equal(floor.view(agentId).leadId, null);
  await floor.minutes(2);
  assert.equal(floor.placed.size, 0);
  await floor.stop();
});

test('a skipped card is put away, and the next one comes', async () => {
  const { floor, agentId } = await withCard({}, 2);
  await floor.engine.command(agentId, { type: 'skipPreview', reason: 'later' });
  await floor.seconds(1);
  assert.equal(floor.view(agentId).leadId, 'lead-1');
  assert.equal(floor.business.leads.get('lead-0')?.state, 'held');
  await floor.stop();
});
