import assert from 'node:assert/strict';
import test from 'node:test';
import { unknownZoneKey, zoneKeyOf } from '../../dialer/core/zone-key.ts';
import { isKnownZone } from '../../dialer/core/zone-time.ts';
import nanp from './data/nanp-area-codes.json' with { type: 'json' };
import zones from './data/number-zones.json' with { type: 'json' };
import regions from './data/regions.json' with { type: 'json' };
import { placeOfNumber, zonesOfCountry } from './number-place.ts';

const key = (e164: string) => zoneKeyOf(placeOfNumber(e164));

test('what is no number is nowhere', () => {
  for (const text of [
    '',
    '13055550123',
    '+',
    '+0123456',
    '+1305',
    '+1305555012345678',
    '+86 138',
    '+210123456',
  ]) {
    const { zones: found, jurisdictions } = placeOfNumber(text);
    assert.deepEqual({ found, jurisdictions }, { found: [], jurisdictions: [] }, text);
  }
});

test('toll-free, premium and unassigned area codes of +1 are an unknown place', () => {
  for (const code of ['800', '888', '900', '500', '387', '999', '211']) {
    assert.deepEqual(placeOfNumber(`+1${code}5550123`), { zones: [], jurisdictions: ['us-unknown'] }, code);
  }
});

test('every area code that spans zones has them all, and so have its overlays', () => {
  assert.equal(key('+18505550123'), 'America/Chicago|America/New_York;us-FL');
  const twins = {
    850: [448],
    270: [364],
    812: [930],
    541: [458],
    250: [236, 257, 672, 778],
    418: [367, 581],
    709: [879],
    423: [729],
    208: [986],
  };
  for (const [code, overlays] of Object.entries(twins)) {
    assert.ok(placeOfNumber(`+1${code}5550123`).zones.length > 1, code);
    for (const overlay of overlays) assert.equal(key(`+1${overlay}5550123`), key(`+1${code}5550123`));
  }
  const split = [
    208, 219, 250, 270, 308, 418, 423, 541, 574, 605, 606, 620, 701, 709, 775, 785, 807, 812, 850, 867, 879,
    906, 907, 928, 986,
  ];
  for (const code of split) assert.ok(placeOfNumber(`+1${code}5550123`).zones.length > 1, `${code}`);
});

test('Newfoundland and Labrador are not in Puerto Rico', () => {
  assert.equal(key('+17095550123'), 'America/Halifax|America/St_Johns;ca-NL');
});

test('codes younger than the library’s table have a place', () => {
  assert.equal(key('+14715550123'), 'America/Chicago;us-MS');
  assert.equal(key('+14835550123'), 'America/Chicago;us-AL');
  assert.equal(key('+14365550123'), 'America/New_York;us-OH');
  assert.equal(key('+18615550123'), 'America/Chicago;us-IL');
});

test('a code shared by provinces or islands has all of them', () => {
  assert.deepEqual(placeOfNumber('+19025550123').jurisdictions, ['ca-NS', 'ca-PE']);
  assert.equal(key('+18765550123'), 'America/Jamaica;jm');
  assert.equal(key('+17875550123'), 'America/Puerto_Rico;us-PR');
});

test('other countries by their calling code', () => {
  const expected = {
    '+8613800138000': 'Asia/Shanghai;cn',
    '+447911123456': 'Europe/London;gb',
    '+4930123456': 'Europe/Berlin;de',
    '+33612345678': 'Europe/Paris;fr',
    '+390612345678': 'Europe/Rome;it',
    '+34612345678': 'Atlantic/Canary|Europe/Madrid;es',
    '+34912345678': 'Europe/Madrid;es',
    '+919812345678': 'Asia/Kolkata;in',
    '+77011234567': 'Asia/Almaty|Asia/Aqtobe;kz',
    '+85291234567': 'Asia/Hong_Kong;hk',
  };
  for (const [number, place] of Object.entries(expected)) assert.equal(key(number), place);
});

test('an Australian mobile may be in Perth, a Russian one in Kamchatka', () => {
  assert.ok(placeOfNumber('+61412345678').zones.includes('Australia/Perth'));
  assert.ok(placeOfNumber('+79161234567').zones.includes('Asia/Kamchatka'));
  assert.notEqual(key('+79161234567'), unknownZoneKey);
});

test('a landline in Xinjiang or Tibet says so', () => {
  assert.equal(key('+869912345678'), 'Asia/Shanghai|Asia/Urumqi;cn|cn-XJ');
  assert.equal(key('+868916123456'), 'Asia/Shanghai;cn|cn-XZ');
  assert.equal(key('+861012345678'), 'Asia/Shanghai;cn');
});

test('every zone of the tables is known to the runtime, and every place has a key of its own', () => {
  const places = [
    ...Object.values(nanp.areaCodes),
    ...Object.values(zones.prefixes).map((text) => `${text};us`),
  ];
  for (const text of places) {
    const [names = '', jurisdictions = ''] = text.split(';');
    const place = { zones: names.split('|'), jurisdictions: jurisdictions.split('|') };
    for (const zone of place.zones) assert.ok(isKnownZone(zone), zone);
    if (text.length < 200) assert.notEqual(zoneKeyOf(place), unknownZoneKey);
  }
  for (const { zones: names } of Object.values(regions.regions)) assert.ok(names.every(isKnownZone));
});

test('a country has the zones of all its numbers', () => {
  assert.deepEqual(zonesOfCountry('de'), ['Europe/Berlin']);
  assert.ok(zonesOfCountry('us').includes('Pacific/Honolulu'));
  assert.deepEqual(zonesOfCountry('zz'), []);
});

test('no prefix of the tables is longer than the search for it', () => {
  assert.ok(Object.keys(zones.prefixes).every((prefix) => prefix.length <= 8));
});
