import { FIELD_READERS } from './field-values.ts';
import type { ColumnMapping, Field, PhoneUse } from './fields.ts';
import type { NormalisedNumber, NumberProblemCode, NumberReading } from './numbers/number-types.ts';
import { readNumbersInCell } from './numbers/split-cell.ts';
import { personName } from './person-name.ts';
import type { BrokenRowCode, SourceRow } from './rows.ts';

/** A number of a lead; their order in the array is the dialing order. */
export interface LeadNumber extends NormalisedNumber {
  use: PhoneUse;
}

/** What remained out of an accepted row: the column from 1 and why. */
export interface RowWarning {
  column: number;
  code: CellProblemCode;
}

export interface AcceptedRow {
  accepted: true;
  line: number;
  /** Trimmed and brought into one form; fields without a value are absent. */
  fields: Partial<Record<Field, string>>;
  numbers: LeadNumber[];
  /** Script variables, without empty ones. */
  vars: Record<string, string>;
  warnings: RowWarning[];
}

export type CellProblemCode =
  | NumberProblemCode
  | 'cell_too_long' // params: limit
  | 'zone_unknown' // not an IANA zone: a wrong one would let calls out at night
  | 'priority_not_integer'
  | 'consent_unknown' // neither yes nor no
  | 'email_invalid'
  | 'gender_unknown'
  | 'locale_invalid';

export type RejectCode = BrokenRowCode | CellProblemCode | 'row_without_number';

export interface RejectedRow extends SourceRow {
  accepted: false;
  code: RejectCode;
  /** Column from 1, when it is one cell's fault. */
  column?: number;
  params: Record<string, unknown>;
}

export interface InterpretOptions {
  /** Made by `createNumberNormaliser`. */
  normalise: (raw: string) => NumberReading;
  /** What a bad number does to a row that has a good one: a warning (default), or the row is rejected. */
  badNumber?: 'warn' | 'reject';
}

/** Numbers of one lead over all its columns. */
const MAX_NUMBERS = 20;
const MAX_VARIABLE = 2_000;

/**
 * Makes the function that turns a list's rows into leads. It is called a million times: the mapping is taken
 * apart once.
 */
export function createRowInterpreter(
  mapping: ColumnMapping,
  options: InterpretOptions,
): (row: SourceRow) => AcceptedRow | RejectedRow {
  const plan = planOf(mapping);
  const rejectBad = options.badNumber === 'reject';
  return (row) => {
    const lead: AcceptedRow = {
      accepted: true,
      line: row.line,
      fields: {},
      numbers: [],
      vars: {},
      warnings: [],
    };
    const fault =
      readFields(row, plan, lead) ??
      readVariables(row, plan, lead) ??
      readNumbers(row, plan, { lead, normalise: options.normalise, rejectBad });
    if (fault !== undefined) return fault;
    if (lead.numbers.length === 0) return withoutNumber(row, plan, lead);
    const name = personName(lead.fields);
    if (name !== undefined) lead.fields.name = name;
    return lead;
  };
}

interface Plan {
  fields: { column: number; field: Field }[];
  phones: { column: number; use: PhoneUse }[];
  variables: { column: number; name: string }[];
}

function planOf(mapping: ColumnMapping): Plan {
  const plan: Plan = { fields: [], phones: [], variables: [] };
  const orders: number[] = [];
  for (const [column, target] of mapping.entries()) {
    if (target.to === 'field') plan.fields.push({ column, field: target.field });
    if (target.to === 'variable') plan.variables.push({ column, name: target.name });
    if (target.to !== 'phone') continue;
    plan.phones.push({ column, use: target.use });
    orders[column] = target.order;
  }
  plan.phones.sort((one, other) => (orders[one.column] ?? 0) - (orders[other.column] ?? 0));
  return plan;
}

function readFields(row: SourceRow, plan: Plan, lead: AcceptedRow): RejectedRow | undefined {
  for (const { column, field } of plan.fields) {
    const text = cellText(row.cells[column]);
    if (text === '') continue;
    const reader = FIELD_READERS[field];
    if (text.length > reader.limit) return reject(row, 'cell_too_long', column, { limit: reader.limit });
    const value = reader.read === undefined ? text : reader.read(text);
    if (value !== undefined) lead.fields[field] = value;
    else if (reader.strict) return reject(row, reader.problem, column);
    else lead.warnings.push({ column: column + 1, code: reader.problem });
  }
  return undefined;
}

function readVariables(row: SourceRow, plan: Plan, lead: AcceptedRow): RejectedRow | undefined {
  for (const { column, name } of plan.variables) {
    const text = cellText(row.cells[column]);
    if (text === '') continue;
    if (text.length > MAX_VARIABLE) return reject(row, 'cell_too_long', column, { limit: MAX_VARIABLE });
    lead.vars[name] = text;
  }
  return undefined;
}

function readNumbers(
  row: SourceRow,
  plan: Plan,
  { lead, normalise, rejectBad }: NumberContext,
): RejectedRow | undefined {
  for (const { column, use } of plan.phones) {
    for (const reading of readNumbersInCell(cellText(row.cells[column]), normalise)) {
      if ('problem' in reading) {
        if (rejectBad) return reject(row, reading.problem, column);
        lead.warnings.push({ column: column + 1, code: reading.problem });
      } else if (lead.numbers.length < MAX_NUMBERS && !isKnown(lead.numbers, reading)) {
        lead.numbers.push(leadNumber(reading, use));
      }
    }
  }
  return undefined;
}

/** Written out, as every lead's numbers then have one shape: spreading costs more than reading the number. */
function leadNumber(number: NormalisedNumber, use: PhoneUse): LeadNumber {
  return {
    e164: number.e164,
    extension: number.extension,
    kind: number.kind,
    country: number.country,
    use,
  };
}

interface NumberContext {
  lead: AcceptedRow;
  normalise: (raw: string) => NumberReading;
  rejectBad: boolean;
}

function isKnown(numbers: readonly LeadNumber[], { e164, extension }: NormalisedNumber): boolean {
  for (const known of numbers) if (known.e164 === e164 && known.extension === extension) return true;
  return false;
}

/** A row whose numbers are all bad is rejected for the first of them. */
function withoutNumber(row: SourceRow, plan: Plan, lead: AcceptedRow): RejectedRow {
  const phones = new Set(plan.phones.map(({ column }) => column + 1));
  const first = lead.warnings.find(({ column }) => phones.has(column));
  return first === undefined ? reject(row, 'row_without_number') : reject(row, first.code, first.column - 1);
}

function reject(
  row: SourceRow,
  code: RejectCode,
  column?: number,
  params: Record<string, unknown> = {},
): RejectedRow {
  const place = column === undefined ? {} : { column: column + 1 };
  return { accepted: false, line: row.line, cells: row.cells, code, params, ...place };
}

const APOSTROPHE = 39;

/** A cell without the blanks around it and the apostrophe that our rejects file puts before formulas. */
function cellText(cell: string | undefined): string {
  if (cell === undefined || cell === '') return '';
  const text = cell.trim();
  return text.charCodeAt(0) === APOSTROPHE && /^'(?:[=+\-@＝＋－＠\t\r]|\d+$)/.test(text)
    ? text.slice(1)
    : text;
}
