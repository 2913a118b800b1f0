import type { NumberReading } from './number-types.ts';

/** More numbers in one cell are another kind of data. */
export const MAX_NUMBERS_IN_CELL = 10;

const SEPARATOR = /[/／、;；,，|\n\r]+|\s(?:or|and|或|和)\s/i;
/** An extension written behind a comma or semicolon belongs to the number before it. */
const SEPARATED_EXTENSION = /[,，;；]\s*(?=(?:ext|分机|分機|转|轉|x\d|#\d))/gi;

/**
 * Reads every number of a cell that may hold several (`13800138000/13900139000`). An empty cell holds none.
 * @param cell the cell as it stands in the file
 * @param normalise made by `createNumberNormaliser`
 * @returns one reading per number written there, at most `MAX_NUMBERS_IN_CELL`, in the order written
 */
export function readNumbersInCell(cell: string, normalise: (raw: string) => NumberReading): NumberReading[] {
  if (cell === '') return [];
  if (!SEPARATOR.test(cell)) return cell.trim() === '' ? [] : [normalise(cell)];
  // `#N/A` is a spreadsheet's error, not two numbers.
  if (cell.trimStart().startsWith('#')) return [normalise(cell)];
  return cell
    .replace(SEPARATED_EXTENSION, ' ')
    .split(SEPARATOR)
    .filter((part) => part.trim() !== '')
    .slice(0, MAX_NUMBERS_IN_CELL)
    .map((part) => normalise(part));
}
