/**
 * Where a number may be: candidate zones and jurisdictions from its digits alone. Mobile numbers travel and
 * tables err, so a place is wide rather than precise; what the lead itself says is brought in by
 * `lead-place.ts`.
 */
import type { CountryCode } from 'libphonenumber-js';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import type { Place } from '../../dialer/core/zone-key.ts';
import nanp from './data/nanp-area-codes.json' with { type: 'json' };
import zones from './data/number-zones.json' with { type: 'json' };

const nowhere: Place = { zones: [], jurisdictions: [] };

/** Calling codes that several countries share: the one whose rules hold for the whole code. */
const mainCountry: Readonly<Record<string, CountryCode>> = {
  '7': 'RU',
  '39': 'IT',
  '44': 'GB',
  '47': 'NO',
  '61': 'AU',
  '212': 'MA',
  '262': 'RE',
  '290': 'SH',
  '358': 'FI',
  '590': 'GP',
  '599': 'CW',
};

/** Numbers within a code that are another country's, by the digits that follow +. */
const exceptions: Readonly<Record<string, string>> = { '76': 'kz', '77': 'kz' };

/** Area codes of landlines in Xinjiang and Tibet (MIIT numbering plan): some lines may not call there. */
const chineseRegions: readonly { codes: readonly string[]; place: Place }[] = [
  {
    codes: [
      '901',
      '902',
      '903',
      '906',
      '908',
      '909',
      '990',
      '991',
      '992',
      '993',
      '994',
      '995',
      '996',
      '997',
      '998',
      '999',
    ],
    place: { zones: ['Asia/Shanghai', 'Asia/Urumqi'], jurisdictions: ['cn', 'cn-XJ'] },
  },
  {
    codes: ['891', '892', '893', '894', '895', '896', '897'],
    place: { zones: ['Asia/Shanghai'], jurisdictions: ['cn', 'cn-XZ'] },
  },
];

/** Digits of the longest prefix in the tables. */
const maxPrefix = 8;

const nanpPlaces: ReadonlyMap<string, Place> = new Map(
  Object.entries(nanp.areaCodes).map(([code, text]) => [code, placeOf(text)]),
);
const unknownAreaCode: Place = { zones: [], jurisdictions: ['us-unknown'] };
const prefixZones: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(zones.prefixes).map(([prefix, text]) => [prefix, text.split('|')]),
);
const countries: ReadonlyMap<string, string> = countriesByCallingCode();
const prefixPlaces: ReadonlyMap<string, Place> = placesByPrefix();

/**
 * Candidate zones and jurisdictions of an E.164 number (`+13055550123`). An unknown area code of +1 is
 * `us-unknown` without zones; what is no number of any country has neither. Never throws. Numbers of one
 * prefix share one object.
 */
export function placeOfNumber(e164: string): Place {
  if (!/^\+[1-9]\d{4,14}$/.test(e164)) return nowhere;
  if (e164.startsWith('+1')) return nanpPlaces.get(e164.slice(2, 5)) ?? unknownAreaCode;
  return longestMatch(prefixPlaces, e164.slice(1)) ?? nowhere;
}

/** All zones of a country by its ISO code (`de`): for a lead of which only the country is known. */
export function zonesOfCountry(country: string): readonly string[] {
  const iso = getCountries().find((code) => code.toLowerCase() === country);
  if (iso === undefined) return [];
  const callingCode = getCountryCallingCode(iso);
  if (callingCode !== '1')
    return countries.get(callingCode) === country ? (prefixZones.get(callingCode) ?? []) : [];
  const places = [...nanpPlaces.values()].filter(({ jurisdictions }) =>
    jurisdictions.some((one) => one.split('-')[0] === country),
  );
  return [...new Set(places.flatMap((place) => place.zones))].sort();
}

function placeOf(text: string): Place {
  const [names = '', jurisdictions = ''] = text.split(';');
  return { zones: names.split('|'), jurisdictions: jurisdictions.split('|') };
}

function longestMatch<T>(table: ReadonlyMap<string, T>, digits: string): T | undefined {
  for (let length = Math.min(maxPrefix, digits.length); length > 0; length--) {
    const found = table.get(digits.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every prefix of the table and every calling code, so that the longest match has zones and country. */
function placesByPrefix(): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const prefix of [...prefixZones.keys(), ...countries.keys()]) {
    const country = longestMatch(countries, prefix);
    if (country === undefined) continue;
    const names = longestMatch(prefixZones, prefix) ?? [];
    found.set(prefix, { zones: names, jurisdictions: [country] });
  }
  for (const { codes, place } of chineseRegions) for (const code of codes) found.set(`86${code}`, place);
  return found;
}

function countriesByCallingCode(): Map<string, string> {
  const found = new Map<string, string>(Object.entries(exceptions));
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    if (code !== '1') found.set(code, (mainCountry[code] ?? country).toLowerCase());
  }
  return found;
}
