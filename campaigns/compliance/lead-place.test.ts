import assert from 'node:assert/strict';
import test from 'node:test';
import { createLeadPlacer, placeOfLead, regionOf } from './lead-place.ts';

const e164 = '+13055550123'; // Miami

test('a list and a number that disagree hold both, in zones and in states', () => {
  const lead = placeOfLead({ e164, state: 'CA', zone: 'America/Los_Angeles' });
  assert.equal(lead.zoneKey, 'America/Los_Angeles|America/New_York;us-CA|us-FL');
});

test('a list that agrees with the number makes it more precise', () => {
  assert.equal(
    placeOfLead({ e164: '+18505550123', zone: 'America/Chicago' }).zoneKey,
    'America/Chicago;us-FL',
  );
  assert.equal(placeOfLead({ e164, state: 'Florida' }).zoneKey, 'America/New_York;us-FL');
  const legacy = placeOfLead({ e164, zone: 'America/Detroit' });
  assert.deepEqual(legacy.zones, ['America/Detroit']);
});

test('a zone the person confirmed settles the zone, but not whose law may apply', () => {
  const lead = placeOfLead({ e164, confirmedZone: 'America/Denver', state: 'CO' });
  assert.equal(lead.zoneKey, 'America/Denver;us-CO|us-FL');
});

test('columns that mean nothing are named, and the number alone decides', () => {
  const lead = placeOfLead({
    e164,
    zone: '+08:00',
    state: 'Atlantis',
    country: 'Florida',
    confirmedZone: 'x',
  });
  assert.deepEqual(lead.ignored, ['confirmedZone', 'zone', 'state', 'country']);
  assert.equal(lead.zoneKey, 'America/New_York;us-FL');
});

test('an unknown area code is callable only with a zone, and by the strictest state unless the list names one', () => {
  const tollFree = '+18005550123';
  assert.equal(placeOfLead({ e164: tollFree }).zoneKey, ';us-unknown');
  assert.equal(placeOfLead({ e164: tollFree, zone: 'America/Denver' }).zoneKey, 'America/Denver;us-unknown');
  assert.equal(placeOfLead({ e164: tollFree, state: 'UT' }).zoneKey, 'America/Denver;us-UT');
});

test('a number of one country on a list of another is held to both', () => {
  assert.equal(placeOfLead({ e164, country: 'GB' }).zoneKey, 'America/New_York|Europe/London;gb|us-FL');
  assert.equal(placeOfLead({ e164, country: 'US' }).zoneKey, 'America/New_York;us-FL');
});

test('a zone and a state of one list that disagree hold both', () => {
  const lead = placeOfLead({ e164, zone: 'America/Chicago', state: 'NY' });
  assert.deepEqual([...lead.zones].sort(), ['America/Chicago', 'America/New_York']);
});

test('a province that changes nothing is no mistake of the list', () => {
  assert.deepEqual(placeOfLead({ e164: '+8613800138000', state: '广东省' }).ignored, []);
});

test('regions are found by code and by name, in their own country', () => {
  assert.equal(regionOf('tx', 'us'), 'us-TX');
  assert.equal(regionOf('US-TX', undefined), 'us-TX');
  assert.equal(regionOf('new south wales', 'au'), 'au-NSW');
  assert.equal(regionOf('新疆维吾尔自治区', 'cn'), 'cn-XJ');
  assert.equal(regionOf('WA', 'au'), 'au-WA');
  assert.equal(regionOf('Québec', 'ca'), 'ca-QC');
  assert.equal(regionOf('District of Columbia', 'us'), 'us-DC');
  assert.equal(regionOf('Texas', 'cn'), null);
});

test('the placer with a memory says the same as without, prefix by prefix and column by column', () => {
  const place = createLeadPlacer();
  const columns = [
    {},
    { state: 'CA' },
    { zone: 'America/Chicago' },
    { country: 'gb' },
    { confirmedZone: 'Asia/Shanghai' },
  ];
  const numbers = ['+18505550123', '+18505550199', '+8613800138000', '+869912345678', '+61412345678', 'none'];
  for (let round = 0; round < 2; round++) {
    for (const number of numbers) {
      for (const one of columns) {
        assert.deepEqual(place({ e164: number, ...one }), placeOfLead({ e164: number, ...one }));
      }
    }
  }
});
