/**
 * Where a lead may be, from everything known of it, in this order: a zone the person confirmed; the zone and
 * state of its list; its number; its country. Where the list and the number disagree, both hold: mobiles move
 * with their owners, and several states presume a resident by the area code.
 */

import { type Place, unknownZoneKey, zoneKeyOf } from '../../dialer/core/zone-key.ts';
import { sameClock, zoneName } from '../../dialer/core/zone-time.ts';
import regionData from './data/regions.json' with { type: 'json' };
import { placeOfNumber, zonesOfCountry } from './number-place.ts';

export interface LeadPlaceInput {
  e164: string;
  /** Confirmed by the person: stands above what list and number say of the zone. */
  confirmedZone?: string | null;
  /**
   * The lead's own columns, as they came: an IANA zone; a state by code or name; a country by ISO code. Not
   * the list's default country, which only says how its numbers are written.
   */
  zone?: string | null;
  state?: string | null;
  country?: string | null;
}

export interface LeadPlace extends Place {
  zoneKey: string;
  /** Columns that were given and not understood: the importer tells, and the number alone decides. */
  ignored: readonly ('confirmedZone' | 'zone' | 'state' | 'country')[];
}

/** Countries whose states differ in zone or in rules, all of them in `regions.json`. */
const statesMatter: ReadonlySet<string> = new Set(['us', 'ca', 'au']);

const maxRemembered = 50_000;

/** Zones are compared over these two years (2026 and 2027, UTC). */
const compared = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2028, 0, 1) };

/** Other names of regions, by letters alone. */
const otherNames: Readonly<Record<string, string>> = {
  districtofcolumbia: 'washingtondc',
  washingtonstate: 'washington',
};

const regions: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(regionData.regions).map(([id, { zones }]) => [id, zones]),
);
const regionNames: ReadonlyMap<string, string> = namesOfRegions();

/** Never throws: what is not understood is named in `ignored`. */
export function placeOfLead(input: LeadPlaceInput): LeadPlace {
  const number = placeOfNumber(input.e164);
  const numberCountry = number.jurisdictions[0]?.split('-')[0];
  const country = countryOf(input.country);
  const where = country ?? numberCountry;
  const region = regionOf(input.state, where);
  const own = known(input.zone);
  const confirmed = known(input.confirmedZone);
  const stated = [own === null ? [] : [own], region === null ? [] : (regions.get(region) ?? [])];
  const silent = own === null && region === null;
  const fromCountry = silent && country !== null ? zonesOfCountry(country) : [];
  const place = {
    zones: confirmed === null ? combine([...stated, fromCountry, number.zones]) : [confirmed],
    jurisdictions: jurisdictionsOf({ number, region, country }),
  };
  const stateMatters = where === undefined || statesMatter.has(where);
  const understood = { confirmed, own, region, country, stateMatters };
  return { ...place, zoneKey: keyOf(place), ignored: ignoredOf(input, understood) };
}

/**
 * {@link placeOfLead} with a memory, for an import: leads of one prefix and the same columns share a place.
 * Holds at most 50,000 places.
 */
export function createLeadPlacer(): (input: LeadPlaceInput) => LeadPlace {
  const known = new Map<Place, Map<string, LeadPlace>>();
  let size = 0;
  return (input) => {
    const number = placeOfNumber(input.e164);
    const columns = `${input.confirmedZone ?? ''}\n${input.zone ?? ''}\n${input.state ?? ''}\n${input.country ?? ''}`;
    const found = known.get(number)?.get(columns);
    if (found !== undefined) return found;
    if (++size > maxRemembered) {
      known.clear();
      size = 1;
    }
    const made = placeOfLead(input);
    const siblings = known.get(number) ?? new Map<string, LeadPlace>();
    known.set(number, siblings.set(columns, made));
    return made;
  };
}

/** A state, province or territory by its code (`TX`, `us-TX`) or name; null when there is none such. */
export function regionOf(state: string | null | undefined, country: string | undefined): string | null {
  const text = state?.trim() ?? '';
  if (text === '') return null;
  const exact = text.slice(0, 2).toLowerCase() + text.slice(2).toUpperCase();
  if (regions.has(exact)) return exact;
  const id = `${country}-${text.toUpperCase()}`;
  if (regions.has(id)) return id;
  const named = regionNames.get(nameKey(text));
  return named !== undefined && (country === undefined || named.startsWith(`${country}-`)) ? named : null;
}

/** What all of them name; when they name none in common, all of them hold. An empty one says nothing. */
function combine(sets: readonly (readonly string[])[]): readonly string[] {
  const speaking = sets.filter((set) => set.length > 0);
  const [first = [], ...others] = speaking;
  const agreed = first.filter((zone) =>
    others.every((set) => set.some((other) => sameClock(zone, other, compared))),
  );
  return agreed.length > 0 ? agreed : [...new Set(speaking.flat())].sort();
}

function jurisdictionsOf(from: { number: Place; region: string | null; country: string | null }): string[] {
  const { number, region, country } = from;
  const found = new Set(number.jurisdictions);
  if (region !== null) {
    // A lead that names its state answers what an unknown area code left open.
    found.delete('us-unknown');
    found.add(region);
  }
  if (country !== null && ![...found].some((one) => one.split('-')[0] === country)) found.add(country);
  return [...found].sort();
}

function keyOf(place: Place): string {
  return place.zones.length === 0 && place.jurisdictions.length === 0 ? unknownZoneKey : zoneKeyOf(place);
}

function known(zone: string | null | undefined): string | null {
  const text = zone?.trim() ?? '';
  // Offsets such as +08:00 are no place: they know nothing of daylight saving.
  return text === '' || text.length > 40 || !/^[A-Za-z]/.test(text) ? null : zoneName(text);
}

function countryOf(country: string | null | undefined): string | null {
  const text = country?.trim().toLowerCase() ?? '';
  return /^[a-z]{2}$/.test(text) ? text : null;
}

interface Understood {
  confirmed: string | null;
  own: string | null;
  region: string | null;
  country: string | null;
  /** Whether a state would change zone or rules there: elsewhere nothing is lost by not knowing it. */
  stateMatters: boolean;
}

function ignoredOf(input: LeadPlaceInput, found: Understood): LeadPlace['ignored'] {
  const given = (text: string | null | undefined) => (text?.trim() ?? '') !== '';
  const ignored: LeadPlace['ignored'][number][] = [];
  if (given(input.confirmedZone) && found.confirmed === null) ignored.push('confirmedZone');
  if (given(input.zone) && found.own === null) ignored.push('zone');
  if (given(input.state) && found.region === null && found.stateMatters) ignored.push('state');
  if (given(input.country) && found.country === null) ignored.push('country');
  return ignored;
}

function nameKey(name: string): string {
  const letters = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
  return otherNames[letters] ?? letters.replace(/(?:维吾尔)?自治区$/u, '');
}

function namesOfRegions(): Map<string, string> {
  return new Map(Object.entries(regionData.regions).map(([id, { name }]) => [nameKey(name), id]));
}
