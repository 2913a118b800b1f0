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
const chineseRegions: readonly [RegExp, Place][] = [
  [/^86(?:90[1-36-9]|99\d)/, { zones: ['Asia/Shanghai', 'Asia/Urumqi'], jurisdictions: ['cn', 'cn-XJ'] }],
  [/^8689[1-7]/, { zones: ['Asia/Shanghai'], jurisdictions: ['cn', 'cn-XZ'] }],
];

const nanpPlaces: ReadonlyMap<string, Place> = new Map(
  Object.entries(nanp.areaCodes).map(([code, text]) => [code, placeOf(text)]),
);
const prefixZones: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(zones.prefixes).map(([prefix, text]) => [prefix, text.split('|')]),
);
const longestPrefix = Math.max(...[...prefixZones.keys()].map((prefix) => prefix.length));
const countries: ReadonlyMap<string, string> = countriesByCallingCode();

/**
 * Candidate zones and jurisdictions of an E.164 number (`+13055550123`). An unknown area code of +1 is
 * `us-unknown` without zones; what is no number of any country has neither. Never throws.
 */
export function placeOfNumber(e164: string): Place {
  if (!/^\+[1-9]\d{4,14}$/.test(e164)) return nowhere;
  const digits = e164.slice(1);
  if (digits.startsWith('1')) {
    return nanpPlaces.get(digits.slice(1, 4)) ?? { zones: [], jurisdictions: ['us-unknown'] };
  }
  const region = digits.startsWith('86')
    ? chineseRegions.find(([pattern]) => pattern.test(digits))
    : undefined;
  if (region !== undefined) return region[1];
  const country = countryOfDigits(digits);
  const found = zonesOfDigits(digits);
  return { zones: found, jurisdictions: country === undefined ? [] : [country] };
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

function zonesOfDigits(digits: string): readonly string[] {
  for (let length = Math.min(longestPrefix, digits.length); length > 0; length--) {
    const found = prefixZones.get(digits.slice(0, length));
    if (found !== undefined) return found;
  }
  return [];
}

function countryOfDigits(digits: string): string | undefined {
  const exception = exceptions[digits.slice(0, 2)];
  if (exception !== undefined) return exception;
  for (let length = 3; length > 0; length--) {
    const found = countries.get(digits.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

function countriesByCallingCode(): Map<string, string> {
  const found = new Map<string, string>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    if (code === '1') continue;
    found.set(code, (mainCountry[code] ?? country).toLowerCase());
  }
  return found;
}
