import {
  type ColumnMapping,
  type ColumnTarget,
  type Field,
  MAX_PHONE_COLUMNS,
  type PhoneUse,
} from './fields.ts';
import { headerMeaning, REJECT_HEADERS } from './header-words.ts';
import type { NumberReading } from './numbers/number-types.ts';
import { readNumbersInCell } from './numbers/split-cell.ts';
import type { SourceRow } from './rows.ts';
import { safeVariableName } from './variable-names.ts';

export interface GuessInput {
  header: readonly string[] | undefined;
  columns: number;
  /** Some of the first rows of data. */
  rows: readonly SourceRow[];
  normalise: (raw: string) => NumberReading;
}

/** With this share of its cells readable as one thing, a column holds that thing. */
const ENOUGH = 0.6;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;
const LATIN_NAME = /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){1,3}$/u;
const COMPANY = /(?:公司|集团|企业|工厂|商行|Ltd\.?|Inc\.?|LLC|GmbH|Corp\.?)$/i;

/**
 * Guesses what each column is for: by its header's words, then by what its cells look like. What is not
 * recognised becomes a script variable, and so does a second column for a field that holds only one.
 */
export function guessMapping(input: GuessInput): ColumnMapping {
  const found: (ColumnTarget | undefined)[] = [];
  const fields = new Set<Field>();
  for (let column = 0; column < input.columns; column++) {
    const target = byHeader(input, column) ?? byData(input, column);
    const isTaken = target?.to === 'field' && fields.has(target.field);
    found.push(isTaken ? undefined : target);
    if (target?.to === 'field') fields.add(target.field);
  }
  return nameVariables(orderPhones(found), input.header);
}

function byHeader({ header, columns }: GuessInput, column: number): ColumnTarget | undefined {
  if (header === undefined) return undefined;
  const ours = columns - REJECT_HEADERS.length;
  if (column >= ours && REJECT_HEADERS.every((name, at) => header[ours + at] === name))
    return { to: 'ignore' };
  const meaning = headerMeaning(header[column] ?? '');
  if (meaning === undefined) return undefined;
  if (meaning.is === 'field') return { to: 'field', field: meaning.field };
  // Nobody wants to be dialed on a fax; its number stays at hand as a variable.
  if (meaning.use === 'fax') return { to: 'variable', name: '' };
  return { to: 'phone', order: meaning.number, use: meaning.use };
}

function byData({ rows, normalise, header }: GuessInput, column: number): ColumnTarget | undefined {
  const cells = rows.map((row) => row.cells[column]?.trim() ?? '').filter((cell) => cell !== '');
  if (cells.length === 0) return undefined;
  const share = (test: (cell: string) => boolean): number => cells.filter(test).length / cells.length;
  const isNumber = (cell: string): boolean =>
    cell.length >= 7 && readNumbersInCell(cell, normalise).some((reading) => 'e164' in reading);
  if (share(isNumber) >= ENOUGH) return { to: 'phone', order: 0, use: lineUse(cells, normalise) };
  // With a header the words said nothing: only numbers are worth finding against them.
  if (header !== undefined) return undefined;
  if (share((cell) => EMAIL.test(cell)) >= ENOUGH) return { to: 'field', field: 'email' };
  if (share((cell) => COMPANY.test(cell)) >= ENOUGH) return { to: 'field', field: 'company' };
  if (share((cell) => HAN_NAME.test(cell) || LATIN_NAME.test(cell)) >= ENOUGH) {
    return { to: 'field', field: 'name' };
  }
  return undefined;
}

function lineUse(cells: readonly string[], normalise: (raw: string) => NumberReading): PhoneUse {
  const mobiles = cells.filter((cell) => {
    const reading = normalise(cell);
    return 'kind' in reading && reading.kind === 'mobile';
  });
  return mobiles.length / cells.length >= ENOUGH ? 'mobile' : 'unknown';
}

/** Numbered headers keep their order, the others follow in the file's; beyond the limit they are variables. */
function orderPhones(found: (ColumnTarget | undefined)[]): (ColumnTarget | undefined)[] {
  const ranked = found
    .flatMap((target, column) =>
      target?.to === 'phone' ? [{ column, rank: target.order === 0 ? column / 1_000 : target.order }] : [],
    )
    .sort((one, other) => one.rank - other.rank || one.column - other.column)
    .map(({ column }) => column);
  return found.map((target, column) => {
    if (target?.to !== 'phone') return target;
    const order = ranked.indexOf(column) + 1;
    return order > MAX_PHONE_COLUMNS ? undefined : { ...target, order };
  });
}

function nameVariables(
  found: readonly (ColumnTarget | undefined)[],
  header: readonly string[] | undefined,
): ColumnMapping {
  const taken = new Set<string>();
  return found.map((target, column) => {
    if (target !== undefined && target.to !== 'variable') return target;
    const name = safeVariableName(header?.[column] ?? '', taken, column);
    taken.add(name);
    return { to: 'variable', name };
  });
}
