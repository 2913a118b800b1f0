import type { Readable } from 'node:stream';
import type { DateStyle } from './xlsx-book.ts';
import { readWholeXml } from './xlsx-xml.ts';

const MAX_STYLES = 100_000;
const DAY_MS = 86_400_000;
/** 1899-12-30: day 1 is 1900-01-01, and the 29 February 1900 that Excel believes in shifts what follows. */
const EPOCH_1900 = -2_209_161_600_000;
const EPOCH_1904 = -2_082_844_800_000;

/** Formats of ECMA-376 part 1, 18.8.30, that every file may use without defining them. */
const BUILT_IN: ReadonlyMap<number, DateStyle> = new Map<number, DateStyle>([
  ...([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58] as const).map(
    (id): [number, DateStyle] => [id, 'date'],
  ),
  ...([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56] as const).map((id): [number, DateStyle] => [
    id,
    'time',
  ]),
  [22, 'dateTime'],
]);

/** Reads, for each cell style of a workbook, whether it shows a date. */
export async function dateStyles(styles: Readable): Promise<DateStyle[]> {
  const formats = new Map<number, DateStyle>();
  const found: DateStyle[] = [];
  let inCellStyles = false;
  await readWholeXml(styles, {
    open: (tag, { numFmtId, formatCode = '' }) => {
      if (tag === 'numFmt' && formats.size < MAX_STYLES)
        formats.set(Number(numFmtId), dateStyleOf(formatCode));
      if (tag === 'cellXfs') inCellStyles = true;
      if (tag !== 'xf' || !inCellStyles || found.length >= MAX_STYLES) return;
      const id = Number(numFmtId ?? 0);
      found.push(formats.get(id) ?? BUILT_IN.get(id) ?? false);
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCellStyles = false;
    },
  });
  return found;
}

/** Whether a format code shows days or times: its letters outside of quotes, brackets and escapes. */
export function dateStyleOf(code: string): DateStyle {
  const bare = code
    .split(';')[0]
    ?.replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (bare === undefined || /general|[0#?]/.test(bare.replace(/s\.0+/g, 's'))) return false;
  const hasDay = /[yde]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
  const hasTime = /[hs]/.test(bare);
  if (hasDay) return hasTime ? 'dateTime' : 'date';
  return hasTime ? 'time' : false;
}

/**
 * A spreadsheet's day number as ISO text in no zone: `2026-01-05`, `2026-01-05T20:30:00`, `20:30:00`.
 * @returns nothing when it is no day that exists
 */
export function dateText(serial: number, style: DateStyle, since1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465 || style === false) return undefined;
  // Days up to February 1900 count from one day later.
  const days = !since1904 && serial < 60 && serial >= 1 ? serial + 1 : serial;
  const ms = Math.round(days * 86_400) * 1_000;
  const iso = new Date((since1904 ? EPOCH_1904 : EPOCH_1900) + ms).toISOString();
  if (style === 'time') return iso.slice(11, 19);
  return style === 'date' && ms % DAY_MS === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}
