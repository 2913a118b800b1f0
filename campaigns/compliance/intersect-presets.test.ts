import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isOpenEverywhere } from '../../dialer/core/calling-window.ts';
import { zoneKeyOf } from '../../dialer/core/zone-key.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import { decideGate, type GateFacts } from './gate-decision.ts';
import { builtInHolidays } from './holidays.ts';
import { intersectPresets } from './intersect-presets.ts';
import { builtInPresets, createPresetCatalogue } from './preset-catalogue.ts';
import { consentLevels } from './preset-schema.ts';
import { compileRuleset } from './ruleset.ts';

const catalogue = createPresetCatalogue(builtInPresets());
const real = catalogue.list().filter(({ use }) => use !== 'simulation');
const holidays = builtInHolidays();
const at = (text: string) => Date.parse(text);
const effective = (...ids: string[]) => intersectPresets(ids.flatMap((id) => catalogue.chain(id)));
const all = [0, 1, 2, 3, 4, 5, 6];

test('silence is no permission: presets without hours never open', () => {
  assert.deepEqual(effective('cn-line-volcengine').windows, []);
  assert.deepEqual(intersectPresets([]).windows, []);
});

test('life insurance in China keeps the general hours inside its own legal envelope', () => {
  assert.deepEqual(effective('cn-life-insurance').windows, [
    { days: all, from: 540, to: 720 },
    { days: all, from: 840, to: 1200 },
  ]);
  assert.equal(effective('cn-life-insurance').refusalCooldownDays, 'forever');
});

test('Florida together with Rhode Island is open when both are, with the caps of both', () => {
  const rules = effective('us-FL', 'us-RI');
  assert.deepEqual(rules.windows, [
    { days: [1, 2, 3, 4, 5], from: 540, to: 1080 },
    { days: [6], from: 600, to: 1020 },
  ]);
  assert.deepEqual(rules.calendars, ['us-RI']);
  assert.deepEqual(rules.presetIds, ['us-FL@1', 'us-RI@1', 'us-federal@1']);
});

test('what is known of no state is at least as strict as every state', () => {
  const strictest = effective('us-unknown').windows;
  for (const { id } of real.filter(({ jurisdiction }) => jurisdiction?.startsWith('us-') === true)) {
    const both = effective('us-unknown', id).windows;
    assert.deepEqual(both, strictest, id);
  }
});

const presetsArb = fc.subarray(real, { minLength: 1, maxLength: 4 });

test('adding a preset only tightens, in any order', () => {
  const rank = (days: number | 'forever') => (days === 'forever' ? Number.POSITIVE_INFINITY : days);
  fc.assert(
    fc.property(presetsArb, fc.constantFrom(...real), (presets, extra) => {
      const before = intersectPresets(presets);
      const after = intersectPresets([...presets, extra]);
      assert.ok(after.minRing.seconds >= before.minRing.seconds);
      assert.ok(rank(after.refusalCooldownDays) >= rank(before.refusalCooldownDays));
      assert.ok(consentLevels.indexOf(after.consent) >= consentLevels.indexOf(before.consent));
      assert.ok(consentLevels.indexOf(after.mobileConsent) >= consentLevels.indexOf(after.consent));
      assert.ok(after.frequency.length >= before.frequency.length);
      assert.ok(after.abandon.length >= before.abandon.length);
      assert.ok(before.blockedRegions.every((region) => after.blockedRegions.includes(region)));
      assert.ok(
        before.dncLists.every(({ id, maxAgeDays }) =>
          after.dncLists.some((list) => list.id === id && list.maxAgeDays <= maxAgeDays),
        ),
      );
      const { frequency, abandon, relock, ...rest } = intersectPresets([extra, ...presets.toReversed()]);
      const { frequency: f, abandon: a, relock: r, ...straight } = after;
      assert.deepEqual(rest, straight);
      assert.deepEqual([frequency.length, abandon.length, relock.length], [f.length, a.length, r.length]);
    }),
    { numRuns: 200 },
  );
});

const jurisdictions = real.map(({ jurisdiction }) => jurisdiction).filter((one) => one !== undefined);
const zonesArb = fc.subarray(
  [
    'America/New_York',
    'America/Chicago',
    'Asia/Shanghai',
    'Europe/Paris',
    'Australia/Sydney',
    'Pacific/Honolulu',
  ],
  { minLength: 1, maxLength: 3 },
);
const historyArb = (now: number) =>
  fc.array(
    fc.integer({ min: 0, max: 40 * 86_400_000 }).map((ago) => now - ago),
    { maxLength: 12 },
  );
const caseArb = fc
  .record({
    zones: zonesArb,
    places: fc.subarray(jurisdictions, { minLength: 1, maxLength: 3 }),
    chosen: fc.subarray(['us-debt-regF', 'cn-line-tencent', 'cn-line-aliyun', 'cn-collection'], {
      maxLength: 2,
    }),
    now: fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
  })
  .chain((found) =>
    fc.record({
      found: fc.constant(found),
      attempts: historyArb(found.now),
      conversations: historyArb(found.now),
      refused: fc.option(fc.integer({ min: 0, max: 300 * 86_400_000 })),
      consent: fc.constantFrom(null, 'contract', 'optIn', 'optInWritten'),
    }),
  );

test('what all presets together allow, each of them allows alone, in each zone alone', () => {
  let allowed = 0;
  fc.assert(
    fc.property(caseArb, ({ found, attempts, conversations, refused, consent }) => {
      const facts = (zones: string[], places: string[]): GateFacts => ({
        zoneKey: zoneKeyOf({ zones, jurisdictions: places }),
        doNotCall: false,
        attemptInstants: attempts,
        conversationInstants: conversations,
        lastRefusalAt: refused === null ? null : found.now - refused,
        lastAbandonedAt: null,
        consent: consent === null ? null : { level: consent, expiresAt: null },
      });
      const decide = (presetIds: string[], zones: string[], places: string[]) =>
        decideGate(facts(zones, places), compileRuleset({ catalogue, presetIds, holidays }), found.now);
      const together = decide(found.chosen, found.zones, found.places);
      const parts = found.zones.flatMap((zone) =>
        found.places.map((place) => decide([], [zone], [place]).allowed),
      );
      if (together.allowed) {
        allowed++;
        assert.ok(parts.every(Boolean));
      } else if (found.chosen.length === 0) {
        assert.ok(parts.includes(false));
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(allowed > 0, 'the property is not empty');
});

test('a demo preset never stands beside real ones', () => {
  assert.throws(
    () => compileRuleset({ catalogue, presetIds: ['demo-open', 'gb'], holidays }),
    (error) => isDomainError(error, 'preset_simulation_mixed'),
  );
});

test('the campaign’s own hours narrow and cannot widen', () => {
  const key = 'America/New_York;us-FL';
  const hours = (from: number, to: number) =>
    compileRuleset({
      catalogue,
      presetIds: [],
      campaignWindows: [{ days: all, from, to }],
      holidays,
    }).hoursFor(key) ?? [];
  assert.equal(isOpenEverywhere(hours(0, 1440), at('2026-11-23T12:30:00Z')), false); // 07:30
  assert.equal(isOpenEverywhere(hours(0, 1440), at('2026-11-23T13:30:00Z')), true); // 08:30
  assert.equal(isOpenEverywhere(hours(600, 1440), at('2026-11-23T13:30:00Z')), false);
});
