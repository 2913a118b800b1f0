import assert from 'node:assert/strict';
import test from 'node:test';
import { isDomainError } from '../../platform/errors/index.ts';
import { builtInHolidays, calendarGaps, closedDaysOf } from './holidays.ts';
import { builtInPresets, createPresetCatalogue, parsePreset } from './preset-catalogue.ts';
import type { PresetInput } from './preset-schema.ts';

const cite = { source: 'Test', asOf: '2026-11-22', certainty: 'M' } as const;
const minimal = (change: Partial<PresetInput> = {}): PresetInput => ({
  id: 'test',
  name: { en: 'Test', 'zh-CN': '测试' },
  asOf: '2026-11-22',
  use: 'policy',
  ...change,
});
const code = (expected: string) => (error: unknown) => isDomainError(error, expected);

test('a preset that breaks the schema is refused with every mistake named', () => {
  const broken = {
    ...minimal(),
    surprise: true,
    hours: [{ ...cite, tz: { fixed: 'Mars/Olympus' }, windows: [{ days: [7], from: '09:00', to: '25:00' }] }],
    frequency: [{ max: 3, per: { hours: 1, minutes: 1 }, key: 'number', counts: 'attempts' }],
  };
  assert.throws(
    () => parsePreset(broken),
    (error) => {
      assert.ok(isDomainError(error, 'preset_invalid'));
      const paths = error.issues.map(({ path }) => path);
      for (const path of [
        '/',
        '/hours/0/tz/fixed',
        '/hours/0/windows/0/days/0',
        '/frequency/0/per',
        '/frequency/0/source',
      ]) {
        assert.ok(paths.includes(path), `${path} among ${paths.join(' ')}`);
      }
      return true;
    },
  );
});

test('a window that passes midnight is refused', () => {
  const hours = [
    { ...cite, tz: 'calledParty' as const, windows: [{ days: [1], from: '20:00', to: '02:00' }] },
  ];
  assert.throws(() => parsePreset(minimal({ hours })), code('preset_invalid'));
});

test('a misspelt key inside a rule is refused, not dropped: dropping it would loosen the rule', () => {
  const frequency = [
    { ...cite, max: 3, per: { hours: 24 }, key: 'number', counts: 'attempts', windowkind: 'fixedFromFirst' },
  ];
  assert.throws(() => parsePreset({ ...minimal(), frequency }), code('preset_invalid'));
});

test('clock times are read as minutes, the end of a day among them', () => {
  const hours = [
    { ...cite, tz: 'calledParty' as const, windows: [{ days: [1], from: '09:30', to: '24:00' }] },
  ];
  assert.deepEqual(parsePreset(minimal({ hours })).hours[0]?.windows, [{ days: [1], from: 570, to: 1440 }]);
});

test('presets that share an id, extend nothing known, or extend themselves are refused', () => {
  const preset = parsePreset(minimal());
  assert.throws(() => createPresetCatalogue([preset, preset]), code('preset_duplicate'));
  assert.throws(
    () => createPresetCatalogue([parsePreset(minimal({ extends: 'nowhere' }))]),
    code('preset_unknown'),
  );
  const ring = ['a', 'b'].map((id) => parsePreset(minimal({ id, extends: id === 'a' ? 'b' : 'a' })));
  assert.throws(() => createPresetCatalogue(ring), code('preset_cycle'));
});

test('every preset that comes with the system fits the schema, and every rule in it says where it is from', () => {
  const presets = builtInPresets();
  const catalogue = createPresetCatalogue(presets);
  for (const id of ['us-federal', 'us-unknown', 'gb', 'cn', 'ca', 'de', 'fr', 'it', 'es', 'in', 'au']) {
    assert.equal(catalogue.get(id).id, id);
  }
  for (const { hours, frequency, abandon } of presets) {
    for (const rule of [...hours, ...frequency, ...abandon]) {
      assert.match(rule.certainty, /^[ABCM]$/);
      assert.ok(rule.source.length > 2);
    }
  }
});

test('every state with rules of its own stands on the federal ones; the others have those alone', () => {
  const catalogue = createPresetCatalogue(builtInPresets());
  const states = catalogue.list().filter(({ jurisdiction }) => jurisdiction?.startsWith('us-') === true);
  assert.equal(states.length, 28);
  for (const { id } of states) assert.equal(catalogue.chain(id)[0]?.id, 'us-federal');
  assert.deepEqual(
    catalogue.forJurisdiction('us-CA').map(({ id }) => id),
    ['us-federal'],
  );
  assert.deepEqual(catalogue.forJurisdiction('jp'), []);
});

test('every calendar a preset names exists and speaks at least for this year', () => {
  const ids = builtInPresets().flatMap(({ holidays }) => holidays.map(({ calendar }) => calendar));
  assert.deepEqual(calendarGaps(ids, builtInHolidays(), '2026-11-22'), []);
  assert.deepEqual(calendarGaps(['cn', 'jp'], builtInHolidays(), '2027-01-01'), ['cn', 'jp']);
});

test('a state is closed on the holidays of its nation too; a date that is none is refused', () => {
  const calendars = {
    us: { through: '2026-12-31', dates: ['2026-12-25'] },
    'us-UT': { through: '2026-12-31', dates: ['2026-07-24'] },
  };
  assert.equal(closedDaysOf(['us-UT'], calendars).size, 2);
  assert.throws(
    () => closedDaysOf(['us'], { us: { through: '2026-12-31', dates: ['2026-13-01'] } }),
    code('holiday_invalid'),
  );
});
