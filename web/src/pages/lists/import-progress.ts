import type { ListImport } from '../../api/shapes.ts';

/** The four ends of a row; together they are all rows. */
export const ENDS = ['accepted', 'duplicates', 'doNotCall', 'rejected'] as const;

export function isUnderWay({ state }: Pick<ListImport, 'state'>): boolean {
  return state === 'pending' || state === 'running';
}

/** How often to ask again, ms; false: nothing moves. */
export function askAgain(imports: readonly ListImport[] | undefined): number | false {
  return imports?.some(isUnderWay) ? 1_000 : false;
}

/** How far an import is; undefined while nobody knows how many rows there are. */
export function progressOf({ rows, rowsTotal }: Pick<ListImport, 'rows' | 'rowsTotal'>): number | undefined {
  return rowsTotal === null || rowsTotal === 0 ? undefined : Math.min(1, rows / rowsTotal);
}
