import { DomainError } from '../../../platform/errors/index.ts';

/** How the files that people take for lists begin. */
const KINDS: readonly [string, string][] = [
  ['d0cf11e0', 'xls'], // Excel before 2007, and every workbook with a password
  ['25504446', 'pdf'],
  ['1f8b', 'gzip'],
  ['52617221', 'rar'],
  ['377abcaf', '7z'],
  ['89504e47', 'image'],
  ['ffd8ff', 'image'],
];

/** @throws DomainError invalid `list_kind_unsupported` for files that are no lists */
export function refuseKind(start: Buffer): void {
  const hex = start.toString('hex');
  const kind =
    KINDS.find(([signature]) => hex.startsWith(signature))?.[1] ??
    (/^\s*<(?:!doctype|html|\?xml|table)/i.test(start.toString('latin1')) ? 'html' : undefined);
  if (kind === undefined) return;
  throw new DomainError('invalid', 'list_kind_unsupported', 'Save the list as XLSX or CSV', {
    params: { kind },
  });
}

/** Whether a file begins as a zip archive does; workbooks are zip archives. */
export function isZip(start: Buffer): boolean {
  return start.subarray(0, 4).toString('hex') === '504b0304';
}
