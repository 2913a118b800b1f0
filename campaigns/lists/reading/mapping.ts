import { DomainError, type Issue } from '../../../platform/errors/index.ts';
import {
  type ColumnMapping,
  type ColumnTarget,
  FIELDS,
  type Field,
  MAX_PHONE_COLUMNS,
  type PhoneUse,
} from './fields.ts';
import { safeVariableName } from './variable-names.ts';

/**
 * What a person decided about columns: header, or `#` and the column's number from 1 → target. Targets:
 * a field's name, `phone`, `phone2`, `phone:work`, `phone2:mobile`, `var:name`, `ignore`.
 */
export type ChosenMapping = Readonly<Record<string, string>>;

const PHONE_TARGET = /^phone(\d{1,2})?(?::(mobile|home|work|unknown))?$/;

/**
 * Puts a person's decisions over what was guessed. A field taken by a decision is taken away from the column
 * that was guessed to hold it, which becomes a variable.
 * @throws DomainError invalid `mapping_invalid` with one issue per wrong decision: `mapping_unknown_column`,
 *   `mapping_unknown_target`, `mapping_duplicate`; `mapping_no_phone` when no column holds numbers
 */
export function applyMapping(
  guessed: ColumnMapping,
  chosen: ChosenMapping,
  header: readonly string[] | undefined,
): ColumnMapping {
  const issues: Issue[] = [];
  const decided = new Map<number, ColumnTarget>();
  for (const [key, wanted] of Object.entries(chosen)) {
    const column = findColumn(key, header, guessed.length);
    const target = parseTarget(wanted);
    if (column === undefined) issues.push(issue(key, 'mapping_unknown_column', 'No such column'));
    else if (target === undefined) issues.push(issue(key, 'mapping_unknown_target', 'No such target'));
    else if (holds([...decided.values()], target)) {
      issues.push(issue(key, 'mapping_duplicate', 'Two columns for one target'));
    } else decided.set(column, target);
  }
  refuse(issues);
  const mapping = guessed.map((target, column) => {
    const own = decided.get(column);
    if (own !== undefined) return own;
    return holds([...decided.values()], target) ? asVariable(column, header, guessed) : target;
  });
  return checkMapping(mapping);
}

/**
 * Puts the phone columns of a mapping into one dialing order from 1.
 * @throws DomainError invalid `mapping_invalid` with `mapping_no_phone` or `mapping_too_many_phones`
 */
export function checkMapping(mapping: ColumnMapping): ColumnMapping {
  const phones = mapping.filter((target) => target.to === 'phone').sort((a, b) => a.order - b.order);
  if (phones.length === 0) refuse([issue('', 'mapping_no_phone', 'No column holds telephone numbers')]);
  if (phones.length > MAX_PHONE_COLUMNS) {
    refuse([issue('', 'mapping_too_many_phones', `At most ${MAX_PHONE_COLUMNS} columns of numbers`)]);
  }
  return mapping.map((target) =>
    target.to === 'phone' ? { ...target, order: phones.indexOf(target) + 1 } : target,
  );
}

function findColumn(key: string, header: readonly string[] | undefined, columns: number): number | undefined {
  const named = header?.indexOf(key.trim()) ?? -1;
  if (named >= 0) return named;
  const number = Number(/^#(\d{1,3})$/.exec(key.trim())?.[1] ?? 0);
  return number >= 1 && number <= columns ? number - 1 : undefined;
}

function parseTarget(wanted: string): ColumnTarget | undefined {
  const text = wanted.trim();
  if (text === 'ignore') return { to: 'ignore' };
  const phone = PHONE_TARGET.exec(text);
  if (phone !== null) {
    const order = Number(phone[1] ?? 1);
    if (order < 1 || order > MAX_PHONE_COLUMNS) return undefined;
    return { to: 'phone', order, use: (phone[2] as PhoneUse | undefined) ?? 'unknown' };
  }
  if (text.startsWith('var:')) {
    const name = text.slice(4);
    return name !== '' && safeVariableName(name) === name ? { to: 'variable', name } : undefined;
  }
  return (FIELDS as readonly string[]).includes(text) ? { to: 'field', field: text as Field } : undefined;
}

function holds(targets: readonly ColumnTarget[], wanted: ColumnTarget): boolean {
  return targets.some((target) => {
    if (target.to === 'field') return wanted.to === 'field' && wanted.field === target.field;
    if (target.to === 'phone') return wanted.to === 'phone' && wanted.order === target.order;
    return target.to === 'variable' && wanted.to === 'variable' && wanted.name === target.name;
  });
}

function asVariable(
  column: number,
  header: readonly string[] | undefined,
  mapping: ColumnMapping,
): ColumnTarget {
  const taken = mapping.flatMap((target) => (target.to === 'variable' ? [target.name] : []));
  return { to: 'variable', name: safeVariableName(header?.[column] ?? '', new Set(taken), column) };
}

function issue(key: string, code: string, message: string): Issue {
  return { path: key === '' ? '/mapping' : `/mapping/${key}`, code, message };
}

function refuse(issues: Issue[]): void {
  if (issues.length === 0) return;
  throw new DomainError('invalid', 'mapping_invalid', 'The columns cannot be used so', { issues });
}
