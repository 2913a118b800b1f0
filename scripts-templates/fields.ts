/** What kind of value a field holds; only `text`, `number` and `date` may be printed without a helper. */
export type FieldKind = 'text' | 'number' | 'date' | 'money' | 'instant' | 'list';

/** A field an author may write. `path` as in the template: `customer.name`, `vars.套餐`; `vars.*` allows any. */
export interface KnownField {
  path: string;
  kind: FieldKind;
  /** It always has a value or reads well without one, so no fallback is asked for. */
  always?: boolean;
  /** For a list: its items' fields, their paths relative to the item. */
  items?: readonly KnownField[];
}

/** The fields every script can use; see `ScriptContext` for what fills them. */
export const STANDARD_FIELDS: readonly KnownField[] = [
  { path: 'customer.name', kind: 'text', always: true },
  { path: 'customer.surname', kind: 'text', always: true },
  { path: 'customer.givenName', kind: 'text', always: true },
  { path: 'customer.title', kind: 'text' },
  { path: 'customer.gender', kind: 'text' },
  { path: 'customer.company', kind: 'text', always: true },
  { path: 'customer.city', kind: 'text', always: true },
  { path: 'customer.segment', kind: 'text' },
  {
    path: 'customer.products',
    kind: 'list',
    items: [
      { path: 'name', kind: 'text', always: true },
      { path: 'price', kind: 'money' },
      { path: 'endsOn', kind: 'date' },
      { path: 'note', kind: 'text' },
    ],
  },
  { path: 'number', kind: 'text', always: true },
  { path: 'agent.name', kind: 'text', always: true },
  { path: 'agent.number', kind: 'text' },
  { path: 'campaign.name', kind: 'text', always: true },
  { path: 'campaign.organisation', kind: 'text', always: true },
  { path: 'now', kind: 'instant', always: true },
];

/** Fields for a list's unknown columns: column `Plan` is written `{{vars.Plan}}`, `My plan` `{{vars.[My plan]}}`. */
export function varFields(columns: readonly string[]): KnownField[] {
  return columns.map((column) => ({ path: `vars.${column}`, kind: 'text' }));
}

/** Property names that lead to JavaScript's own machinery; refused in paths and dropped from data. */
export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.has(name);
}

const FORBIDDEN: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
]);
