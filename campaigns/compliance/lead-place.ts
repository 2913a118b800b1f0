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
  /** The list's own columns, as they came: an IANA zone; a state by code or name; a country by ISO code. */
  zone?: string | null;
  state?: string | null;
  country?: string | null;
}

export interface LeadPlace extends Place {
  zoneKey: string;
  /** Columns that were given and not understood: the importer tells, and the number alone decides. */
  ignored: readonly ('confirmedZone' | 'zone' | 'state' | 'country')[];
}

const maxRemembered = 50_000;

/** Zones are compared over these two years (2026 and 2027, UTC). */
const compared = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2028, 0, 1) };

const regions: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(regionData.regions).map(([id, { zones }]) => [id, zones]),
);
const regionNames: ReadonlyMap<string, string> = namesOfRegions();

/** Never throws: what is not understood is named in `ignored`. */
export function placeOfLead(input: LeadPlaceInput): LeadPlace {
  const number = placeOfNumber(input.e164);
  const numberCountry = number.jurisdictions[0]?.split('-')[0];
  const country = countryOf(input.country);
  const region = regionOf(input.state, country ?? numberCountry);
  const own = known(input.zone);
  const confirmed = known(input.confirmedZone);
  const address = own === null ? (region === null ? null : (regions.get(region) ?? null)) : [own];
  const place = {
    zones: confirmed === null ? candidateZones(address, number.zones, country) : [confirmed],
    jurisdictions: jurisdictionsOf({ number, region, country }),
  };
  return { ...place, zoneKey: keyOf(place), ignored: ignoredOf(input, { confirmed, own, region, country }) };
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

function candidateZones(
  address: readonly string[] | null,
  number: readonly string[],
  country: string | null,
): readonly string[] {
  if (address === null) return number.length > 0 || country === null ? number : zonesOfCountry(country);
  if (number.length === 0) return address;
  // They agree on the zones both name; when they name none in common, both hold.
  const agreed = address.filter((zone) => number.some((other) => sameClock(zone, other, compared)));
  return agreed.length > 0 ? agreed : [...address, ...number];
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

function ignoredOf(
  input: LeadPlaceInput,
  found: { confirmed: string | null; own: string | null; region: string | null; country: string | null },
): LeadPlace['ignored'] {
  const given = (text: string | null | undefined) => (text?.trim() ?? '') !== '';
  const ignored: LeadPlace['ignored'][number][] = [];
  if (given(input.confirmedZone) && found.confirmed === null) ignored.push('confirmedZone');
  if (given(input.zone) && found.own === null) ignored.push('zone');
  if (given(input.state) && found.region === null) ignored.push('state');
  if (given(input.country) && found.country === null) ignored.push('country');
  return ignored;
}

function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
    .replace(/(?:维吾尔)?自治区$/u, '');
}

function namesOfRegions(): Map<string, string> {
  return new Map(Object.entries(regionData.regions).map(([id, { name }]) => [nameKey(name), id]));
}
