import type { Instant } from '../../../platform/clock/index.ts';
import type { Id } from '../../../platform/ids/index.ts';
import type { LeadPlaceInput } from '../../compliance/index.ts';
import type { ImportOptions } from '../imports-schema.ts';
import type { AcceptedRow, Field, LeadNumber } from '../reading/index.ts';

/** A lead that is about to be written: a new one, or one that rows of the file say more about. */
export interface LeadDraft {
  id: Id;
  customerId: Id;
  isNew: boolean;
  /** Something was said that the stored lead does not hold. */
  changed: boolean;
  fields: Partial<Record<Field, string>>;
  vars: Record<string, string>;
  numbers: DraftNumber[];
  consent: ConsentLevel | null;
  consentUntil: Instant | null;
  /** Undefined on a stored lead whose rank stays. */
  rank: number | undefined;
  /** Confirmed by the customer: stands above what list and number say. */
  confirmedZone: string | null;
}

export interface DraftNumber {
  e164: string;
  extension: string;
  kind: string;
  /** 0 until the place is known. */
  zoneId: number;
}

export type ConsentLevel = 'contract' | 'optIn' | 'optInWritten';

/** Numbers of one lead, whoever brought them; as many as one row may have. */
const MAX_NUMBERS = 20;
const PLAIN_RANK = 100;
/** Beyond it a rank would be taken for that of a promised callback. */
const MOST_RANK = 400_000;

/** A telephone is meant by number and extension together. */
export function numberKey({ e164, extension }: { e164: string; extension?: string | undefined }): string {
  return extension ? `${e164};${extension}` : e164;
}

export function draftNumber({ e164, extension, kind }: LeadNumber): DraftNumber {
  return { e164, extension: extension ?? '', kind, zoneId: 0 };
}

export function newDraft(
  row: AcceptedRow,
  numbers: readonly LeadNumber[],
  { id, customerId, consent }: { id: Id; customerId: Id; consent: ImportOptions['consent'] },
): LeadDraft {
  return {
    id,
    customerId,
    isNew: true,
    changed: true,
    fields: row.fields,
    vars: row.vars,
    numbers: numbers.map(draftNumber),
    ...(consentOf(row, consent) ?? NO_CONSENT),
    rank: rankOf(row) ?? PLAIN_RANK,
    confirmedZone: null,
  };
}

/** Puts what a further row says over what is known; what it leaves out stays. New numbers come last. */
export function mergeRow(
  draft: LeadDraft,
  row: AcceptedRow,
  { numbers, consent }: { numbers: readonly LeadNumber[]; consent: ImportOptions['consent'] },
): void {
  draft.changed = true;
  draft.fields = { ...draft.fields, ...row.fields };
  draft.vars = { ...draft.vars, ...row.vars };
  const known = new Set(draft.numbers.map(numberKey));
  for (const number of numbers) {
    if (!known.has(numberKey(number)) && draft.numbers.length < MAX_NUMBERS)
      draft.numbers.push(draftNumber(number));
  }
  Object.assign(draft, consentOf(row, consent));
  draft.rank = rankOf(row) ?? draft.rank;
}

const NO_CONSENT = { consent: null, consentUntil: null } as const;

/** What the row proves; undefined when it says nothing. */
function consentOf(
  { fields }: AcceptedRow,
  { level, all, until }: ImportOptions['consent'],
): { consent: ConsentLevel | null; consentUntil: Instant | null } | undefined {
  if (fields.consent === 'no') return NO_CONSENT;
  if (fields.consent === 'yes' || all) return { consent: level, consentUntil: until };
  return undefined;
}

/** Priority is the higher the sooner, rank the smaller the sooner. */
function rankOf({ fields }: AcceptedRow): number | undefined {
  if (fields.priority === undefined) return undefined;
  return Math.max(-MOST_RANK, Math.min(MOST_RANK, PLAIN_RANK - Number(fields.priority)));
}

/** What is known of where a draft's number rings. */
export function placeInputOf({ fields, confirmedZone }: LeadDraft, { e164 }: DraftNumber): LeadPlaceInput {
  return {
    e164,
    confirmedZone,
    zone: fields.zone ?? null,
    state: fields.region ?? null,
    country: fields.country ?? null,
  };
}

/** What the list says of the person, as the desk and the scripts read it. */
export function profileOf({ fields }: LeadDraft): string {
  if (fields.priority === undefined) return JSON.stringify(fields);
  const { priority: _priority, ...profile } = fields;
  return JSON.stringify(profile);
}

/** Names that differ in case, width, blanks or punctuation alone are the same person's under one number. */
export function nameKey(name: string | null | undefined): string {
  if (!name) return '';
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, '');
}
