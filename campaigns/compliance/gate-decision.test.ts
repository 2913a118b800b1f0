import assert from 'node:assert/strict';
import test from 'node:test';
import { unknownZoneKey } from '../../dialer/core/zone-key.ts';
import { decideGate, type GateFacts } from './gate-decision.ts';
import { builtInHolidays } from './holidays.ts';
import { builtInPresets, createPresetCatalogue } from './preset-catalogue.ts';
import { compileRuleset } from './ruleset.ts';

const catalogue = createPresetCatalogue(builtInPresets());
const rules = (...presetIds: string[]) =>
  compileRuleset({ catalogue, presetIds, holidays: builtInHolidays() });
const at = (text: string) => Date.parse(text);
const hour = 3_600_000;
const now = at('2026-11-23T15:00:00Z'); // Monday 10:00 in New York, 23:00 in Shanghai, 15:00 in London
const facts = (change: Partial<GateFacts> = {}): GateFacts => ({
  zoneKey: 'America/New_York;us-FL',
  doNotCall: false,
  attemptInstants: [],
  conversationInstants: [],
  lastRefusalAt: null,
  lastAbandonedAt: null,
  consent: null,
  ...change,
});
const reason = (change: Partial<GateFacts>, when = now, ...presetIds: string[]) => {
  const decision = decideGate(facts(change), rules(...presetIds), when);
  return decision.allowed ? 'allowed' : decision.reason;
};

test('an allowed call names its presets with their versions, and the zones it was judged in', () => {
  assert.deepEqual(decideGate(facts(), rules(), now), {
    allowed: true,
    presetIds: ['us-FL@1', 'us-federal@1'],
    zones: ['America/New_York'],
  });
});

test('do-not-call comes before everything, also under the demo preset, and no time lifts it', () => {
  for (const presets of [[], ['demo-open']]) {
    const decision = decideGate(facts({ doNotCall: true, zoneKey: unknownZoneKey }), rules(...presets), now);
    assert.deepEqual(decision, { allowed: false, reason: 'do_not_call', detail: {} });
  }
});

test('a place of which nothing is known is not called, nor a country without rules', () => {
  assert.equal(reason({ zoneKey: unknownZoneKey }), 'unknown_zone');
  assert.equal(reason({ zoneKey: ';us-unknown' }), 'unknown_zone');
  assert.equal(reason({ zoneKey: 'Asia/Tokyo;jp' }), 'no_preset');
  assert.equal(reason({ zoneKey: 'America/New_York;jp|us' }), 'no_preset');
});

test('a known zone in an unknown state is held to the strictest of the states', () => {
  const zoneKey = 'America/New_York;us-unknown';
  assert.equal(reason({ zoneKey }, at('2026-11-23T14:59:00Z')), 'outside_window');
  assert.equal(reason({ zoneKey }, at('2026-11-23T15:00:00Z')), 'allowed');
  assert.equal(reason({ zoneKey }, at('2026-11-22T15:00:00Z')), 'outside_window'); // Sunday
});

test('outside the window it says when the window opens', () => {
  const decision = decideGate(facts(), rules(), at('2026-11-23T12:00:00Z'));
  assert.equal(decision.allowed, false);
  assert.equal(!decision.allowed && decision.until, at('2026-11-23T13:00:00Z'));
});

test('a lead whose zones disagree is called only while it is daytime in both', () => {
  const zoneKey = 'America/Los_Angeles|America/New_York;us';
  assert.equal(reason({ zoneKey }), 'outside_window'); // 07:00 in Los Angeles
  assert.equal(reason({ zoneKey }, now + hour), 'allowed');
});

test('holidays are closed where the state says so: Thanksgiving in Pennsylvania, not in Florida', () => {
  const noon = at('2026-11-26T17:00:00Z');
  assert.equal(reason({ zoneKey: 'America/New_York;us-PA' }, noon), 'outside_window');
  assert.equal(reason({}, noon), 'allowed');
});

test('China: consent first, then lunch is left in peace', () => {
  const zoneKey = 'Asia/Shanghai;cn';
  const consent = { level: 'optIn', expiresAt: null } as const;
  assert.equal(reason({ zoneKey }, at('2026-11-23T02:00:00Z')), 'no_consent');
  assert.equal(reason({ zoneKey, consent }, at('2026-11-23T02:00:00Z')), 'allowed');
  assert.equal(reason({ zoneKey, consent }, at('2026-11-23T04:30:00Z')), 'outside_window');
  assert.equal(reason({ zoneKey, consent }, at('2026-10-05T02:00:00Z')), 'outside_window'); // National Day
});

test('consent that has run out counts for nothing, and a contract is enough in France but not in Germany', () => {
  const monday = at('2026-11-23T10:00:00Z');
  const contract = { level: 'contract', expiresAt: null } as const;
  assert.equal(reason({ zoneKey: 'Europe/Paris;fr', consent: contract }, monday), 'allowed');
  assert.equal(reason({ zoneKey: 'Europe/Berlin;de', consent: contract }, monday), 'no_consent');
  const expired = { level: 'optIn', expiresAt: monday } as const;
  assert.equal(reason({ zoneKey: 'Europe/Berlin;de', consent: expired }, monday), 'no_consent');
});

