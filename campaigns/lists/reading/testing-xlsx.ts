import { strToU8, type Zippable, zipSync } from 'fflate';

/** Parts of a workbook made by hand for tests; every part can be replaced or left out. */
export interface TestWorkbook {
  /** Content of `<sheetData>` of each sheet by name. */
  sheets: Record<string, string>;
  sharedStrings?: string;
  /** Content of `<styleSheet>`. */
  styles?: string;
  workbookPr?: string;
  hidden?: string[];
  extra?: Record<string, string>;
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Builds an XLSX file in memory. */
export function testWorkbook(book: TestWorkbook): Buffer {
  const names = Object.keys(book.sheets);
  const sheets = names.map((name, at) => {
    const state = book.hidden?.includes(name) ? ' state="hidden"' : '';
    return `<sheet name="${name}" sheetId="${at + 1}"${state} r:id="rId${at + 1}"/>`;
  });
  const links = names.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${RELATION}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${RELATION}">${book.workbookPr ?? ''}<sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${links.join('')}</Relationships>`,
  };
  for (const [at, name] of names.entries()) {
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<?xml version="1.0"?><worksheet ${MAIN}><sheetData>${book.sheets[name]}</sheetData></worksheet>`;
  }
  if (book.sharedStrings !== undefined)
    parts['xl/sharedStrings.xml'] = `<sst ${MAIN}>${book.sharedStrings}</sst>`;
  if (book.styles !== undefined) parts['xl/styles.xml'] = `<styleSheet ${MAIN}>${book.styles}</styleSheet>`;
  return zipOf({ ...parts, ...book.extra });
}

export function zipOf(parts: Record<string, string | Uint8Array>): Buffer {
  const packed: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    packed[name] = typeof content === 'string' ? strToU8(content) : content;
  }
  return Buffer.from(zipSync(packed));
}

/** A row of inline strings. */
export function textRow(line: number, cells: readonly string[]): string {
  const written = cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`);
  return `<row r="${line}">${written.join('')}</row>`;
}
