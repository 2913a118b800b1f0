/** What a column of a list can be for. Everything else becomes a variable of the call script. */
export const FIELDS = [
  'name',
  'surname',
  'givenName',
  'title', // Mr, Ms, Dr; 先生, 女士
  'gender',
  'company',
  'jobTitle',
  'email',
  'address',
  'city',
  'region', // state or province, as name or code
  'postalCode',
  'country', // of the person; numbers without a country code still follow the list's
  'zone', // IANA time zone
  'locale', // BCP 47
  'birthDate',
  'externalId', // the row's key in the customer's own system
  'priority', // whole number, higher first
  'consent', // yes or no
  'consentSource',
  'consentDate',
  'note',
] as const;

export type Field = (typeof FIELDS)[number];

/** What a number's column says of it; `unknown` leaves it to the numbering plan. */
export type PhoneUse = 'mobile' | 'home' | 'work' | 'fax' | 'unknown';

/** Phone columns that a list may have. */
export const MAX_PHONE_COLUMNS = 10;

/** What is to be done with a column. */
export type ColumnTarget =
  | { to: 'field'; field: Field }
  /** `order` from 1 is the dialing order; two columns may not share one. */
  | { to: 'phone'; order: number; use: PhoneUse }
  | { to: 'variable'; name: string }
  | { to: 'ignore' };

/** One target per column of the list, in the file's order. */
export type ColumnMapping = ColumnTarget[];