test('Arizona bars unsolicited calls to mobiles, and what may be a mobile counts as one', () => {
  const zoneKey = 'America/Phoenix;us-AZ';
  const later = now + 3 * hour;
  assert.equal(reason({ zoneKey, numberKind: 'unknown' }, later), 'no_consent');
  assert.equal(reason({ zoneKey, numberKind: 'fixed' }, later), 'allowed');
});

test('an abandoned Briton is left alone for 72 hours, unless an agent is held for the call', () => {
  const zoneKey = 'Europe/London;gb';
  const lastAbandonedAt = now - 71 * hour;
  const decision = decideGate(facts({ zoneKey, lastAbandonedAt }), rules(), now);
  assert.equal(!decision.allowed && decision.reason, 'relock_after_abandon');
  assert.equal(!decision.allowed && decision.until, now + hour);
  assert.equal(reason({ zoneKey, lastAbandonedAt, agentReserved: true }), 'allowed');
  assert.equal(reason({ zoneKey, lastMachineAt: now - hour }), 'relock_after_machine');
  const italy = { zoneKey: 'Europe/Rome;it', agentReserved: true };
  assert.equal(reason({ ...italy, lastAbandonedAt }), 'relock_after_abandon');
});

test('a refusal in France rests sixty whole days; in China for ever', () => {
  const fr = { zoneKey: 'Europe/Paris;fr', consent: { level: 'optIn', expiresAt: null } } as const;
  const decision = decideGate(facts({ ...fr, lastRefusalAt: at('2026-10-01T10:00:00Z') }), rules(), now);
  assert.equal(!decision.allowed && decision.until, at('2026-11-30T23:00:00Z')); // 1 December, 00:00 in Paris
  const cn = { zoneKey: 'Asia/Shanghai;cn', consent: fr.consent, lastRefusalAt: at('2016-10-01T10:00:00Z') };
  const never = decideGate(facts(cn), rules(), now);
  assert.equal(!never.allowed && never.reason, 'refusal_cool_down');
  assert.equal(!never.allowed && never.until, undefined);
});

test('several barriers at once: the first is named, and the wait is that of the longest', () => {
  const zoneKey = 'Europe/Rome;it';
  const calls = { zoneKey, lastAbandonedAt: now - hour, attemptInstants: [now - 1, now - 2, now - 3] };
  const decision = decideGate(facts(calls), rules('us-FL'), now);
  assert.equal(!decision.allowed && decision.reason, 'relock_after_abandon');
  assert.equal(!decision.allowed && decision.until, now + 119 * hour);
});

test('Florida: three calls in 24 hours, by its detail; Oregon spares proven relations', () => {
  const attemptInstants = [now - 3 * hour, now - 2 * hour, now - hour];
  const decision = decideGate(facts({ attemptInstants }), rules(), now);
  assert.equal(!decision.allowed && decision.until, now + 21 * hour);
  assert.deepEqual(!decision.allowed && decision.detail, {
    presetId: 'us-FL',
    max: 3,
    per: { hours: 24 },
    key: 'personSubject',
    counts: 'attempts',
    counted: 3,
  });
  const oregon = { zoneKey: 'America/Los_Angeles;us-OR', attemptInstants };
  assert.equal(reason(oregon, now + 3 * hour), 'frequency_cap');
  assert.equal(reason({ ...oregon, exemptions: ['b2b'] }, now + 3 * hour), 'allowed');
});

test('a line that does not reach Xinjiang refuses it, and only it', () => {
  const consent = { level: 'optIn', expiresAt: null } as const;
  const morning = at('2026-11-23T06:30:00Z');
  const xj = { zoneKey: 'Asia/Shanghai|Asia/Urumqi;cn|cn-XJ', consent };
  assert.equal(reason(xj, morning, 'cn-line-tencent'), 'blocked_region');
  assert.equal(reason({ zoneKey: 'Asia/Shanghai;cn', consent }, morning, 'cn-line-tencent'), 'allowed');
});

test('demo and replay are open at any hour, anywhere, without caps', () => {
  const attemptInstants = Array.from({ length: 60 }, (_, i) => now - i);
  for (const preset of ['demo-open', 'replay-open']) {
    for (let step = 0; step < 7 * 24; step += 5) {
      for (const zoneKey of [unknownZoneKey, 'Asia/Shanghai;cn', 'Europe/London;gb']) {
        assert.equal(reason({ zoneKey, attemptInstants }, now + step * hour, preset), 'allowed');
      }
    }
  }
});

test('of a preset’s cool-down and a disposition’s the longer holds', () => {
  const since = now - 10 * 24 * hour;
  const fr = { zoneKey: 'Europe/Paris;fr', consent: { level: 'optIn', expiresAt: null } } as const;
  const until = (days: number) => {
    const decision = decideGate(
      facts({ ...fr, lastRefusalAt: since, coolDowns: [{ since, days }] }),
      rules(),
      now,
    );
    return decision.allowed ? 0 : (decision.until ?? 0);
  };
  assert.equal(until(5), until(60));
  assert.ok(until(61) > until(60));
});
