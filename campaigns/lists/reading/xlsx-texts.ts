import { DomainError } from '../../../platform/errors/index.ts';
import type { ReadLimits } from './rows.ts';
import { readXml } from './xlsx-xml.ts';
import { damaged, type XlsxZip } from './xlsx-zip.ts';

const BLOCK = 1024 * 1024;

/** Characters of one text; Excel's own limit is 32,767. */
const MAX_TEXT = 100_000;

/**
 * A workbook's table of texts, packed as UTF-8: as strings, a million names would take three times the
 * memory, and every cell of the sheet may point at any of them.
 */
export class SharedTexts {
  #bytes = Buffer.alloc(BLOCK);
  #used = 0;
  #ends = new Uint32Array(1024);
  #count = 0;
  readonly #limit: number;

  /** @param limit bytes of texts and their index together */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws DomainError tooLarge `xlsx_too_many_texts` */
  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#used + length + this.#count * 4 > this.#limit) {
      throw new DomainError('tooLarge', 'xlsx_too_many_texts', 'Too many texts; save the sheet as CSV', {
        params: { limit: this.#limit },
      });
    }
    if (this.#used + length > this.#bytes.length) this.#growBytes(length);
    if (this.#count === this.#ends.length) this.#growIndex();
    this.#used += this.#bytes.write(text, this.#used);
    this.#ends[this.#count++] = this.#used;
  }

  /** The text of an index, nothing for one that the table does not have. */
  at(index: number): string | undefined {
    const end = index < this.#count ? this.#ends[index] : undefined;
    if (end === undefined) return undefined;
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], end);
  }

  #growBytes(needed: number): void {
    const bytes = Buffer.alloc(Math.max(this.#bytes.length * 1.5, this.#used + needed + BLOCK));
    this.#bytes.copy(bytes, 0, 0, this.#used);
    this.#bytes = bytes;
  }

  #growIndex(): void {
    const ends = new Uint32Array(this.#ends.length * 2);
    ends.set(this.#ends);
    this.#ends = ends;
  }
}

/** Reads the table of texts; pronunciation marks (`rPh`, Japanese and Chinese readings) are no text. */
export async function readSharedTexts(zip: XlsxZip, name: string, limits: ReadLimits): Promise<SharedTexts> {
  const texts = new SharedTexts(limits.maxSharedTextBytes);
  if (!zip.has(name)) return texts;
  const collector = new TextCollector();
  const reading = readXml(await zip.read(name), {
    open: (tag) => (tag === 'si' ? collector.start() : collector.open(tag)),
    close: (tag) => (tag === 'si' ? texts.add(collector.take()) : collector.close(tag)),
    text: (text) => collector.text(text),
  });
  for await (const _bytes of reading);
  return texts;
}

/** Gathers the text of one string item or inline string over its runs. */
export class TextCollector {
  #text = '';
  #inText = false;
  #inReading = false;

  start(): void {
    this.#text = '';
  }

  open(tag: string): void {
    if (tag === 't') this.#inText = true;
    if (tag === 'rPh') this.#inReading = true;
  }

  close(tag: string): void {
    if (tag === 't') this.#inText = false;
    if (tag === 'rPh') this.#inReading = false;
  }

  text(text: string): void {
    if (!this.#inText || this.#inReading) return;
    this.#text += text;
    if (this.#text.length > MAX_TEXT) throw damaged('a text is longer than any cell');
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    // Characters that XML forbids are written as _x000D_, and such a text itself as _x005F_x000D_.
    return text.includes('_x')
      ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        )
      : text;
  }
}
