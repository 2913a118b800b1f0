import type { LeadCard } from '../../api/shapes.ts';

export interface CustomerField {
  name: string;
  value: string;
  /** A column of the list that we do not know: its name is the file's. */
  own: boolean;
}

const HEAD = new Set(['name', 'surname', 'givenName', 'title']);
const MOST_FIELDS = 40;

/** How the customer is called; undefined: the list gave no name. */
export function customerName({ lead }: LeadCard): string | undefined {
  const { name, surname, givenName, title } = lead.profile;
  const parts = [title, givenName, surname].map(textOf).filter(Boolean);
  return textOf(name) || parts.join(' ') || undefined;
}

/** What is known of the customer, apart from the name: our fields first, then the list's own columns. */
export function customerFields({ lead }: LeadCard): CustomerField[] {
  const of = (values: Record<string, unknown>, own: boolean) =>
    Object.entries(values).map(([name, value]) => ({ name, value: textOf(value), own }));
  const known = of(lead.profile, false).filter(({ name }) => !HEAD.has(name));
  return [...known, ...of(lead.vars, true)].filter(({ value }) => value !== '').slice(0, MOST_FIELDS);
}

/** Texts and numbers; a list joined; an object (a product) by its name. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  const name = (value as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? name : '';
}

/** The number that is called, as far as the desk may see it. */
export function numberCalled({ lead }: LeadCard, ordinal: number): string {
  const number = lead.numbers.find((one) => one.ordinal === ordinal) ?? lead.numbers[0];
  return number ? [number.e164, number.extension].filter(Boolean).join(' × ') : '';
}
