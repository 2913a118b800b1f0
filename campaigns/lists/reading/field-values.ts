import type { Field } from './fields.ts';
import type { CellProblemCode } from './interpret-row.ts';

/** How a field's cell is read. */
interface FieldReader {
  /** Characters. */
  limit: number;
  /** Brings the text into one form; nothing when it cannot be read. Without it the text stays as it is. */
  read?: (text: string) => string | undefined;
  /** What an unreadable cell is called, and whether it rejects its row instead of being left out. */
  problem: CellProblemCode;
  strict: boolean;
}

const TEXT: FieldReader = { limit: 200, problem: 'cell_too_long', strict: true };

/** Fields that decide whether or when a person may be called reject their row when they cannot be read. */
export const FIELD_READERS: Readonly<Record<Field, FieldReader>> = {
  name: TEXT,
  surname: TEXT,
  givenName: TEXT,
  title: TEXT,
  gender: { limit: 40, read: readGender, problem: 'gender_unknown', strict: false },
  company: TEXT,
  jobTitle: TEXT,
  email: { limit: 320, read: readEmail, problem: 'email_invalid', strict: false },
  address: { ...TEXT, limit: 500 },
  city: TEXT,
  region: TEXT,
  postalCode: { ...TEXT, limit: 20 },
  country: TEXT,
  zone: { limit: 64, read: readZone, problem: 'zone_unknown', strict: true },
  locale: { limit: 40, read: readLocale, problem: 'locale_invalid', strict: false },
  birthDate: { ...TEXT, limit: 40 },
  externalId: TEXT,
  priority: { limit: 20, read: readPriority, problem: 'priority_not_integer', strict: true },
  consent: { limit: 20, read: readConsent, problem: 'consent_unknown', strict: true },
  consentSource: TEXT,
  consentDate: { ...TEXT, limit: 40 },
  note: { ...TEXT, limit: 4_000 },
};

const GENDERS = new Map([
  ...'m male man mr 男 男性 男士 先生'.split(' ').map((word) => [word, 'male'] as const),
  ...'f female woman ms mrs miss 女 女性 女士 小姐 太太'.split(' ').map((word) => [word, 'female'] as const),
]);

function readGender(text: string): string | undefined {
  return GENDERS.get(text.toLowerCase().replace(/\.$/, ''));
}

function readEmail(text: string): string | undefined {
  return /^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>.]{2,}$/.test(text) ? text : undefined;
}

const ZONE_NAMES = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]));
for (const [name, zone] of [
  ['北京时间', 'Asia/Shanghai'],
  ['beijing', 'Asia/Shanghai'],
  ['utc', 'UTC'],
] as const) {
  ZONE_NAMES.set(name, zone);
}

/** IANA names in any case. Letters such as CST stand for several zones and are not taken. */
function readZone(text: string): string | undefined {
  const known = ZONE_NAMES.get(text.toLowerCase());
  if (known !== undefined) return known;
  if (!text.includes('/')) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined; // RangeError: no such zone
  }
}

function readLocale(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0];
  } catch {
    return undefined; // RangeError: no language tag
  }
}

function readPriority(text: string): string | undefined {
  const number = Number(text);
  return Number.isInteger(number) && Math.abs(number) <= 1_000_000 ? String(number) : undefined;
}

const CONSENTS = new Map([
  ...'yes y true 1 是 有 已同意 同意 已授权'.split(' ').map((word) => [word, 'yes'] as const),
  ...'no n false 0 否 无 未同意 不同意 未授权'.split(' ').map((word) => [word, 'no'] as const),
]);

function readConsent(text: string): string | undefined {
  return CONSENTS.get(text.toLowerCase());
}
