import { DomainError } from '../../../platform/errors/index.ts';
import { dateStyles } from './xlsx-dates.ts';
import { readWholeXml } from './xlsx-xml.ts';
import { damaged, type XlsxZip } from './xlsx-zip.ts';

const MAX_SHEETS = 1_000;

export interface SheetInfo {
  name: string;
  /** Part of the file that holds it. */
  part: string;
  visible: boolean;
}

export interface Workbook {
  sheets: SheetInfo[];
  /** Days count from 1904 instead of 1900. */
  since1904: boolean;
  /** Part of the table of texts; need not be there. */
  textsPart: string;
  /** For each cell style, whether its number is a day, a time of day, or both; false for neither. */
  dateStyles: DateStyle[];
}

export type DateStyle = 'date' | 'time' | 'dateTime' | false;

/** Reads what a sheet cannot be understood without: the list of sheets, the calendar, the styles of dates. */
export async function readWorkbook(zip: XlsxZip): Promise<Workbook> {
  const bookPart = await mainPart(zip);
  const folder = bookPart.slice(0, bookPart.lastIndexOf('/') + 1);
  const relations = await readRelations(zip, `${folder}_rels/${bookPart.slice(folder.length)}.rels`, folder);
  const partOf = (type: string): string | undefined =>
    [...relations.values()].find((relation) => relation.type === type)?.part;
  const book: Workbook = { sheets: [], since1904: false, textsPart: '', dateStyles: [] };
  await readWholeXml(await zip.read(bookPart), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') book.since1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (tag !== 'sheet' || book.sheets.length >= MAX_SHEETS) return;
      const part = relations.get(relationId(attributes))?.part;
      const visible = (attributes.state ?? 'visible') === 'visible';
      if (part !== undefined && zip.has(part)) {
        book.sheets.push({ name: attributes.name ?? '', part, visible });
      }
    },
    close: () => {},
  });
  book.textsPart = partOf('sharedStrings') ?? `${folder}sharedStrings.xml`;
  const styles = partOf('styles') ?? `${folder}styles.xml`;
  if (zip.has(styles)) book.dateStyles = await dateStyles(await zip.read(styles));
  return book;
}

/**
 * The sheet of a name, or of a number from 1; without either the first one that is not hidden.
 * @throws DomainError invalid `sheet_unknown` with the names there are
 */
export function chooseSheet(book: Workbook, wanted?: string | number): SheetInfo {
  const sheet =
    wanted === undefined
      ? (book.sheets.find(({ visible }) => visible) ?? book.sheets[0])
      : typeof wanted === 'number'
        ? book.sheets[wanted - 1]
        : book.sheets.find(({ name }) => name === wanted);
  if (sheet !== undefined) return sheet;
  throw new DomainError('invalid', 'sheet_unknown', 'The workbook has no such sheet', {
    params: { sheet: wanted ?? null, sheets: book.sheets.map(({ name }) => name) },
  });
}

interface Relation {
  type: string;
  part: string;
}

async function mainPart(zip: XlsxZip): Promise<string> {
  if (zip.has('_rels/.rels')) {
    for (const { type, part } of (await readRelations(zip, '_rels/.rels', '')).values()) {
      if (type === 'officeDocument' && zip.has(part)) return part;
    }
  }
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml';
  throw damaged('it is a zip file without a workbook');
}

async function readRelations(zip: XlsxZip, name: string, folder: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  if (!zip.has(name)) return relations;
  await readWholeXml(await zip.read(name), {
    open: (tag, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (tag !== 'Relationship' || TargetMode === 'External' || relations.size >= MAX_SHEETS * 2) return;
      const part = Target.startsWith('/') ? Target.slice(1) : folder + Target;
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), part: part.replace(/^\.\//, '') });
    },
    close: () => {},
  });
  return relations;
}

function relationId(attributes: Readonly<Record<string, string>>): string {
  const key = Object.keys(attributes).find((name) => name === 'r:id' || name.endsWith(':id'));
  return key === undefined ? '' : (attributes[key] ?? '');
}
