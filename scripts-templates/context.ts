import { isForbiddenName } from './fields.ts';
import { RENDER_LIMITS as R } from './limits.ts';
import { maskNumber } from './mask.ts';
import { splitName } from './names.ts';
import { oneLine } from './text.ts';

/** Integer minor units (fen, cents) and an ISO 4217 code. */
export interface Money {
  minor: number;
  currency: string;
}

export interface ProductFields {
  name?: string | undefined;
  price?: Money | undefined;
  /** Local date, `YYYY-MM-DD`. */
  endsOn?: string | undefined;
  note?: string | undefined;
}

/** What is known of the call. Anything may be absent, empty or of the wrong type: it then counts as missing. */
export interface ScriptContext {
  customer?: {
    name?: string | undefined;
    surname?: string | undefined;
    givenName?: string | undefined;
    title?: string | undefined;
    /** `male`/`female`, M/F, 男/女; anything else is unknown. */
    gender?: string | undefined;
    company?: string | undefined;
    city?: string | undefined;
    segment?: string | undefined;
    products?: readonly ProductFields[] | undefined;
  };
  /** The number called. Templates only ever see it masked. */
  number?: string | undefined;
  agent?: { name?: string | undefined; number?: string | undefined };
  campaign?: { name?: string | undefined; organisation?: string | undefined };
  /** The list's unknown columns, by their header. */
  vars?: Readonly<Record<string, unknown>>;
}

/** What a template can reach: objects without a prototype, holding listed fields only. */
export type SafeContext = Readonly<Record<string, unknown>>;

/**
 * Copies the allowed fields out of `input`, which is not trusted: unlisted fields, empty values and wrong types are
 * left out, text is made one printable line and cut, lists are cut, the number is masked.
 */
export function buildContext(input: unknown, now: number | undefined): SafeContext {
  return record({
    customer: customerOf(own(input, 'customer')),
    number: masked(own(input, 'number')),
    agent: texts(own(input, 'agent'), ['name', 'number']),
    campaign: texts(own(input, 'campaign'), ['name', 'organisation']),
    vars: varsOf(own(input, 'vars')),
    now,
  });
}

/** The value at `path` in a safe context, or undefined. */
export function readPath(context: unknown, path: readonly string[]): unknown {
  return path.reduce((value, part) => own(value, part), context);
}

/** The text of a scalar; undefined for what has none. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return oneLine(value, R.valueLength) || undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}

function customerOf(raw: unknown): SafeContext {
  const given = texts(raw, ['name', 'surname', 'givenName', 'title', 'gender', 'company', 'city', 'segment']);
  const name = given.name ?? wholeName(given);
  const surname = given.surname ?? (typeof name === 'string' ? splitName(name).surname : undefined);
  return record({ ...given, name, surname, products: productsOf(own(raw, 'products')) });
}

function wholeName({ surname, givenName }: SafeContext): string | undefined {
  if (typeof surname !== 'string' || typeof givenName !== 'string') return undefined;
  return /\p{Script=Han}/u.test(surname) ? surname + givenName : `${givenName} ${surname}`;
}

function productsOf(raw: unknown): SafeContext[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  return raw
    .slice(0, R.items)
    .map((item: unknown) =>
      record({ ...texts(item, ['name', 'endsOn', 'note']), price: moneyOf(own(item, 'price')) }),
    );
}

function moneyOf(raw: unknown): SafeContext | undefined {
  const minor = own(raw, 'minor');
  const currency = own(raw, 'currency');
  if (!Number.isSafeInteger(minor) || typeof currency !== 'string') return undefined;
  return record({ minor, currency: currency.slice(0, 3) });
}

function masked(raw: unknown): string | undefined {
  const text = scalarText(raw);
  return text && maskNumber(text);
}

function varsOf(raw: unknown): SafeContext {
  if (raw === null || typeof raw !== 'object') return record({});
  const entries = Object.entries(raw).slice(0, R.vars);
  return record(Object.fromEntries(entries.map(([key, value]) => [key, scalarOf(value)])));
}

function texts(raw: unknown, names: readonly string[]): SafeContext {
  return record(Object.fromEntries(names.map((name) => [name, spokenText(own(raw, name))])));
}

/** What lists write into a cell for "nothing": never to be said to a customer. */
const PLACEHOLDER = /^(#?n\/a|null|nil|none|nan|undefined|unknown|无|暂无|未知|不详|没有)$/i;

/** Text to be said: with a letter or a digit in it, and not a word for "nothing". */
export function spokenText(value: unknown): string | undefined {
  const text = scalarText(value);
  return text !== undefined && /[\p{L}\p{N}]/u.test(text) && !PLACEHOLDER.test(text) ? text : undefined;
}

/** Numbers and booleans stay what they are, so that `if` and `ifEquals` see them so. */
function scalarOf(value: unknown): unknown {
  const text = scalarText(value);
  return text === undefined || typeof value === 'string' ? text : value;
}

function record(fields: Readonly<Record<string, unknown>>): SafeContext {
  const safe: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined && !isForbiddenName(key)) safe[key] = value;
  }
  return safe;
}

function own(value: unknown, key: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
