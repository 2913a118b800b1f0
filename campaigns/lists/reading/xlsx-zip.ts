import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { DomainError } from '../../../platform/errors/index.ts';
import type { ReadLimits } from './rows.ts';

/** Parts that a workbook may have; real ones have some dozens. */
const MAX_PARTS = 10_000;

/** Deflate packs at most 1032 to 1. Sheets of repeated rows reach some 60; a bomb needs far more. */
const MAX_RATIO = 300;
/** Under this size a part's ratio does no harm. */
const RATIO_FREE_BYTES = 8 * 1024 ** 2;

/** The parts of an XLSX file that is open. */
export class XlsxZip {
  readonly #zip: yauzl.ZipFile;
  readonly #parts: ReadonlyMap<string, yauzl.Entry>;
  readonly #limits: ReadLimits;
  readonly #opened = new Set<string>();
  #unpacked = 0;

  private constructor(zip: yauzl.ZipFile, parts: ReadonlyMap<string, yauzl.Entry>, limits: ReadLimits) {
    this.#zip = zip;
    this.#parts = parts;
    this.#limits = limits;
  }

  /**
   * Opens a file and reads its directory.
   * @throws DomainError invalid `xlsx_damaged`; tooLarge `xlsx_bomb` when the directory has too many parts
   */
  static async open(source: string | Buffer, limits: ReadLimits): Promise<XlsxZip> {
    const zip = await openZip(source);
    try {
      return new XlsxZip(zip, await readDirectory(zip), limits);
    } catch (error) {
      zip.close();
      throw damagedUnlessKnown(error);
    }
  }

  has(name: string): boolean {
    return this.#parts.has(name);
  }

  /** Unpacked bytes of a part as its directory entry tells; reading stops with an error when more come. */
  size(name: string): number {
    return this.#parts.get(name)?.uncompressedSize ?? 0;
  }

  /**
   * Opens a part for reading.
   * @throws DomainError invalid `xlsx_damaged` when it is not there or encrypted; tooLarge `xlsx_bomb` when
   *   it unpacks to far more than any sheet does, or all parts opened so far to more than the limit
   */
  async read(name: string): Promise<Readable> {
    const entry = this.#parts.get(name);
    if (entry === undefined) throw damaged(`no part ${name}`);
    if (!this.#opened.has(name)) this.#unpacked += entry.uncompressedSize;
    this.#opened.add(name);
    const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
    const isPacked = entry.uncompressedSize > RATIO_FREE_BYTES && ratio > MAX_RATIO;
    if (isPacked || this.#unpacked > this.#limits.maxUnpackedBytes) throw bomb(this.#limits);
    try {
      return await this.#zip.openReadStreamPromise(entry);
    } catch (error) {
      throw damagedUnlessKnown(error);
    }
  }

  close(): void {
    this.#zip.close();
  }
}

async function openZip(source: string | Buffer): Promise<yauzl.ZipFile> {
  const options: yauzl.Options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
  try {
    return typeof source === 'string'
      ? await yauzl.openPromise(source, options)
      : await yauzl.fromBufferPromise(source, options);
  } catch (error) {
    throw damagedUnlessKnown(error);
  }
}

async function readDirectory(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > MAX_PARTS) {
    throw new DomainError('tooLarge', 'xlsx_bomb', 'The file has more parts than any workbook', {
      params: { limit: MAX_PARTS },
    });
  }
  const parts = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) parts.set(entry.fileName, entry);
  return parts;
}

function bomb(limits: ReadLimits): DomainError {
  return new DomainError('tooLarge', 'xlsx_bomb', 'The file unpacks to too much; save the sheet as CSV', {
    params: { limit: limits.maxUnpackedBytes },
  });
}

/** @param what the fault in words without data of the file */
export function damaged(what: string, cause?: unknown): DomainError {
  return new DomainError('invalid', 'xlsx_damaged', `The file is no whole XLSX workbook: ${what}`, { cause });
}

/** Faults of the unpacking libraries are faults of the file. */
export function damagedUnlessKnown(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const isOfSystem = error instanceof Error && 'syscall' in error;
  return isOfSystem ? error : damaged('it cannot be unpacked', error);
}
