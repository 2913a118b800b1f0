import type { ReadLimits, SourceRow } from './rows.ts';
import type { Workbook } from './xlsx-book.ts';
import { dateText } from './xlsx-dates.ts';
import { type SharedTexts, TextCollector } from './xlsx-texts.ts';
import { readXml, type XmlListener } from './xlsx-xml.ts';
import type { XlsxZip } from './xlsx-zip.ts';

/** Reads a sheet's rows as text, a chunk of the file at a time, with the bytes read for each. */
export async function* readSheet(
  zip: XlsxZip,
  part: string,
  content: { book: Workbook; texts: SharedTexts; limits: ReadLimits },
): AsyncGenerator<{ rows: SourceRow[]; bytes: number }> {
  const listener = new SheetListener(content.book, content.texts, content.limits.maxColumns);
  for await (const bytes of readXml(await zip.read(part), listener)) yield { rows: listener.drain(), bytes };
  yield { rows: listener.drain(), bytes: 0 };
}

/** Cells come with a reference (`C5`); empty ones are left out of the file, so the reference places them. */
class SheetListener implements XmlListener {
  readonly #book: Workbook;
  readonly #texts: SharedTexts;
  readonly #maxColumns: number;
  readonly #inline = new TextCollector();
  #rows: SourceRow[] = [];
  #line = 0;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #inValue = false;

  constructor(book: Workbook, texts: SharedTexts, maxColumns: number) {
    this.#book = book;
    this.#texts = texts;
    this.#maxColumns = maxColumns;
  }

  drain(): SourceRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (tag === 'row') {
      this.#line = lineOf(attributes.r, this.#line);
      this.#cells = [];
      this.#column = -1;
    } else if (tag === 'c') {
      this.#column = columnOf(attributes.r) ?? this.#column + 1;
      this.#type = attributes.t ?? 'n';
      this.#style = Number(attributes.s ?? 0);
      this.#value = '';
      this.#inline.start();
    } else if (tag === 'v') this.#inValue = true;
    else this.#inline.open(tag);
  }

  close(tag: string): void {
    if (tag === 'v') this.#inValue = false;
    else if (tag === 'c') this.#put(this.#cellText());
    else if (tag === 'row' && this.#cells.length > 0) {
      this.#rows.push({ line: this.#line, cells: this.#cells });
      this.#cells = [];
    } else this.#inline.close(tag);
  }

  // A field and not a method: the parser calls it without `this`.
  readonly text = (text: string): void => {
    if (this.#inValue) this.#value += text;
    else this.#inline.text(text);
  };

  /** One column beyond the limit is kept, so that the row is seen to be too long. */
  #put(text: string): void {
    if (text === '' || this.#column < 0) return;
    const column = Math.min(this.#column, this.#maxColumns);
    while (this.#cells.length < column) this.#cells.push('');
    this.#cells[column] = text;
  }

  #cellText(): string {
    switch (this.#type) {
      case 's':
        return this.#texts.at(Number(this.#value)) ?? '';
      case 'inlineStr':
        return this.#inline.take();
      case 'n':
        return this.#number();
      case 'b':
        return this.#value === '1' ? 'TRUE' : 'FALSE';
      default: // str: a formula's text; e: an error such as #N/A; d: an ISO date
        return this.#value;
    }
  }

  #number(): string {
    const value = this.#value;
    if (value === '') return '';
    const style = this.#book.dateStyles[this.#style] ?? false;
    if (style !== false) return dateText(Number(value), style, this.#book.since1904) ?? value;
    // Here the file holds the full number, so 1.38001380E10 has lost nothing yet.
    return /e/i.test(value) ? plainNumber(value) : value;
  }
}

function plainNumber(value: string): string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? String(number) : value;
}

/** Far more rows than any sheet has, and a number that every database keeps. */
const MAX_LINE = 2 ** 31 - 1;

/** The row's number as the file tells it, when it is one after `last`; rejected rows are kept by it. */
function lineOf(told: string | undefined, last: number): number {
  const line = Number(told);
  return Number.isInteger(line) && line > last && line <= MAX_LINE ? line : last + 1;
}

/** The column from 0 of a reference such as `AB12`. */
function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  let column = 0;
  let at = 0;
  for (; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return at === 0 ? undefined : column - 1;
}
